// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.run.CallOutcome;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.TimedCall;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** Asks one strategy to decide problems, always with the same parameters. */
final class StrategyUnderTest {

    /** Milliseconds beyond its budget after which a strategy counts as late. */
    static final long GRACE_MILLIS = 700;

    private static final long BUDGET_MILLIS = 100;

    private final PlacementStrategy strategy;
    private final Record parameters;
    private boolean breaksRules;

    StrategyUnderTest(PlacementStrategy strategy, Record parameters) {
        this.strategy = strategy;
        this.parameters = parameters;
    }

    /** A call without a time limit, until it is interrupted. */
    Callable<PlacementResult> withoutLimit(PlacementRequest request) {
        return () -> strategy.place(request, SimpleContext.unlimited().withParameters(parameters));
    }

    private SimpleContext within(UsedTime used, long millis) {
        return SimpleContext.within(used, millis).withParameters(parameters);
    }

    CallOutcome<PlacementResult> outcome(ExaminationSession session, PlacementRequest request, long budgetMillis) {
        return session.callTimed(
                budgetMillis + GRACE_MILLIS, used -> strategy.place(request, within(used, budgetMillis)));
    }

    /** The answer to a problem; a strategy must answer every problem and keep the rules. */
    PlacementResult answer(ExaminationSession session, PlacementCase problem) {
        return checked(problem, outcome(session, problem.request(), BUDGET_MILLIS));
    }

    /** Judges the answer. Only one check reports broken rules; other checks are about other properties. */
    PlacementResult checked(PlacementCase problem, CallOutcome<PlacementResult> outcome) {
        PlacementResult result = outcome.orFlaw(problem.text());
        Optional<String> complaint = PlacementJudge.noAnswer(problem.request(), result);
        if (complaint.isEmpty() && !breaksRules) {
            complaint = PlacementJudge.brokenRule(problem.request(), result);
            breaksRules = complaint.isPresent();
        }
        complaint.ifPresent(text -> {
            throw new FlawException("%s\n%s".formatted(problem.text(), text));
        });
        return result;
    }

    void breaksRules() {
        breaksRules = true;
    }

    /**
     * A call that must give the same answer as an earlier one: like a replay, with the work that the earlier one did
     * instead of the clock.
     */
    TimedCall<PlacementResult> ask(PlacementRequest request, PlacementResult earlier) {
        return used -> strategy.place(request, contextOfReplay(earlier, used));
    }

    private DecisionContext contextOfReplay(PlacementResult earlier, UsedTime used) {
        OptionalLong work = earlier instanceof Placed placed ? placed.quality().workUnits() : OptionalLong.empty();
        SimpleContext context = within(used, BUDGET_MILLIS);
        return work.isPresent() ? context.withWorkBudget(work.getAsLong()) : context;
    }

    /** Stopped by the clock without the work done: such a decision cannot be repeated. */
    static boolean cannotBeReplayed(PlacementResult result) {
        return result instanceof Placed placed
                && placed.quality().stop() == StopReason.BUDGET
                && placed.quality().workUnits().isEmpty();
    }
}
