// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A roll-out is judged as kubectl does (F-30). */
class WorkloadReaderTest {

    private final WorkloadReader reader = new WorkloadReader(new PodReader(new Quantities(Set.of())));
    private final KubernetesSerialization yaml = new KubernetesSerialization();

    @Test
    void oldReadyPodsAreNotTheUpdate() {
        WorkloadSeen seen = deployment(
                "{observedGeneration: 2, replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3}");
        assertThat(seen.counts()).isEqualTo(new Counts(3, 4, 1, 3, 3, true));
        assertThat(seen.counts().isRolledOut()).isFalse();
    }

    @Test
    void numbersOfAFormerGenerationSayNothing() {
        WorkloadSeen seen = deployment(
                "{observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3,"
                        + " conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: too long}]}");
        assertThat(seen.counts().observed()).isFalse();
        assertThat(seen.counts().isRolledOut()).isFalse();
        assertThat(seen.failure()).isEmpty();
    }

    @Test
    void theWholeNewRevisionAvailableAndNothingElseIsComplete() {
        assertThat(deployment(
                                "{observedGeneration: 2, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3}")
                        .counts()
                        .isRolledOut())
                .isTrue();
        assertThat(deployment(
                                "{observedGeneration: 2, replicas: 4, updatedReplicas: 3, readyReplicas: 4, availableReplicas: 4}")
                        .counts()
                        .isRolledOut())
                .isFalse();
        assertThat(deployment(
                                "{observedGeneration: 2, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 2}")
                        .counts()
                        .isRolledOut())
                .isFalse();
    }

    @Test
    void aRollOutThatItsControllerHasGivenUpIsTold() {
        WorkloadSeen seen = deployment(
                "{observedGeneration: 2, replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3,"
                        + " conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: too long}]}");
        assertThat(seen.failure()).contains("ProgressDeadlineExceeded: too long");
    }

    @Test
    void aStatefulSetIsCompleteWhenAllPodsAboveItsPartitionAreNew() {
        String status = "{observedGeneration: 2, replicas: 3, readyReplicas: 3, updatedReplicas: %d}";
        assertThat(set("{type: RollingUpdate}", status.formatted(2)).counts().isRolledOut())
                .isFalse();
        assertThat(set("{type: RollingUpdate}", status.formatted(3)).counts().isRolledOut())
                .isTrue();
        String partition = "{type: RollingUpdate, rollingUpdate: {partition: 2}}";
        assertThat(set(partition, status.formatted(0)).counts().isRolledOut()).isFalse();
        assertThat(set(partition, status.formatted(1)).counts().isRolledOut()).isTrue();
        assertThat(set("{type: OnDelete}", status.formatted(0)).counts().isRolledOut())
                .isTrue();
    }

    @Test
    void aClusterWidePolicyThatHasItIsToldAsLabelOrAsAnnotation() {
        // a label before Karmada 1.11, an annotation since
        for (String where : new String[] {"labels", "annotations"}) {
            WorkloadSeen seen = reader.read(yaml.unmarshal("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: p, %s: {clusterpropagationpolicy.karmada.io/name: everything}}
                    spec: {template: {spec: {containers: [{name: c}]}}}
                    """.formatted(where), Deployment.class));
            assertThat(seen.clusterPolicy()).isEqualTo("everything");
        }
    }

    private WorkloadSeen deployment(String status) {
        return reader.read(yaml.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: p, uid: u, generation: 2}
                spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(status), Deployment.class));
    }

    private WorkloadSeen set(String strategy, String status) {
        return reader.read(yaml.unmarshal("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: web, namespace: p, uid: u, generation: 2}
                spec: {replicas: 3, updateStrategy: %s, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(strategy, status), StatefulSet.class));
    }
}
