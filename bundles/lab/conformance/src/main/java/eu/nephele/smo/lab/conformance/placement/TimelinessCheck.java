// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.Outcome;
import eu.nephele.smo.lab.conformance.run.Outcome.Answered;
import eu.nephele.smo.lab.conformance.run.Outcome.Late;
import eu.nephele.smo.lab.conformance.run.Session;
import java.util.ArrayList;
import java.util.List;

/** Whether a placement strategy answers in time, and soon after it is told to stop. */
final class Timeliness {

    private static final long BUDGET_MILLIS = 1000;
    private static final String ADVICE =
            "\nAsk context.shouldStop() in every loop that may be long, and answer with the best you have.";

    private final Asking asking;

    Timeliness(Asking asking) {
        this.asking = asking;
    }

    String stops(Session session) {
        List<String> notes = new ArrayList<>();
        notes.add("no time at all: " + millis(session, Problems.federation(5, 100, 20, 0.3), 0));
        notes.add("50 ms for 300 × 30: " + millis(session, Problems.federation(6, 300, 30, 0.3), 50));
        notes.add("interrupted after 30 ms: " + interrupted(session, Problems.federation(7, 300, 30, 0.3)));
        return String.join(", ", notes);
    }

    private String interrupted(Session session, Problem problem) {
        Outcome<PlacementResult> outcome = session.callAndInterrupt(30, asking.withoutLimit(problem.request()));
        if (outcome instanceof Answered<PlacementResult> answered) {
            asking.checked(problem, outcome);
            return answered.millis() + " ms";
        }
        return "ended without an answer";
    }

    String keepsItsTime(Session session) {
        return "20 × 5: %s, 100 × 20: %s"
                .formatted(
                        millis(session, Problems.federation(8, 20, 5, 0.3), BUDGET_MILLIS),
                        millis(session, Problems.federation(9, 100, 20, 0.3), BUDGET_MILLIS));
    }

    /** How long an answer takes; one that is late gets a second chance, the machine may have been busy. */
    private String millis(Session session, Problem problem, long budgetMillis) {
        Outcome<PlacementResult> outcome = asking.outcome(session, problem.request(), budgetMillis);
        if (outcome instanceof Late<PlacementResult>) {
            outcome = asking.outcome(session, problem.request(), budgetMillis);
        }
        if (outcome instanceof Late<PlacementResult> late) {
            throw new Flaw(
                    "%s\n%d ms to decide it, twice: %s%s".formatted(problem.text(), budgetMillis, late.why(), ADVICE));
        }
        asking.checked(problem, outcome);
        return outcome instanceof Answered<PlacementResult> answered ? answered.millis() + " ms" : "";
    }
}
