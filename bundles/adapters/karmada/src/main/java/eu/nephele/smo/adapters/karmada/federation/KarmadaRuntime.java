// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.work.CoalescingListeners;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.adapters.karmada.work.WorkloadCache;
import eu.nephele.smo.adapters.karmada.work.WorkloadScaler;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs workloads on the member clusters of a Karmada through objects on its control plane. */
final class KarmadaRuntime implements WorkloadRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(KarmadaRuntime.class);

    private final ApiServerConnection connection;
    private final WorkloadCache workloads;
    private final WorkloadObserver observer;
    private final RemainingObjects remains;
    private final KnownWorkloads known;
    private final CoalescingListeners<WorkloadRef> listeners;
    private final OwnedObjects objects;
    private final PropagationPolicies propagationPolicies;
    private final WorkloadScaler scaling;
    private final LastWrites lastWrites;

    KarmadaRuntime(
            ApiServerConnection connection,
            WorkloadCache workloads,
            WorkloadObserver observer,
            RemainingObjects remains,
            KnownWorkloads known,
            LastWrites lastWrites,
            CoalescingListeners<WorkloadRef> listeners) {
        this.connection = connection;
        this.workloads = workloads;
        this.observer = observer;
        this.remains = remains;
        this.known = known;
        this.lastWrites = lastWrites;
        this.listeners = listeners;
        this.objects = new OwnedObjects(connection);
        this.propagationPolicies = new PropagationPolicies(objects, connection.system());
        this.scaling = new WorkloadScaler(connection);
    }

    /**
     * Overrides of single clusters are written before the clusters and deleted after them, fewer replicas before both, so that no
     * cluster ever runs too many. All clusters have the replicas of the workload, or those of their override: where the chart's
     * policy divided them over its clusters, one more cluster would take replicas away from those that serve.
     */
    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        WorkloadRef ref = key.workload();
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("Run %s: no share given, expected at least one".formatted(ref));
        }
        known.learn(List.of(ref));
        ObservedWorkload workload = workloads
                .now(ref)
                .orElseThrow(() -> new AdapterException(
                        AdapterException.Kind.NOT_FOUND,
                        connection.system(),
                        "Run %s: no Deployment, StatefulSet, DaemonSet or Job of that name exists; install its release first"
                                .formatted(ref)));
        ReplicaSpread spread = ReplicaSpread.from(shares);
        scaling.requireScalable(key, workload, spread.most());
        lastWrites.put(workload);
        List<ObservedWorkload> others = workloads.besideNow(workload);
        Optional<GenericKubernetesResource> ofChart = propagationPolicies.ofChart(key, workload, spread);
        Map<String, Integer> different = spread.different();
        String ours = PropagationPolicies.ourName(ref.service());
        int replicas = spread.most();
        boolean fewer = replicas < workload.desired();
        boolean written = fewer && scaling.scale(workload, replicas);
        if (!different.isEmpty()) {
            objects.ensure(
                    KarmadaKinds.OVERRIDE,
                    key,
                    ours,
                    OverridePolicies.spec(workload, different),
                    Optional.of(workload));
        }
        propagationPolicies.ensure(key, workload, others, ofChart, spread);
        written |= !fewer && scaling.scale(workload, replicas);
        if (different.isEmpty()) {
            objects.remove(KarmadaKinds.OVERRIDE, workload.namespace(), ours);
        }
        written |= scaling.markForCopies(workload, key);
        if (written) {
            workloads.now(ref).ifPresent(lastWrites::put);
        }
        others.forEach(other -> markBeside(other, key));
    }

    @Override
    public void ensureMarked(StepKey key) {
        known.learn(List.of(key.workload()));
        placed(key.workload()).ifPresent(workload -> {
            List<ObservedWorkload> others = workloads.besideNow(workload);
            mark(workload, key);
            others.forEach(other -> markBeside(other, key));
        });
    }

    /** The workload of a release placed by its chart. Every source is polled: one that denies access has no such workload. */
    private Optional<ObservedWorkload> placed(WorkloadRef ref) {
        try {
            return workloads.find(ref).filter(it -> it.isOf(ref));
        } catch (AdapterException e) {
            if (e.kind() != AdapterException.Kind.REFUSED) {
                throw e;
            }
            LOG.debug(
                    "reading workload refused service={} system={} reason=\"{}\"; it counts as absent",
                    ref,
                    connection.system(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Marks the siblings of a service that still exist. The right to change DaemonSets came later: without it
     * they are judged without the mark, by the status in Karmada.
     */
    private void markBeside(ObservedWorkload other, StepKey key) {
        try {
            mark(other, key);
        } catch (AdapterException e) {
            boolean barred =
                    e.kind() == AdapterException.Kind.REFUSED && !other.what().isScaled();
            if (!barred && e.kind() != AdapterException.Kind.NOT_FOUND) {
                throw e;
            }
            LOG.debug(
                    "marking workload skipped kind={} workload={} reason=\"{}\"",
                    other.kind(),
                    other.path(),
                    e.getMessage());
        }
    }

    /** Marks a workload of its release, so that the pods of its copies can be recognised. */
    private void mark(ObservedWorkload workload, StepKey key) {
        lastWrites.put(workload);
        if (workload.what() != WorkloadKind.JOB && scaling.markForCopies(workload, key)) {
            workloads.refresh(workload).ifPresent(lastWrites::put);
        }
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> asked) {
        observer.requireCurrent();
        known.learn(asked);
        Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>();
        asked.forEach(ref -> workloads.last(ref).ifPresent(workload -> seen.put(ref, observe(ref, workload))));
        return seen;
    }

    private WorkloadObservation observe(WorkloadRef ref, ObservedWorkload workload) {
        return observer.observe(ref, workload, workloads.beside(workload));
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> asked, Set<ClusterId> clusters) {
        observer.requireCurrent();
        known.learn(asked);
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        List<WorkloadRef> gone = new ArrayList<>();
        for (WorkloadRef ref : asked) {
            Optional<ObservedWorkload> present = workloads.last(ref);
            present.ifPresentOrElse(
                    workload -> left.put(ref, remains.with(observe(ref, workload), workload.id(), clusters)),
                    () -> gone.add(ref));
        }
        left.putAll(remains.observe(gone, clusters));
        return left;
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return listeners.subscribe(onChange);
    }
}
