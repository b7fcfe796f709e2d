// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Access to workloads of one kind. */
public record WorkloadSource<T extends HasMetadata>(
        WorkloadKind kind,
        Class<T> type,
        Function<KubernetesClient, MixedOperation<T, ? extends KubernetesResourceList<T>, ? extends Resource<T>>> all,
        BiFunction<WorkloadReader, T, ObservedWorkload> read) {

    private static final WorkloadSource<Deployment> DEPLOYMENTS = new WorkloadSource<>(
            WorkloadKind.DEPLOYMENT, Deployment.class, client -> client.apps().deployments(), WorkloadReader::read);
    private static final WorkloadSource<StatefulSet> STATEFUL_SETS = new WorkloadSource<>(
            WorkloadKind.STATEFUL_SET,
            StatefulSet.class,
            client -> client.apps().statefulSets(),
            WorkloadReader::read);
    private static final WorkloadSource<DaemonSet> DAEMON_SETS = new WorkloadSource<>(
            WorkloadKind.DAEMON_SET, DaemonSet.class, client -> client.apps().daemonSets(), WorkloadReader::read);
    private static final WorkloadSource<Job> JOBS = new WorkloadSource<>(
            WorkloadKind.JOB, Job.class, client -> client.batch().v1().jobs(), WorkloadReader::read);

    /** Every kind, in the order in which the workload of a service is searched. */
    static final List<WorkloadSource<?>> ALL = List.of(DEPLOYMENTS, STATEFUL_SETS, DAEMON_SETS, JOBS);

    public static WorkloadSource<?> from(WorkloadKind kind) {
        return ALL.stream().filter(source -> source.kind == kind).findFirst().orElseThrow();
    }

    /** An object in the form of a server's answer. */
    public ObservedWorkload read(WorkloadReader reader, KubernetesSerialization json, String text) {
        return read.apply(reader, json.unmarshal(text, type));
    }
}
