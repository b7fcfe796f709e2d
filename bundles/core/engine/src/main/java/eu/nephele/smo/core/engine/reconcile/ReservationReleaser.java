// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.engine.decision.Commits;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.Holdings;

/** Decisions that the world has followed: what was held for the way there is given back. */
final class Arrivals {

    private final Commits commits;
    private final Rollout rollout;
    private final Holdings holdings;

    Arrivals(Commits commits, Rollout rollout, Holdings holdings) {
        this.commits = commits;
        this.rollout = rollout;
        this.holdings = holdings;
    }

    /** @return false when the graph has changed meanwhile; nothing was given back */
    boolean arrived(GraphRecord record, Decided decided) {
        if (commits.arrived(record, decided) != CommitResult.STORED) {
            return false;
        }
        holdings.track(record, decided.arrived());
        rollout.moved(record);
        holdings.freed();
        return true;
    }
}
