// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.core.contract.profile.ServiceObservation;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is learned counts below the descriptor and above the configuration, and what is measured is handed on. */
class LearnedProfilesTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;
    private static final ArtifactVersion LEARNED = ArtifactVersion.of("oci://registry.example/demo/learned:1.2");
    private static final ArtifactVersion TYPED = ArtifactVersion.of("oci://registry.example/demo/typed:1.2");

    private EmbeddedCore core;
    private final Known profiles = new Known();

    private static final class Known implements ServiceProfiles {

        private final Map<ArtifactVersion, AppliedProfile> applied = new ConcurrentHashMap<>();
        private final List<ServiceObservation> seen = new ArrayList<>();
        private boolean learning = true;

        @Override
        public boolean isLearning() {
            return learning;
        }

        @Override
        public synchronized void observe(List<ServiceObservation> observations, Duration window) {
            seen.addAll(observations);
        }

        @Override
        public Optional<AppliedProfile> applied(ArtifactVersion artifact) {
            return Optional.ofNullable(applied.get(artifact));
        }

        synchronized List<ServiceObservation> seen() {
            return List.copyOf(seen);
        }
    }

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(9000, 64 * GIB, 1000 * GIB, 0))),
                "learned-" + UUID.randomUUID());
        core.learn(profiles);
        core.pass(Duration.ofSeconds(1));
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    @AfterEach
    void end() {
        core.close();
    }

    private int replicas(String service) {
        return core.view(GRAPH).placement().replicasOf(service);
    }

    @Test
    void anAppliedProfileDecidesAndIsNamedInTheDecision() {
        profiles.applied.put(LEARNED, new ServiceProfiles.AppliedProfile(new ServiceProfile(5, 0), "learned from 2 h"));
        core.world.setLoad("learned", 14);
        core.passUntil(() -> replicas("learned") == 3, Duration.ofSeconds(30));
        assertThat(details("learned")).contains("learned from 2 h");
        profiles.applied.put(LEARNED, new ServiceProfiles.AppliedProfile(new ServiceProfile(7, 0), "learned anew"));
        core.passUntil(() -> replicas("learned") == 2, Duration.ofSeconds(90));
    }

    @Test
    void theDescriptorIsMoreThanWhatIsLearned() {
        profiles.applied.put(TYPED, new ServiceProfiles.AppliedProfile(new ServiceProfile(5, 0), "learned from 2 h"));
        core.world.setLoad("typed", 14);
        core.passUntil(() -> replicas("typed") == 2, Duration.ofSeconds(30));
        assertThat(details("typed")).doesNotContain("learned from 2 h");
    }

    @Test
    void whatIsMeasuredIsHandedOnTwiceInTheWindowOfTheRates() {
        core.world.setLoad("learned", 0.7);
        core.pass(Duration.ofMinutes(5));
        List<ServiceObservation> seen = profiles.seen();
        assertThat(seen).hasSizeBetween(8, 12).allSatisfy(one -> {
            assertThat(one.artifact()).isEqualTo(LEARNED);
            assertThat(one.workload().service()).isEqualTo("learned");
        });
        ServiceObservation last = seen.get(seen.size() - 1);
        assertThat(last.handledPerSecond()).isCloseTo(0.7, within(0.01));
        assertThat(last.readyReplicas()).isEqualTo(replicas("learned"));
        assertThat(last.utilisation()).isBetween(0.0, 0.95);
    }

    @Test
    void eachGraphIsMeasuredWheneverItIsDecided() {
        GraphId other = new GraphId("q", "web");
        core.deploy("q", YAML);
        core.passUntil(() -> core.view(other).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        core.world.setLoad("learned", 0.7);
        core.world.setLoad("q/learned", 0.7);
        core.pass(Duration.ofMinutes(5));
        for (GraphId graph : List.of(GRAPH, other)) {
            assertThat(profiles.seen().stream()
                            .filter(one -> one.workload().graph().equals(graph)))
                    .as(graph.toString())
                    .hasSizeBetween(8, 12);
        }
    }

    @Test
    void whereNothingIsLearnedNothingIsMeasured() {
        profiles.learning = false;
        core.world.setLoad("learned", 0.7);
        core.pass(Duration.ofMinutes(2));
        assertThat(profiles.seen()).isEmpty();
    }

    private String details(String service) {
        return core.decisions(GRAPH, DecisionKind.SCALING).stream()
                .map(DecisionRecord::details)
                .map(Object::toString)
                .filter(text -> text.contains(service))
                .findFirst()
                .orElseThrow();
    }

    private static final String YAML = """
            hdaGraph:
              id: web
              strategies: { scaling: { id: optimal, intervalSeconds: 5 } }
              services:
                - id: learned
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 4 }
                  artifact:
                    ociImage: "oci://registry.example/demo/learned:1.2"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
                - id: typed
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/typed:1.2"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
