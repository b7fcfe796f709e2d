// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A journal of a process that began with the day and never restarts: the engine asks only what former processes have done. */
final class ForgettingJournal implements DecisionJournal {

    @Override
    public DecisionRecord recordOf(PlacementOutcome outcome, long generation) {
        throw new UnsupportedOperationException("Nothing is stored");
    }

    @Override
    public Optional<Instant> lastPlaced(GraphId graph, DecisionReason reason) {
        return Optional.empty();
    }

    @Override
    public void record(PlacementOutcome outcome, long generation) {
        // nobody reads it
    }

    @Override
    public void record(List<ScalingOutcome> outcomes, long generation) {
        // nobody reads it
    }
}
