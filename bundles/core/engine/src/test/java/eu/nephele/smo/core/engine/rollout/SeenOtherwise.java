// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A runtime whose world looks as the test says. */
final class SeenOtherwise implements WorkloadRuntime {

    private final WorkloadRuntime real;
    UnaryOperator<WorkloadObservation> look = UnaryOperator.identity();
    /** Remains of removed workloads; empty: those of the world. */
    Optional<Function<WorkloadRef, WorkloadObservation>> left = Optional.empty();

    /** Marks, in order. */
    final List<WorkloadRef> marked = new CopyOnWriteArrayList<>();

    SeenOtherwise(WorkloadRuntime real) {
        this.real = real;
    }

    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        real.ensureShares(key, shares);
    }

    @Override
    public void ensureMarked(StepKey key) {
        marked.add(key.workload());
        real.ensureMarked(key);
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>();
        real.observe(workloads).forEach((ref, observation) -> seen.put(ref, look.apply(observation)));
        return seen;
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        return left.map(of -> workloads.stream().collect(Collectors.toMap(Function.identity(), of)))
                .orElseGet(() -> real.remains(workloads, clusters));
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return () -> {};
    }
}
