// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.WorldKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of the Brussels graph outside the laboratory: from an artifact in a registry to nothing left behind. */
@Real
class RealWorldIT {

    private static final List<String> CLUSTERS = List.of("c1", "c2", "c3");
    private static final ResourceDefinitionContext POLICIES = new ResourceDefinitionContext.Builder()
            .withGroup("policy.karmada.io")
            .withVersion("v1alpha1")
            .withPlural("propagationpolicies")
            .withKind("PropagationPolicy")
            .withNamespaced(true)
            .build();

    @ParameterizedTest
    @EnumSource(
            value = WorldKind.class,
            names = {"KARMADA", "CONTEXTS"})
    void aGraphComesFromAnArtifactFollowsEventsLoadAndClustersAndLeavesNothing(WorldKind kind) throws Exception {
        try (RealWorld world = RealWorld.start(kind)) {
            isDeployed(world, kind);
            anAlertInstallsWhatWaitsForIt(world);
            loadMakesItScale(world);
            itMovesWithoutAGap(world);
            itLeavesAClusterThatIsLost(world);
            new DividedService(world.api, RealWorld.GRAPH, "noise-reduction", world.federation())
                    .keepsTheOtherShareWhileOneIsLost();
            policiesFollow(world, kind);
            nothingIsLeftBehind(world);
        }
    }

    private static void isDeployed(RealWorld world, WorldKind kind) throws Exception {
        RestClient.Answer answer = world.client.postJson(
                "/project/%s/graphs".formatted(RealWorld.PROJECT),
                "{\"artifact\":\"%s\"}".formatted(world.reference()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        reaches(world, "WAITING");
        String place = world.placesOf("noise-reduction").get(0);
        assertThat(world.ready(place, "noise-reduction")).isEqualTo(1);
        if (kind == WorldKind.KARMADA) {
            String callers = world.placesOf("image-compression-vo").get(0);
            assertThat(clustersOf(world, "noise-reduction")).containsExactly(place);
            assertThat(clustersOf(world, "noise-reduction-import")).containsExactly(callers);
            assertThat(clustersOf(world, "noise-reduction-service-monitor")).containsExactly(place);
        }
    }

    private static void anAlertInstallsWhatWaitsForIt(RealWorld world) throws Exception {
        world.testbed.prometheus().setSiteHeard(false);
        reaches(world, "RUNNING");
        world.testbed.prometheus().setSiteHeard(true);
        String place = world.placesOf("image-compression-vo").get(0);
        assertThat(world.ready(place, "image-compression-vo")).isEqualTo(1);
    }

    private static void loadMakesItScale(RealWorld world) throws Exception {
        world.load("noise-reduction", 1.1);
        Eventually.within(90, () -> world.service("noise-reduction"), service -> {
            assertThat(service.path("replicas").asInt()).isEqualTo(3);
            assertThat(service.path("readyReplicas").asInt()).isEqualTo(3);
        });
        assertThat(world.ready(world.placesOf("noise-reduction").get(0), "noise-reduction"))
                .isEqualTo(3);
        world.load("noise-reduction", 0.01);
        Eventually.within(90, () -> world.service("noise-reduction"), service -> assertThat(
                        service.path("replicas").asInt())
                .isEqualTo(1));
        reaches(world, "RUNNING");
    }

    /** The new place is ready before the old one goes: somebody looks all the time. */
    private static void itMovesWithoutAGap(RealWorld world) throws Exception {
        String old = world.placesOf("image-detection").get(0);
        AtomicBoolean watching = new AtomicBoolean(true);
        AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);
        Thread watcher = new Thread(() -> {
            while (watching.get()) {
                // The place that it leaves is read first: what it gives up in between is already ready elsewhere.
                int ready = world.ready(old, "image-detection");
                for (String cluster : CLUSTERS) {
                    ready += cluster.equals(old) ? 0 : world.ready(cluster, "image-detection");
                }
                fewest.accumulateAndGet(ready, Math::min);
            }
        });
        watcher.start();
        try {
            RestClient.Answer answer = world.client.postJson("/api/v1/clusters/%s/drain".formatted(old), "{}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            Eventually.within(90, () -> world.placesOf("image-detection"), places -> assertThat(places)
                    .doesNotContain(old));
            reaches(world, "RUNNING");
            Eventually.within(60, () -> world.ready(old, "image-detection"), ready -> assertThat(ready)
                    .isZero());
        } finally {
            watching.set(false);
            watcher.join();
        }
        assertThat(fewest.get()).as("fewest ready replicas at any moment").isPositive();
        assertThat(world.client
                        .postJson("/api/v1/clusters/%s/uncordon".formatted(old), "{}")
                        .status())
                .isEqualTo(200);
    }

    private static void itLeavesAClusterThatIsLost(RealWorld world) throws Exception {
        String lost = world.placesOf("image-detection").get(0);
        world.testbed.setReady(lost, false);
        Eventually.within(120, () -> world.placesOf("image-detection"), places -> assertThat(places)
                .isNotEmpty()
                .doesNotContain(lost));
        reaches(world, "RUNNING");
        assertThat(world.ready(world.placesOf("image-detection").get(0), "image-detection"))
                .isEqualTo(1);
        world.testbed.setReady(lost, true);
        Eventually.within(90, () -> world.deployment(lost, "image-detection"), left -> assertThat(left)
                .as("what was on the lost cluster")
                .isEmpty());
    }

    /** Each cluster with a share has the service's objects, and no other. */
    private static void policiesFollow(RealWorld world, WorldKind kind) throws Exception {
        if (kind == WorldKind.KARMADA) {
            List<String> places = world.placesOf("noise-reduction");
            assertThat(clustersOf(world, "noise-reduction")).containsExactlyInAnyOrderElementsOf(places);
            assertThat(clustersOf(world, "noise-reduction-service-monitor"))
                    .containsExactlyInAnyOrderElementsOf(places);
        }
    }

    private static void nothingIsLeftBehind(RealWorld world) throws Exception {
        RestClient.Answer answer = world.client.delete("/graphs/" + RealWorld.GRAPH);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Eventually.within(60, () -> world.client.get("/graphs/" + RealWorld.GRAPH), gone -> assertThat(gone.status())
                .isEqualTo(404));
        Eventually.within(60, world.testbed::objects, left -> assertThat(left)
                .as("left outside")
                .isEmpty());
    }

    private static void reaches(RealWorld world, String phase) throws Exception {
        Eventually.within(120, () -> world.api.graph(RealWorld.GRAPH), graph -> assertThat(
                        graph.path("phase").asText())
                .as(graph.path("conditions").toPrettyString())
                .isEqualTo(phase));
    }

    private static List<String> clustersOf(RealWorld world, String policy) {
        GenericKubernetesResource found = world.cluster("karmada")
                .genericKubernetesResources(POLICIES)
                .inNamespace(RealWorld.PROJECT)
                .withName(policy)
                .get();
        return found.get("spec", "placement", "clusterAffinity", "clusterNames");
    }
}
