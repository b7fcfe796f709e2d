// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * State that this process has applied to each workload, so that a pass does not request again what it has just done.
 * Lost at restart on purpose: the first pass then ensures everything once.
 */
final class AppliedState {

    /**
     * @param digest of artifact and values: these can be large, and one is kept per workload
     * @param places clusters that the release itself is on and its values do not name; empty where they do
     */
    record AppliedWorkload(String digest, Resources perReplica, Set<ClusterId> places, List<Share> shares) {}

    /** Begins anew with each start, because the first pass makes sure of everything once. */
    private final Map<WorkloadRef, AppliedWorkload> applied = new ConcurrentHashMap<>();

    /** Begins anew with each start, for the same reason: releases with a change that has not succeeded yet. */
    private final Set<WorkloadRef> open = ConcurrentHashMap.newKeySet();

    /** A release is about to be changed. */
    void begin(WorkloadRef workload) {
        open.add(workload);
    }

    boolean is(WorkloadRef workload, AppliedWorkload appliedWorkload) {
        return !open.contains(workload) && appliedWorkload.equals(applied.get(workload));
    }

    /** Returns whether only the replicas differ from what was applied: then the release itself needs no change. */
    boolean releaseIs(WorkloadRef workload, AppliedWorkload appliedWorkload) {
        AppliedWorkload last = applied.get(workload);
        return !open.contains(workload)
                && last != null
                && last.digest().equals(appliedWorkload.digest())
                && last.perReplica().equals(appliedWorkload.perReplica())
                && last.places().equals(appliedWorkload.places());
    }

    boolean sharesAre(WorkloadRef workload, List<Share> shares) {
        AppliedWorkload last = applied.get(workload);
        return last != null && last.shares().equals(shares);
    }

    boolean isUnknown(WorkloadRef workload) {
        return !applied.containsKey(workload);
    }

    /** Returns whether something else is there than what this process has applied; not if that is not complete. */
    boolean differs(WorkloadRef workload, String digest) {
        AppliedWorkload last = applied.get(workload);
        return !open.contains(workload) && last != null && !last.digest().equals(digest);
    }

    void put(WorkloadRef workload, AppliedWorkload appliedWorkload) {
        applied.put(workload, appliedWorkload);
        open.remove(workload);
    }

    void remove(WorkloadRef workload) {
        applied.remove(workload);
        open.remove(workload);
    }
}
