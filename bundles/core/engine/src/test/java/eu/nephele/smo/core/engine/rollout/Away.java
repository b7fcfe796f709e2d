// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A runtime whose source does not answer. */
final class Away implements WorkloadRuntime {

    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        throw away();
    }

    @Override
    public void ensureMarked(StepKey key) {
        throw away();
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        throw away();
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return () -> {};
    }

    private static AdapterException away() {
        return new AdapterException(Kind.UNAVAILABLE, "away", "away does not answer");
    }
}
