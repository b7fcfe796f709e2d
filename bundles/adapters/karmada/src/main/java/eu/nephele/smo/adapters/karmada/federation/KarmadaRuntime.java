// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.adapters.karmada.work.Listeners;
import eu.nephele.smo.adapters.karmada.work.Scaling;
import eu.nephele.smo.adapters.karmada.work.Workloads;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs workloads on the member clusters of a Karmada by what it is told at its control plane. */
final class KarmadaRuntime implements WorkloadRuntime {

    private final Connection connection;
    private final Workloads workloads;
    private final Observer observer;
    private final KnownWorkloads known;
    private final Listeners<WorkloadRef> listeners;
    private final Objects objects;
    private final Affinity affinity;
    private final Scaling scaling;

    KarmadaRuntime(
            Connection connection,
            Workloads workloads,
            Observer observer,
            KnownWorkloads known,
            Listeners<WorkloadRef> listeners) {
        this.connection = connection;
        this.workloads = workloads;
        this.observer = observer;
        this.known = known;
        this.listeners = listeners;
        this.objects = new Objects(connection);
        this.affinity = new Affinity(objects, connection.system());
        this.scaling = new Scaling(connection);
    }

    /**
     * Limits of single clusters come before the clusters, and end after them, and fewer replicas come before both, so that no
     * cluster ever runs too many. Where replicas are divided, the clusters come first: what goes there now is not taken away.
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
                        "Run %s: there is no Deployment or StatefulSet of that name; its release has to be installed first"
                                .formatted(ref)));
        Spread spread = Spread.of(shares);
        Optional<GenericKubernetesResource> ofChart = affinity.ofChart(key, workload);
        boolean divided = ofChart.filter(Affinity::divides).isPresent();
        Map<String, Integer> different = divided ? Map.of() : spread.different();
        String ours = Affinity.ourName(ref.service());
        int replicas = divided ? spread.sum() : spread.most();
        boolean fewer = !divided && replicas < workload.desired();
        if (fewer) {
            scaling.scale(workload, replicas);
        }
        if (!different.isEmpty()) {
            objects.ensure(Kinds.OVERRIDE, key, ours, Overrides.spec(workload, different), Optional.of(workload));
        }
        affinity.ensure(key, workload, ofChart, spread);
        if (!fewer) {
            scaling.scale(workload, replicas);
        }
        if (different.isEmpty()) {
            objects.remove(Kinds.OVERRIDE, workload.namespace(), ours);
        }
        scaling.markForCopies(workload, key);
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> asked) {
        observer.requireCurrent();
        known.learn(asked);
        Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>();
        asked.forEach(ref -> workloads.last(ref).ifPresent(workload -> seen.put(ref, observer.observe(ref, workload))));
        return seen;
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return listeners.subscribe(onChange);
    }
}
