// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.OwnershipLabels;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.StepKey;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.TreeMap;

/** Changes replicas and marks of workloads on one API server; writes only what differs. */
public final class WorkloadScaler {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final ApiServerConnection connection;

    public WorkloadScaler(ApiServerConnection connection) {
        this.connection = connection;
    }

    /**
     * Sets the replicas if they differ. Numbers that a controller determines are left to it. Other concurrent changes, for example
     * by controllers, are no conflict.
     *
     * @return whether anything was written
     */
    public boolean scale(ObservedWorkload seen, int replicas) {
        if (seen.desired() == replicas || !seen.what().isScaled()) {
            return false;
        }
        Scale scale = new ScaleBuilder()
                .withNewMetadata()
                .withNamespace(seen.namespace())
                .withName(seen.name())
                .endMetadata()
                .withNewSpec(replicas)
                .build();
        connection.call(
                "Scale %s/%s to %d".formatted(seen.namespace(), seen.name(), replicas),
                client -> scalable(client, seen).scale(scale));
        return true;
    }

    /** A workload whose controller determines its pods is one replica per cluster; others are {@code REFUSED}. */
    public void requireScalable(StepKey key, ObservedWorkload seen, int replicas) {
        if (replicas != 1 && !seen.what().isScaled()) {
            throw new AdapterException(
                    AdapterException.Kind.REFUSED,
                    connection.system(),
                    "Run %s: the replicas of a %s cannot be set; request one on each cluster, without scaling"
                            .formatted(key.workload(), seen.kind()));
        }
    }

    /** Writes our ownership; Helm's ownership stays. */
    public void mark(ObservedWorkload seen, StepKey key) {
        mark(seen, key, seen.revision());
    }

    /** With the mark of the pods that its copies have from now on; returns whether anything was written. */
    public boolean markForCopies(ObservedWorkload seen, StepKey key) {
        return mark(seen, key, seen.present());
    }

    private boolean mark(ObservedWorkload seen, StepKey key, String revision) {
        if (seen.observedLabels().are(key, revision)) {
            return false;
        }
        Map<String, String> annotations = new TreeMap<>(OwnershipLabels.annotations(key));
        if (!revision.isEmpty()) {
            annotations.put(OwnershipLabels.REVISION, revision);
        }
        Map<String, Object> patch = Map.of(
                "metadata", Map.of("labels", OwnershipLabels.labels(key.workload()), "annotations", annotations));
        connection.call("Mark %s/%s".formatted(seen.namespace(), seen.name()), client -> resource(client, seen)
                .patch(MERGE, client.getKubernetesSerialization().asJson(patch)));
        return true;
    }

    private static Resource<?> resource(KubernetesClient client, ObservedWorkload seen) {
        return WorkloadSource.from(seen.what())
                .all()
                .apply(client)
                .inNamespace(seen.namespace())
                .withName(seen.name());
    }

    private static RollableScalableResource<?> scalable(KubernetesClient client, ObservedWorkload seen) {
        return seen.kind().equals("StatefulSet")
                ? client.apps().statefulSets().inNamespace(seen.namespace()).withName(seen.name())
                : client.apps().deployments().inNamespace(seen.namespace()).withName(seen.name());
    }
}
