// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.Repeated;
import eu.nephele.smo.lab.conformance.run.Session;
import eu.nephele.smo.lab.conformance.run.ThreadCount;

/** Whether a placement strategy is a pure function, as a replay needs it. */
final class Repetition {

    private final Asking asking;
    private final Repeated<Problem, PlacementResult> repeated;

    Repetition(Asking asking) {
        this.asking = asking;
        this.repeated = new Repeated<>(
                Problem::text, this::replayable, (problem, first) -> asking.again(problem.request(), first));
    }

    String sameAnswerAgain(Session session) {
        return repeated.oneAfterTheOther(session, Problems.forRepetition());
    }

    String sameAnswerOnFourThreads(Session session) {
        return repeated.together(session, Problems.forRepetition());
    }

    private PlacementResult replayable(Session session, Problem problem) {
        PlacementResult result = asking.answer(session, problem);
        if (Asking.cannotBeReplayed(result)) {
            throw new Flaw(
                    "%s\nit stopped by the clock and does not say how much it did, so nobody can repeat the decision. Count units of work, report them in Quality.workUnits, and stop after context.workBudget() when that is given."
                            .formatted(problem.text()));
        }
        return result;
    }

    String leavesNoThread(Session session) {
        Problem problem = Problems.federation(3, 12, 5, 0.5);
        return ThreadCount.of(session, () -> asking.answer(session, problem));
    }
}
