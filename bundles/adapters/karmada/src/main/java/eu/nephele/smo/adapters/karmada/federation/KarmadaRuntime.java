// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.adapters.karmada.work.LastWrites;
import eu.nephele.smo.adapters.karmada.work.Listeners;
import eu.nephele.smo.adapters.karmada.work.Scaling;
import eu.nephele.smo.adapters.karmada.work.Workloads;
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

/** Runs workloads on the member clusters of a Karmada by what it is told at its control plane. */
final class KarmadaRuntime implements WorkloadRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(KarmadaRuntime.class);

    private final Connection connection;
    private final Workloads workloads;
    private final Observer observer;
    private final Remains remains;
    private final KnownWorkloads known;
    private final Listeners<WorkloadRef> listeners;
    private final Objects objects;
    private final Affinity affinity;
    private final Scaling scaling;
    private final LastWrites lastWrites;

    KarmadaRuntime(
            Connection connection,
            Workloads workloads,
            Observer observer,
            Remains remains,
            KnownWorkloads known,
            LastWrites lastWrites,
            Listeners<WorkloadRef> listeners) {
        this.connection = connection;
        this.workloads = workloads;
        this.observer = observer;
        this.remains = remains;
        this.known = known;
        this.lastWrites = lastWrites;
        this.listeners = listeners;
        this.objects = new Objects(connection);
        this.affinity = new Affinity(objects, connection.system());
        this.scaling = new Scaling(connection);
    }

    /**
     * Limits of single clusters come before the clusters, and end after them, and fewer replicas come before both, so that no
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
        WorkloadSeen workload = workloads
                .now(ref)
                .orElseThrow(() -> new AdapterException(
                        AdapterException.Kind.NOT_FOUND,
                        connection.system(),
                        "Run %s: there is no Deployment, StatefulSet, DaemonSet or Job of that name; its release has to be installed first"
                                .formatted(ref)));
        Spread spread = Spread.of(shares);
        scaling.requireScalable(key, workload, spread.most());
        lastWrites.put(workload);
        List<WorkloadSeen> others = workloads.besideNow(workload);
        Optional<GenericKubernetesResource> ofChart = affinity.ofChart(key, workload, spread);
        Map<String, Integer> different = spread.different();
        String ours = Affinity.ourName(ref.service());
        int replicas = spread.most();
        boolean fewer = replicas < workload.desired();
        boolean written = fewer && scaling.scale(workload, replicas);
        if (!different.isEmpty()) {
            objects.ensure(Kinds.OVERRIDE, key, ours, Overrides.spec(workload, different), Optional.of(workload));
        }
        affinity.ensure(key, workload, others, ofChart, spread);
        written |= !fewer && scaling.scale(workload, replicas);
        if (different.isEmpty()) {
            objects.remove(Kinds.OVERRIDE, workload.namespace(), ours);
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
            List<WorkloadSeen> others = workloads.besideNow(workload);
            mark(workload, key);
            others.forEach(other -> markBeside(other, key));
        });
    }

    /** The workload of a release that its chart places. Every source is asked: one that lets nobody look there has none of it. */
    private Optional<WorkloadSeen> placed(WorkloadRef ref) {
        try {
            return workloads.find(ref).filter(it -> it.isOf(ref));
        } catch (AdapterException e) {
            if (e.kind() != AdapterException.Kind.REFUSED) {
                throw e;
            }
            LOG.debug("{} is taken as not being at {}: {}", ref, connection.system(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Marks what is beside a service, where that is there still. The right to change DaemonSets came later: where it is missing
     * they are judged without the mark, by what Karmada tells.
     */
    private void markBeside(WorkloadSeen other, StepKey key) {
        try {
            mark(other, key);
        } catch (AdapterException e) {
            boolean barred =
                    e.kind() == AdapterException.Kind.REFUSED && !other.what().isScaled();
            if (!barred && e.kind() != AdapterException.Kind.NOT_FOUND) {
                throw e;
            }
            LOG.debug("The {} {} beside a service is not marked: {}", other.kind(), other.path(), e.getMessage());
        }
    }

    /** Marks one of its release, so that it can be told which pods copies of it have. */
    private void mark(WorkloadSeen workload, StepKey key) {
        lastWrites.put(workload);
        if (workload.what() != WorkloadKind.JOB && scaling.markForCopies(workload, key)) {
            workloads.again(workload).ifPresent(lastWrites::put);
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

    private WorkloadObservation observe(WorkloadRef ref, WorkloadSeen workload) {
        return observer.observe(ref, workload, workloads.beside(workload));
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> asked, Set<ClusterId> clusters) {
        observer.requireCurrent();
        known.learn(asked);
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        List<WorkloadRef> gone = new ArrayList<>();
        for (WorkloadRef ref : asked) {
            Optional<WorkloadSeen> present = workloads.last(ref);
            present.ifPresentOrElse(
                    workload -> left.put(ref, remains.with(observe(ref, workload), workload.id(), clusters)),
                    () -> gone.add(ref));
        }
        left.putAll(remains.of(gone, clusters));
        return left;
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return listeners.subscribe(onChange);
    }
}
