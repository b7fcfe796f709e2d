// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A roll-out is judged as kubectl does. */
class WorkloadReaderTest {

    private final WorkloadReader reader = new WorkloadReader(new PodReader(new KubernetesQuantities(Set.of())));
    private final KubernetesSerialization yaml = new KubernetesSerialization();

    @Test
    void oldReadyPodsAreNotTheUpdate() {
        ObservedWorkload seen = deployment(
                "{observedGeneration: 2, replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3}");
        assertThat(seen.counts()).isEqualTo(new ReplicaCounts(3, 4, 1, 3, 3, true));
        assertThat(seen.counts().isRolledOut()).isFalse();
    }

    @Test
    void numbersOfAFormerGenerationSayNothing() {
        ObservedWorkload seen = deployment(
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
        ObservedWorkload seen = deployment(
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
    void whatShallHaveNoReplicasIsCompleteWhenNoneIsLeft() {
        for (String kind : new String[] {"Deployment", "StatefulSet"}) {
            assertThat(none(kind, "{observedGeneration: 2}")).isEmpty();
            assertThat(none(kind, "{observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 1}"))
                    .contains("1 replicas too many are still there");
            assertThat(none(kind, "{observedGeneration: 1}")).contains("has not taken over the change yet");
        }
    }

    private Optional<String> none(String kind, String status) {
        String object = """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: web, namespace: p, uid: u, generation: 2}
                spec: {replicas: 0, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(kind, status);
        return waits(
                kind.equals("Deployment")
                        ? reader.read(yaml.unmarshal(object, Deployment.class))
                        : reader.read(yaml.unmarshal(object, StatefulSet.class)));
    }

    @Test
    void aDaemonSetIsCompleteWhenEachNodeHasANewPodThatIsAvailable() {
        String status = "{observedGeneration: %d, desiredNumberScheduled: 3, currentNumberScheduled: 3,"
                + " updatedNumberScheduled: %d, numberReady: 3, numberAvailable: %d}";
        assertThat(daemons("RollingUpdate", status.formatted(2, 3, 3))).isEmpty();
        assertThat(daemons("RollingUpdate", status.formatted(1, 3, 3))).contains("has not taken over the change yet");
        assertThat(daemons("RollingUpdate", status.formatted(2, 1, 3)))
                .contains("1 of 3 replicas are of the new revision");
        assertThat(daemons("RollingUpdate", status.formatted(2, 3, 2))).contains("2 of 3 replicas are ready");
        assertThat(daemons("OnDelete", status.formatted(2, 0, 3)))
                .as("somebody else replaces its pods")
                .isEmpty();
        assertThat(daemons("RollingUpdate", "{observedGeneration: 2, desiredNumberScheduled: 0}"))
                .as("no node is selected")
                .isEmpty();
        assertThat(daemons("RollingUpdate", "{desiredNumberScheduled: 0}"))
                .as("its controller has not counted yet")
                .isPresent();
    }

    @Test
    void podsThatAreMissingMayBeThoseOfNodesThatAreAway() {
        String status = "{observedGeneration: 2, desiredNumberScheduled: 3, currentNumberScheduled: 3,"
                + " updatedNumberScheduled: %d, numberReady: %d, numberAvailable: %2$d}";
        assertThat(lacksNodes(daemonSet("RollingUpdate", status.formatted(3, 2)), 1))
                .isTrue();
        assertThat(lacksNodes(daemonSet("RollingUpdate", status.formatted(3, 2)), 0))
                .isFalse();
        assertThat(lacksNodes(daemonSet("RollingUpdate", status.formatted(3, 1)), 1))
                .isFalse();
        assertThat(lacksNodes(daemonSet("RollingUpdate", status.formatted(2, 2)), 1))
                .as("a pod of a former revision")
                .isFalse();
        assertThat(lacksNodes(job("completions: 3", "{active: 1, succeeded: 2}"), 1))
                .isFalse();
    }

    private static boolean lacksNodes(ObservedWorkload seen, int nodesAway) {
        return seen.lacks(seen.counts(), Optional.empty(), "", nodesAway)
                .orElseThrow()
                .lacksNodes();
    }

    @Test
    void aJobIsWaitedForUntilItsControllerSaysHowItHasEnded() {
        assertThat(waits(job("completions: 3", "{active: 1, succeeded: 1}"))).contains("1 of 3 completions");
        assertThat(waits(job("completions: 3", "{succeeded: 3}"))).contains("2 of 3 completions");
        assertThat(waits(job("completions: 3", "{succeeded: 3, conditions: [{type: Complete, status: 'True'}]}")))
                .isEmpty();
        assertThat(waits(job("parallelism: 4", "{active: 4}"))).contains("0 of 1 completions");
        assertThat(waits(job("suspend: true", "{}"))).as("suspended").isEmpty();
        ObservedWorkload failed = job(
                "completions: 3",
                "{failed: 7, conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: too often}]}");
        assertThat(failed.failure()).contains("BackoffLimitExceeded: too often");
        assertThat(waits(failed)).contains("0 of 3 completions");
    }

    @Test
    void aServiceThatIsADaemonSetOrAJobIsOneReplica() {
        ObservedWorkload job = job("completions: 3", "{active: 1, succeeded: 1}");
        assertThat(job.onCluster(job.counts(), 1, Resources.NONE).waitsFor(1)).contains("0 of 1 replicas are ready");
        ObservedWorkload done = job("completions: 3", "{succeeded: 3, conditions: [{type: Complete, status: 'True'}]}");
        assertThat(done.onCluster(done.counts(), 1, Resources.NONE)).isEqualTo(new OnCluster(1, 1, Resources.NONE));
        ObservedWorkload daemons = daemonSet(
                "RollingUpdate",
                "{observedGeneration: 2, desiredNumberScheduled: 3, currentNumberScheduled: 3,"
                        + " updatedNumberScheduled: 1, numberReady: 2, numberAvailable: 2}");
        assertThat(daemons.onCluster(daemons.counts(), 1, Resources.NONE))
                .isEqualTo(new OnCluster(1, 1, 0, 0, 0, true, Resources.NONE));
    }

    private Optional<String> daemons(String strategy, String status) {
        return waits(daemonSet(strategy, status));
    }

    private static Optional<String> waits(ObservedWorkload seen) {
        return seen.waitsFor(seen.counts());
    }

    private ObservedWorkload daemonSet(String strategy, String status) {
        return reader.read(yaml.unmarshal("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, namespace: p, uid: u, generation: 2}
                spec: {updateStrategy: {type: %s}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(strategy, status), DaemonSet.class));
    }

    private ObservedWorkload job(String spec, String status) {
        return reader.read(yaml.unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate, namespace: p, uid: u, generation: 1}
                spec: {%s, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(spec, status), Job.class));
    }

    @Test
    void aClusterWidePolicyThatHasItIsToldAsLabelOrAsAnnotation() {
        // a label before Karmada 1.11, an annotation since
        for (String where : new String[] {"labels", "annotations"}) {
            ObservedWorkload seen = reader.read(yaml.unmarshal("""
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: p, %s: {clusterpropagationpolicy.karmada.io/name: everything}}
                    spec: {template: {spec: {containers: [{name: c}]}}}
                    """.formatted(where), Deployment.class));
            assertThat(seen.observedLabels().clusterPolicy()).isEqualTo("everything");
        }
    }

    private ObservedWorkload deployment(String status) {
        return reader.read(yaml.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: p, uid: u, generation: 2}
                spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(status), Deployment.class));
    }

    private ObservedWorkload set(String strategy, String status) {
        return reader.read(yaml.unmarshal("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: web, namespace: p, uid: u, generation: 2}
                spec: {replicas: 3, updateStrategy: %s, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(strategy, status), StatefulSet.class));
    }
}
