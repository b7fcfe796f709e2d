// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Without a metrics source that answers, strategies follow their rules for no data, and the clock goes on. The tests begin on a Monday
 * at noon, UTC.
 */
class ScalingWithoutMetricsTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    /** How metrics are lost. */
    enum Loss {
        FAILING,
        MISSING
    }

    /** Fails, and counts how often. */
    private static final class Failing implements MetricsSource {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            calls.incrementAndGet();
            throw new AdapterException(Kind.UNAVAILABLE, "metrics", "is away");
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            throw new AdapterException(Kind.UNAVAILABLE, "metrics", "is away");
        }
    }

    private final Failing failing = new Failing();

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(9000, 64 * GIB, 1000 * GIB, 0))),
                "without-metrics-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    private void deploy(String project, String yaml) {
        core.deploy(project, yaml);
        GraphId graph = new GraphId(project, "web");
        core.passUntil(() -> core.view(graph).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private void lose(Loss loss) {
        if (loss == Loss.FAILING) {
            core.ports().add(MetricsSource.class, "", failing, 10);
        }
        core.ports().remove(MetricsSource.class, "", core.world.metrics());
    }

    private void find(Loss loss) {
        if (loss == Loss.FAILING) {
            core.ports().remove(MetricsSource.class, "", failing);
        }
        core.ports().add(MetricsSource.class, "", core.world.metrics());
    }

    private int replicas() {
        return core.view(GRAPH).placement().replicasOf("front");
    }

    private boolean says(String text) {
        return core.decisions(GRAPH, DecisionKind.SCALING).stream()
                .map(DecisionRecord::details)
                .map(Object::toString)
                .anyMatch(details -> details.contains(text));
    }

    @ParameterizedTest
    @EnumSource
    void replicasStayUntilTheNumberThatIsSafeCountsAndFollowTheLoadAgain(Loss loss) {
        core.world.setLoad("front", 19);
        deploy("p", YAML);
        core.passUntil(() -> replicas() == 2, Duration.ofSeconds(30));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        lose(loss);
        core.pass(Duration.ofSeconds(110));
        assertThat(replicas()).as("before the time has passed").isEqualTo(2);
        assertThat(says("no data about request_rate")).isTrue();
        core.passUntil(() -> replicas() == 4, Duration.ofSeconds(20));
        assertThat(says("the number that is safe without")).isTrue();
        core.pass(Duration.ofSeconds(60));
        assertThat(replicas()).isEqualTo(4);
        find(loss);
        core.passUntil(() -> replicas() == 2, Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource
    void theMinimumOfAWindowAppliesAtItsTime(Loss loss) {
        core.world.setLoad("front", 9);
        deploy("p", SCHEDULED);
        lose(loss);
        core.pass(Duration.ofMinutes(8));
        assertThat(replicas()).isEqualTo(1);
        core.passUntil(() -> replicas() == 3, Duration.ofMinutes(3));
        assertThat(core.now().toString()).startsWith("2026-06-01T12:10:0");
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(says("at least 3 replicas in lunch")).isTrue();
    }

    /** What was said of the demand holds: nobody knows whether it is served now. */
    @ParameterizedTest
    @EnumSource
    void demandThatWasNotServedIsNotToldToBe(Loss loss) {
        core.world.setLoad("front", 90);
        deploy("p", SCHEDULED);
        core.passUntil(() -> !unserved().isEmpty(), Duration.ofSeconds(90));
        String said = unserved();
        lose(loss);
        core.pass(Duration.ofMinutes(12));
        assertThat(unserved()).isEqualTo(said);
        assertThat(core.eventTypes(GRAPH)).containsOnlyOnce("scaling.infeasible");
        core.world.setLoad("front", 9);
        find(loss);
        core.passUntil(() -> unserved().isEmpty(), Duration.ofSeconds(90));
    }

    private String unserved() {
        return core.view(GRAPH)
                .condition(Condition.SCALED)
                .map(Condition::message)
                .orElse("");
    }

    @Test
    void aSourceThatFailsIsCalledOnceInAPassForAllGraphs() {
        Set<String> projects = Set.of("p", "q", "r", "s");
        projects.forEach(project -> core.deploy(project, YAML));
        core.pass(Duration.ofSeconds(20));
        assertThat(projects).allSatisfy(project -> assertThat(
                        core.view(new GraphId(project, "web")).phase())
                .isEqualTo(GraphPhase.RUNNING));
        lose(Loss.FAILING);
        core.pass(Duration.ofSeconds(100));
        assertThat(failing.calls.get()).isBetween(19, 21);
    }

    @Test
    void aSourceThatFailsHidesNothingThatAnotherOneKnows() {
        core.world.setLoad("front", 9);
        deploy("p", YAML);
        core.ports().add(MetricsSource.class, "", failing, 10);
        core.world.setLoad("front", 29);
        core.passUntil(() -> replicas() == 3, Duration.ofSeconds(30));
        assertThat(failing.calls.get()).isPositive();
        assertThat(says("no data about")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theLossAndItsEndAreLoggedOnce(Loss loss) {
        Logger logger = (Logger) LoggerFactory.getLogger(PresentValues.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            deploy("p", YAML);
            lose(loss);
            core.pass(Duration.ofSeconds(60));
            find(loss);
            core.pass(Duration.ofSeconds(60));
            assertThat(log.list.stream()
                            .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                            .map(event -> event.getLevel() + " " + event.getMessage()))
                    .satisfiesExactly(
                            lost -> assertThat(lost).startsWith("WARN reading load failed"),
                            found -> assertThat(found).startsWith("INFO reading load works again"));
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
    }

    private static final String YAML = """
            hdaGraph:
              id: web
              strategies:
                scaling:
                  intervalSeconds: 5
                  id: threshold
                  parameters: {
                    metrics: [ { metric: request_rate, perReplica: 10 } ],
                    scaleDown: { stabilisationSeconds: 0 },
                    noData: { afterSeconds: 120, replicas: 4 } }
              services:
                - id: front
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 5 }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;

    private static final String SCHEDULED = YAML.replace("id: threshold", "id: scheduled")
            .replace(
                    "parameters: {",
                    "parameters: { zone: UTC, windows: [ { name: lunch, cron: '10 12 * * *', durationMinutes: 60,"
                            + " minReplicas: 3 } ], base: { id: threshold, parameters: {")
            .replace("noData: { afterSeconds: 120, replicas: 4 } }", "tolerancePercent: 10 } } }");
}
