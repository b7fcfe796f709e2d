// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.RepeatedCalls;
import eu.nephele.smo.lab.conformance.run.ThreadCount;

/** Checks whether a placement strategy is a pure function, as a replay needs it. */
final class PurityCheck {

    private final StrategyUnderTest strategyUnderTest;
    private final RepeatedCalls<PlacementCase, PlacementResult> repeated;

    PurityCheck(StrategyUnderTest strategyUnderTest) {
        this.strategyUnderTest = strategyUnderTest;
        this.repeated = new RepeatedCalls<>(
                PlacementCase::text,
                this::replayable,
                (problem, first) -> strategyUnderTest.ask(problem.request(), first));
    }

    String sameAnswerAgain(ExaminationSession session) {
        return repeated.oneAfterTheOther(session, PlacementCases.forRepetition());
    }

    String sameAnswerOnFourThreads(ExaminationSession session) {
        return repeated.together(session, PlacementCases.forRepetition());
    }

    private PlacementResult replayable(ExaminationSession session, PlacementCase problem) {
        PlacementResult result = strategyUnderTest.answer(session, problem);
        if (StrategyUnderTest.cannotBeReplayed(result)) {
            throw new FlawException(
                    "%s\nit stopped by the clock and does not say how much it did, so the decision cannot be repeated. Count units of work, report them in Quality.workUnits, and stop after context.workBudget() when that is given."
                            .formatted(problem.text()));
        }
        return result;
    }

    String leavesNoThread(ExaminationSession session) {
        PlacementCase problem = PlacementCases.federation(3, 12, 5, 0.5);
        return ThreadCount.measure(session, () -> strategyUnderTest.answer(session, problem));
    }
}
