// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A metric in another unit is no data, now and later, and the decision says so. */
class ImplausibleMetricTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    /** Tells cores and memory in use as somebody wants them to be. */
    private static final class Told implements MetricsSource {

        private double cores;
        private double bytes = 100 << 20;
        private Optional<Duration> ownWindow = Optional.empty();

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            Map<MetricQuery, Double> told = new HashMap<>();
            queries.stream()
                    .filter(query -> query.metric().equals(MetricQuery.CPU_CORES))
                    .forEach(query -> told.put(query, cores));
            queries.stream()
                    .filter(query -> query.metric().equals(MetricQuery.MEMORY_BYTES))
                    .forEach(query -> told.put(query, bytes));
            return told;
        }

        @Override
        public Optional<Duration> ownWindow() {
            return ownWindow;
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            return Map.of();
        }
    }

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(9000, 64 * GIB, 1000 * GIB, 0))),
                "implausible-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void itIsNoDataAndNeverWas() {
        Told told = new Told();
        core.ports().add(MetricsSource.class, "", told, 10);
        told.cores = 1.5;
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        core.passUntil(() -> replicas() == 3, Duration.ofSeconds(30));
        told.cores = 1500;
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas()).isEqualTo(3);
        assertThat(core.decisions(GRAPH, DecisionKind.SCALING).stream()
                        .map(DecisionRecord::details)
                        .map(Object::toString))
                .anyMatch(text -> text.contains("is it in another unit?"));
        told.cores = 0.1;
        core.passUntil(() -> replicas() == 1, Duration.ofSeconds(130));
    }

    /** A minute later, when it shares no sample with the first one, a jump is believed; of counters that are read twice, at once. */
    @Test
    void whatJumpsIsBelievedAfterTheWindowOfItsSource() {
        Told told = new Told();
        told.cores = 0.2;
        core.ports().add(MetricsSource.class, "", told, 10);
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        core.pass(Duration.ofSeconds(20));
        assertThat(replicas()).isEqualTo(1);
        told.cores = 1.5;
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas()).as("a doubt, of a mean of a minute").isEqualTo(1);
        told.ownWindow = Optional.of(Duration.ZERO);
        core.passUntil(() -> replicas() == 3, Duration.ofSeconds(12));
    }

    private Told told(String yaml) {
        Told told = new Told();
        told.cores = 1.5;
        core.ports().add(MetricsSource.class, "", told, 10);
        core.deploy("p", yaml);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        core.passUntil(() -> replicas() == 3, Duration.ofSeconds(30));
        return told;
    }

    private boolean says(String... texts) {
        return core.decisions(GRAPH, DecisionKind.SCALING).stream()
                .map(DecisionRecord::details)
                .map(Object::toString)
                .anyMatch(details -> Stream.of(texts).allMatch(details::contains));
    }

    /** A service that asks for much: what is too much for its clusters is not fifty times that. */
    @Test
    void moreCoresThanItsClustersHaveAreNoData() {
        Told told = told(YAML.replace("utilisationPercent: 100", "perReplica: 0.5"));
        told.cores = 9.5;
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas()).isEqualTo(3);
        assertThat(says("9.500 is more than all 9.000 cores of its clusters", "not in millicores"))
                .isTrue();
        told.cores = 9;
        core.passUntil(() -> replicas() == 6, Duration.ofSeconds(30));
    }

    /** The others can make it grow, and not shrink, while one has no data. */
    @ParameterizedTest
    @ValueSource(doubles = {300, 0.3, 3 * 65_536 - 1})
    void lessMemoryThanAnythingRunsInIsNoData(double bytes) {
        Told told = told(YAML.replace("metrics: [ ", "metrics: [ { metric: memory_bytes, perReplica: 52428800 }, ")
                .replace("stabilisationSeconds: 120", "stabilisationSeconds: 0"));
        told.cores = 0.1;
        told.bytes = bytes;
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas()).isEqualTo(3);
        assertThat(says("bytes are less than 3 replicas can run in", "not in KiB, MiB or GiB"))
                .isTrue();
        told.bytes = 3 * 65_536;
        core.passUntil(() -> replicas() == 1, Duration.ofSeconds(30));
    }

    private int replicas() {
        return core.view(GRAPH).placement().replicasOf("front");
    }

    private static final String YAML = """
            hdaGraph:
              id: web
              strategies:
                scaling:
                  id: threshold
                  intervalSeconds: 5
                  parameters:
                    metrics: [ { metric: cpu_cores, utilisationPercent: 100 } ]
                    scaleDown: { stabilisationSeconds: 120 }
              services:
                - id: front
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 6, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
