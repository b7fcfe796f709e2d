// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldSnapshot.Writes;
import java.util.HashMap;
import java.util.Map;

/** Counts what clients write. Guarded by the lock of the world. */
final class WriteCounts {

    private final Map<WorkloadRef, Writes> counts = new HashMap<>();

    void release(WorkloadRef ref) {
        add(ref, new Writes(1, 0, 0, 0));
    }

    /** A release was written that was there exactly like that by the same step. */
    void releaseAgain(WorkloadRef ref) {
        add(ref, new Writes(1, 1, 0, 0));
    }

    void rule(WorkloadRef ref) {
        add(ref, new Writes(0, 0, 1, 0));
    }

    /** A rule was written that was there exactly like that. */
    void ruleAgain(WorkloadRef ref) {
        add(ref, new Writes(0, 0, 1, 1));
    }

    Map<WorkloadRef, Writes> all() {
        return Map.copyOf(counts);
    }

    private void add(WorkloadRef ref, Writes more) {
        counts.merge(
                ref,
                more,
                (a, b) -> new Writes(
                        a.release() + b.release(),
                        a.repeatedRelease() + b.repeatedRelease(),
                        a.rules() + b.rules(),
                        a.repeatedRules() + b.repeatedRules()));
    }
}
