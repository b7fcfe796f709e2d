// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ArtifactTypeLabels;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
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
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services whose artifacts are images, on servers that say how many containers they run, beside a cluster that runs charts. */
class ImagesOnServersTest {

    private static final GraphId GRAPH = new GraphId("p", "shop");
    private static final long GIB = 1L << 30;
    private static final Duration SOON = Duration.ofSeconds(40);

    private EmbeddedCore core;
    private Images images;

    /** Runs images as the simulated world runs charts, and keeps what it was asked for. */
    private static final class Images implements WorkloadDeployer {

        private final WorkloadDeployer world;
        private final List<InstallRequest> requests = new ArrayList<>();

        Images(WorkloadDeployer world) {
            this.world = world;
        }

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            requests.add(request);
            return world.ensureInstalled(request);
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            world.ensureRemoved(key, owner);
        }

        @Override
        public Optional<JsonObject> defaultValues(Artifact artifact) {
            throw new AssertionError("an image has no values of its own");
        }

        @Override
        public Optional<ReleaseState> state(WorkloadRef workload) {
            return world.state(workload);
        }

        @Override
        public List<ReleaseState> owned() {
            return world.owned();
        }

        /** Sets of servers in the order in which they were asked for. */
        private List<TreeSet<String>> servers() {
            return requests.stream()
                    .map(request -> {
                        TreeSet<String> names = new TreeSet<>();
                        request.targets()
                                .forEach(target -> names.add(target.cluster().name()));
                        return names;
                    })
                    .toList();
        }
    }

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(2),
                        cluster("kube", new Resources(64_000, 256 * GIB, 1000 * GIB, 0), Map.of()),
                        server("s1", 3),
                        server("s2", 3)),
                "images-" + UUID.randomUUID());
        images = new Images(core.world.deployer());
        core.ports().add(WorkloadDeployer.class, "container", images);
        core.pass(Duration.ofSeconds(1));
    }

    private static ClusterModel server(String name, long containers) {
        return cluster(
                name,
                new Resources(16_000, 64 * GIB, 1000 * GIB, 0, Map.of(Resources.CONTAINERS, containers)),
                Map.of(ArtifactTypeLabels.PREFIX + "container", "true", ArtifactTypeLabels.PREFIX + "helm", "false"));
    }

    private static ClusterModel cluster(String name, Resources capacity, Map<String, String> labels) {
        return new ClusterModel(
                name,
                capacity,
                "",
                labels,
                EnergyProfile.UNKNOWN,
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Resources.NONE);
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void theValuesOfAnImageAreHandedOnUntouchedAndThoseOfAChartAreNot() {
        deploy(yaml(service("web", "CONTAINER", ""), service("db", "HELM", "")));

        assertThat(images.requests).isNotEmpty().allSatisfy(request -> {
            assertThat(request.key().workload().service()).isEqualTo("web");
            assertThat(request.values().toJson()).isEqualTo("{\"ports\":[{\"container\":80}]}");
            assertThat(request.perReplica().extended()).isEqualTo(Map.of(Resources.CONTAINERS, 1L));
        });
        assertThat(core.world.deployer().owned()).hasSize(2);
        assertThat(places("db")).isEqualTo(Map.of("kube", 1));
        assertThat(places("web")).containsAnyOf(Map.entry("s1", 1), Map.entry("s2", 1));
        assertThat(core.view(GRAPH).service("web").orElseThrow().values().toJson())
                .isEqualTo("{\"ports\":[{\"container\":80}]}");
    }

    @Test
    void aServerTakesNoMoreContainersThanItHasRoomFor() {
        deploy(yaml(service("web", "CONTAINER", "minReplicas: 3, maxReplicas: 3")));
        assertThat(places("web").values()).containsExactly(3);
        String full = places("web").keySet().iterator().next();

        core.deploy("q", yaml(service("api", "CONTAINER", "minReplicas: 3, maxReplicas: 3")));
        GraphId other = new GraphId("q", "shop");
        core.passUntil(() -> core.view(other).phase() == GraphPhase.RUNNING, SOON);
        assertThat(core.view(other).placement().of("api"))
                .singleElement()
                .satisfies(share -> assertThat(share.cluster().name()).isNotEqualTo(full));

        core.deploy("r", yaml(service("job", "CONTAINER", "")));
        GraphId third = new GraphId("r", "shop");
        core.pass(SOON);
        assertThat(core.view(third).condition(Condition.PLACED).orElseThrow().message())
                .contains("needs 1 of containers, 0 free");
    }

    @Test
    void aServerThatIsAddedGetsTheImageBeforeItsShare() {
        deploy(yaml(service("web", "CONTAINER", "minReplicas: 1, maxReplicas: 4", "spread: { weights: { s1: 1 } }")));
        assertThat(images.servers()).containsOnly(new TreeSet<>(List.of("s1")));
        int before = images.requests.size();

        core.update(
                "p",
                yaml(service(
                        "web",
                        "CONTAINER",
                        "minReplicas: 2, maxReplicas: 4",
                        "spread: { weights: { s1: 1, s2: 1 }, overClusters: 2 }")));
        core.passUntil(() -> places("web").equals(Map.of("s1", 1, "s2", 1)), Duration.ofMinutes(2));
        settle();
        assertThat(images.servers().subList(before, images.requests.size()))
                .isNotEmpty()
                .contains(new TreeSet<>(List.of("s1", "s2")));
        int asked = images.requests.size();
        core.pass(Duration.ofMinutes(2));
        assertThat(images.requests).as("nothing is installed again").hasSize(asked);
    }

    @Test
    void otherReplicasOnTheSameServersNeedNoOtherRelease() {
        String spread = "spread: { weights: { s1: 1, s2: 1 } }";
        deploy(yaml(service("web", "CONTAINER", "minReplicas: 2, maxReplicas: 4", spread)));
        int asked = images.requests.size();
        core.update("p", yaml(service("web", "CONTAINER", "minReplicas: 4, maxReplicas: 4", spread)));
        settle();
        assertThat(places("web")).isEqualTo(Map.of("s1", 2, "s2", 2));
        assertThat(images.requests).hasSize(asked);
    }

    @Test
    void scalingTakesContainersOfAllServersWithAWeightAndSaysWhatIsShort() {
        deploy(yaml(service(
                "web",
                "CONTAINER",
                "minReplicas: 1, maxReplicas: 9, profile: { alpha: 10, beta: 0 }",
                "spread: { weights: { s1: 1, s2: 1 } }")));
        core.world.setLoad("web", 45);
        core.passUntil(() -> core.view(GRAPH).placement().replicasOf("web") == 5, SOON);
        settle();
        assertThat(images.servers()).contains(new TreeSet<>(List.of("s1", "s2")));
        assertThat(core.eventTypes(GRAPH)).containsOnlyOnce("placement.decision_made");

        core.world.setLoad("web", 85);
        core.passUntil(() -> core.view(GRAPH).placement().replicasOf("web") == 6, SOON);
        settle();
        assertThat(places("web")).isEqualTo(Map.of("s1", 3, "s2", 3));
        core.pass(Duration.ofSeconds(10));
        assertThat(core.view(GRAPH).condition(Condition.SCALED).orElseThrow().message())
                .contains("6 of 9 replicas fit on the clusters with a weight")
                .contains("s1: needs 1 of containers, 0 free");
    }

    /** 0.5 cores of each replica are 100 %; the simulated service serves 20 requests with one core. */
    @Test
    void theMeanCpuAddsOneReplicaAfterTheOtherOnTheServersWithAWeight() {
        String yaml = yaml(service(
                        "web", "CONTAINER", "minReplicas: 1, maxReplicas: 5", "spread: { weights: { s1: 1, s2: 1 } }"))
                .replace(
                        "scaling: { id: optimal,",
                        "scaling: { id: cpu-threshold, parameters: { up: 75, down: 25, cooldownSeconds: 30 },");
        deploy(yaml);
        core.world.setLoad("web", 24);
        core.passUntil(() -> core.view(GRAPH).placement().replicasOf("web") == 2, Duration.ofMinutes(1));
        core.pass(Duration.ofSeconds(20));
        assertThat(core.view(GRAPH).placement().replicasOf("web"))
                .as("in cool-down")
                .isEqualTo(2);
        core.passUntil(() -> core.view(GRAPH).placement().replicasOf("web") == 4, Duration.ofMinutes(3));
        settle();
        core.pass(Duration.ofMinutes(2));
        assertThat(places("web")).as("60 %").isEqualTo(Map.of("s1", 2, "s2", 2));
        assertThat(core.decisions(GRAPH, DecisionKind.SCALING).stream()
                        .map(DecisionRecord::details)
                        .map(Object::toString)
                        .toList()
                        .toString())
                .contains("CPU 100 % is at or above 75 %", "CPU 60 % is between 25 % and 75 %");

        core.world.setLoad("web", 2);
        core.passUntil(() -> core.view(GRAPH).placement().replicasOf("web") == 1, Duration.ofMinutes(5));
        settle();
        assertThat(core.eventTypes(GRAPH)).containsOnlyOnce("placement.decision_made");
    }

    private void deploy(String yaml) {
        core.deploy("p", yaml);
        settle();
    }

    private void settle() {
        core.passUntil(
                () -> core.view(GRAPH).phase() == GraphPhase.RUNNING
                        && core.view(GRAPH).services().stream().allMatch(service -> service.ready()
                                .equals(running(service.spec().id()))),
                SOON);
    }

    private List<Share> running(String service) {
        return core.view(GRAPH).placement().of(service).stream()
                .filter(share -> share.replicas() > 0)
                .toList();
    }

    private Map<String, Integer> places(String service) {
        Map<String, Integer> places = new TreeMap<>();
        running(service).forEach(share -> places.put(share.cluster().name(), share.replicas()));
        return places;
    }

    private static String yaml(String... services) {
        return """
                hdaGraph:
                  id: shop
                  strategies: { placement: { id: optimal }, scaling: { id: optimal, intervalSeconds: 5 } }
                  services:
                """ + String.join("", services);
    }

    private static String service(String id, String implementer, String scaling) {
        return service(id, implementer, scaling, "");
    }

    private static String service(String id, String implementer, String scaling, String intent) {
        return """
                    - id: %s
                      deployment:
                        trigger: { auto: {} }
                        intent:
                          compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                          %s
                      scaling: { %s }
                      artifact:
                        ociImage: "oci://registry.example/demo/%s:1"
                        ociConfig: { type: App, implementer: %s }
                        valuesOverwrite: { ports: [ { container: 80 } ] }
                """.formatted(id, intent, scaling, id, implementer);
    }
}
