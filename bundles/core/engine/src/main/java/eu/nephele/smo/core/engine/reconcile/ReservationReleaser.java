// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.engine.decision.DecisionCommitter;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.ReservationTracker;

/** Releases the held reservations of decisions that the observed state has followed. */
final class ReservationReleaser {

    private final DecisionCommitter commits;
    private final Rollout rollout;
    private final ReservationTracker reservationTracker;

    ReservationReleaser(DecisionCommitter commits, Rollout rollout, ReservationTracker reservationTracker) {
        this.commits = commits;
        this.rollout = rollout;
        this.reservationTracker = reservationTracker;
    }

    /** @return false when the graph has changed meanwhile; nothing was given back */
    boolean arrived(GraphRecord record, DecidedGraph decided) {
        if (commits.arrived(record, decided) != CommitResult.STORED) {
            return false;
        }
        reservationTracker.track(record, decided.arrived());
        rollout.moved(record);
        reservationTracker.freed();
        return true;
    }
}
