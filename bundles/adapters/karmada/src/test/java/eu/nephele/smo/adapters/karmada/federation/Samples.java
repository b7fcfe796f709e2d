// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.read.KubernetesQuantities;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Set;

/** Deployments in the form of an API server. */
final class Samples {

    static final WorkloadReader READER = new WorkloadReader(new PodReader(new KubernetesQuantities(Set.of())));

    /** Of the Deployment {@code p/web} with three replicas. */
    static final String ROLLED_OUT =
            "{observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3}";

    private Samples() {}

    static ObservedWorkload workload(String revision, String status) {
        return READER.read(new KubernetesSerialization().unmarshal(deployment(revision, status), Deployment.class));
    }

    static String deployment(String revision, String status) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: p, uid: u, generation: 1, annotations: {smo.nephele.eu/revision: "%s"}}
                spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {spec: {containers: [{name: c}]}}}
                status: %s
                """.formatted(revision, status);
    }
}
