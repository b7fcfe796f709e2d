// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.ObservedBinding.There;
import eu.nephele.smo.adapters.karmada.read.ObservedLabels;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.ReplicaCounts;
import eu.nephele.smo.adapters.karmada.read.RolloutProgress;
import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ResourceBindings as observed; the first is an answer of Karmada 1.5.4. */
class ObservedBindingTest {

    private static final String OLD_PODS = """
            aggregatedStatus:
            - {applied: true, clusterName: m1, health: Healthy,
               status: {availableReplicas: 3, readyReplicas: 3, replicas: 4, updatedReplicas: 1}}
            """;

    @Test
    void newPodsAreCountedApartFromOldOnes() {
        ObservedBinding seen = binding("", OLD_PODS);
        assertThat(seen.there().get("m1").counts()).isEqualTo(new ReplicaCounts(0, 4, 1, 3, 3, true));
        assertThat(seen.there().get("m1").generation()).isEmpty();
        assertThat(seen.trouble()).isEmpty();
    }

    @Test
    void newerVersionsSayOfWhichGenerationTheirNumbersAre() {
        ObservedBinding seen = binding("", """
                aggregatedStatus:
                - {clusterName: m1, status: {readyReplicas: 3, generation: 7, observedGeneration: 6, resourceTemplateGeneration: 2}}
                """);
        assertThat(seen.there().get("m1").generation()).contains(2L);
        assertThat(seen.there().get("m1").counts().observed()).isFalse();
    }

    @Test
    void whyAMemberRefusesACopyIsSaid() {
        // Karmada omits "applied" if it is false
        String message = "Failed to apply all manifests (0/1): resource already exists";
        assertThat(binding("", "aggregatedStatus: [{clusterName: m1, appliedMessage: '%s'}]".formatted(message))
                        .there()
                        .get("m1")
                        .trouble())
                .isEqualTo(message);
        assertThat(binding("", "aggregatedStatus: [{clusterName: m1, applied: false, appliedMessage: no}]")
                        .there()
                        .get("m1")
                        .trouble())
                .isEqualTo("no");
        assertThat(binding("", OLD_PODS).there().get("m1").trouble()).isEmpty();
    }

    @Test
    void aBindingThatIsBeingDeletedOrOfAnotherObjectIsNotThatOfTheWorkload() {
        assertThat(binding("", OLD_PODS).isOf(workload("u1"))).isTrue();
        assertThat(binding("", OLD_PODS).isOf(workload("u2"))).isFalse();
        assertThat(binding(", deletionTimestamp: 2026-11-21T08:00:00Z", OLD_PODS)
                        .isOf(workload("u1")))
                .isFalse();
    }

    @Test
    void aSchedulerThatIsAwayIsNamedWithTheBindingThatWaits() {
        assertThat(binding("", "{schedulerObservedGeneration: 4}").trouble())
                .isEqualTo("ResourceBinding p/web-deployment waits for Karmada's scheduler");
        assertThat(binding("", "{schedulerObservedGeneration: 5}").trouble()).isEmpty();
    }

    @Test
    void podsThatTheirControllerDoesNotReplaceAreAsTheyShallBe() {
        There told = binding(
                        "",
                        "aggregatedStatus: [{applied: true, clusterName: m1,"
                                + " status: {readyReplicas: 3, replicas: 3, updatedReplicas: 1}}]")
                .there()
                .get("m1");
        assertThat(told.withDesired(workload("u1"), 3).counts().updated()).isEqualTo(1);
        assertThat(told.withDesired(workload("u1", 1), 3).counts().updated())
                .as("two above the partition, one is new")
                .isEqualTo(1);
        assertThat(told.withDesired(workload("u1", 2), 3).counts().updated())
                .as("one above the partition")
                .isEqualTo(3);
        assertThat(told.withDesired(workload("u1", Integer.MAX_VALUE), 3)
                        .counts()
                        .updated())
                .as("OnDelete")
                .isEqualTo(3);
    }

    private static ObservedWorkload workload(String uid) {
        return workload(uid, 0);
    }

    private static ObservedWorkload workload(String uid, int partition) {
        return new ObservedWorkload(
                "Deployment",
                "p",
                "web",
                uid,
                1,
                "t",
                Resources.NONE,
                Map.of(),
                new ObservedLabels("web", "", "", "", true, "", ""),
                new RolloutProgress(ReplicaCounts.NONE, partition, "", Optional.empty()),
                Optional.empty());
    }

    private static ObservedBinding binding(String more, String status) {
        return ObservedBinding.read(new KubernetesSerialization()
                        .unmarshal("""
                        apiVersion: work.karmada.io/v1alpha2
                        kind: ResourceBinding
                        metadata: {name: web-deployment, namespace: p, generation: 5%s}
                        spec:
                          clusters: [{name: m1}]
                          resource: {apiVersion: apps/v1, kind: Deployment, name: web, namespace: p, uid: u1}
                        status:
                        %s
                        """.formatted(more, status.indent(2)), GenericKubernetesResource.class))
                .orElseThrow();
    }
}
