// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.read.PodReader.ObservedPod;
import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodReaderTest {

    private final PodReader reader = new PodReader(new KubernetesQuantities(Set.of()));

    @Test
    void containersOfTheBeginningCountWhereTheyAskForMoreThanTheOthersTogether() {
        assertThat(cpuMillis("[{name: i, resources: {requests: {cpu: 100m}}}]")).isEqualTo(500);
        assertThat(cpuMillis("[{name: i, resources: {requests: {cpu: 2}}}]")).isEqualTo(2000);
    }

    @Test
    void aSidecarRunsBesideAllThatComesAfterIt() {
        assertThat(cpuMillis("[{name: s, restartPolicy: Always, resources: {requests: {cpu: 300m}}}]"))
                .isEqualTo(800);
        assertThat(cpuMillis("[{name: i, resources: {requests: {cpu: 900m}}},"
                        + "{name: s, restartPolicy: Always, resources: {requests: {cpu: 300m}}}]"))
                .isEqualTo(900);
        assertThat(cpuMillis("[{name: s, restartPolicy: Always, resources: {requests: {cpu: 300m}}},"
                        + "{name: i, resources: {requests: {cpu: 900m}}}]"))
                .isEqualTo(1200);
    }

    @Test
    void aPodWithoutANodeIsKeptAndOneThatIsOverIsNot() {
        String pod = "{metadata: {name: p, namespace: n}, spec: {containers: [{name: a}]}, status: {phase: %s}}";
        assertThat(reader.read(pod(pod.formatted("Pending"))))
                .hasValueSatisfying(seen -> assertThat(seen.node()).isEmpty());
        assertThat(reader.read(pod(pod.formatted("Succeeded")))).isEmpty();
        assertThat(reader.read(pod("{metadata: {name: p, namespace: n}}"))).isEmpty();
    }

    @Test
    void aPodConcernsItsWorkloadAndItsReleaseAndOneOfNobodyNothing() {
        String pod = "{metadata: {name: p, namespace: n, labels: {app.kubernetes.io/instance: shop}%s}}";
        String owned = ", ownerReferences: [{kind: DaemonSet, name: agent, controller: true}]";
        assertThat(PodReader.owner(pod(pod.formatted(owned))).concerned()).containsExactly("n/agent", "n/shop");
        assertThat(PodReader.owner(pod(pod.formatted(""))).concerned()).isEmpty();
    }

    @Test
    void whetherAPodServesIsKeptAndIsNoLoad() {
        String pod = "{metadata: {name: p, namespace: n}, spec: {nodeName: %s, containers: [{name: a}]},"
                + " status: {phase: Running, conditions: [{type: Ready, status: \"%s\"}]}}";
        ObservedPod ready = reader.read(pod(pod.formatted("x", "True"))).orElseThrow();
        ObservedPod crashed = reader.read(pod(pod.formatted("x", "False"))).orElseThrow();
        ObservedPod elsewhere = reader.read(pod(pod.formatted("y", "True"))).orElseThrow();
        assertThat(ready.ready()).isTrue();
        assertThat(crashed).isNotEqualTo(ready);
        assertThat(crashed.takesTheSame(ready)).isTrue();
        assertThat(elsewhere.takesTheSame(ready)).isFalse();
    }

    @Test
    void aReplicaSetIsOfADeploymentWhereItsNameEndsWithTheHashOfItsPods() {
        String pod = "{metadata: {name: p, namespace: n, labels: {pod-template-hash: %s},"
                + " ownerReferences: [{kind: ReplicaSet, name: web-6f, controller: true}]}}";
        assertThat(PodReader.owner(pod(pod.formatted("6f"))).workload())
                .contains(new WorkloadId(WorkloadKind.DEPLOYMENT, "n/web"));
        assertThat(PodReader.owner(pod(pod.formatted("7a"))).workload()).isEmpty();
    }

    private static Pod pod(String yaml) {
        return new KubernetesSerialization().unmarshal("# of YAML\n" + yaml, Pod.class);
    }

    private long cpuMillis(String beginning) {
        Pod pod = new KubernetesSerialization().unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  initContainers: %s
                  containers:
                  - {name: a, resources: {requests: {cpu: 200m}}}
                  - {name: b, resources: {limits: {cpu: 300m}}}
                """.formatted(beginning), Pod.class);
        Resources asked = reader.requests(pod.getSpec());
        return asked.cpuMillis();
    }
}
