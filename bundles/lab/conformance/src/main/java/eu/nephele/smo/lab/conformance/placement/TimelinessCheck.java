// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.lab.conformance.run.CallOutcome;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Late;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Returned;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.util.ArrayList;
import java.util.List;

/** Checks whether a placement strategy answers in time, and soon after an interrupt. */
final class TimelinessCheck {

    private static final long BUDGET_MILLIS = 1000;
    private static final String ADVICE =
            "\nAsk context.shouldStop() in every loop that may be long, and answer with the best you have.";

    private final StrategyUnderTest strategyUnderTest;

    TimelinessCheck(StrategyUnderTest strategyUnderTest) {
        this.strategyUnderTest = strategyUnderTest;
    }

    String stops(ExaminationSession session) {
        List<String> notes = new ArrayList<>();
        notes.add("no time at all: " + millis(session, PlacementCases.federation(5, 100, 20, 0.3), 0));
        notes.add("50 ms for 300 × 30: " + millis(session, PlacementCases.federation(6, 300, 30, 0.3), 50));
        notes.add("interrupted after 30 ms: " + interrupted(session, PlacementCases.federation(7, 300, 30, 0.3)));
        return String.join(", ", notes);
    }

    private String interrupted(ExaminationSession session, PlacementCase problem) {
        CallOutcome<PlacementResult> outcome =
                session.callAndInterrupt(30, strategyUnderTest.withoutLimit(problem.request()));
        if (outcome instanceof Returned<PlacementResult> returned) {
            strategyUnderTest.checked(problem, outcome);
            return returned.millis() + " ms";
        }
        return "ended without an answer";
    }

    String keepsItsTime(ExaminationSession session) {
        return "20 × 5: %s, 100 × 20: %s"
                .formatted(
                        millis(session, PlacementCases.federation(8, 20, 5, 0.3), BUDGET_MILLIS),
                        millis(session, PlacementCases.federation(9, 100, 20, 0.3), BUDGET_MILLIS));
    }

    /** Duration of an answer; a late one gets a second chance, since the machine may have been busy. */
    private String millis(ExaminationSession session, PlacementCase problem, long budgetMillis) {
        CallOutcome<PlacementResult> outcome = strategyUnderTest.outcome(session, problem.request(), budgetMillis);
        if (outcome instanceof Late<PlacementResult>) {
            outcome = strategyUnderTest.outcome(session, problem.request(), budgetMillis);
        }
        if (outcome instanceof Late<PlacementResult> late) {
            throw new FlawException(
                    "%s\n%d ms to decide it, twice: %s%s".formatted(problem.text(), budgetMillis, late.why(), ADVICE));
        }
        strategyUnderTest.checked(problem, outcome);
        return outcome instanceof Returned<PlacementResult> returned ? returned.millis() + " ms" : "";
    }
}
