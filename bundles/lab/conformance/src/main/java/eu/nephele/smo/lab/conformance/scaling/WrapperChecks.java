// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.run.CallOutcome;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Late;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Returned;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.RepeatedCalls;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import eu.nephele.smo.lab.conformance.run.TimedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Checks of a scaling strategy that builds on another one: what it prepares for that. */
public final class WrapperChecks {

    private static final int BATCHES = 120;
    private static final long BUDGET_MILLIS = 100;
    private static final long GRACE_MILLIS = 700;
    private static final int MANY = 1000;

    private final ScalingWrapper wrapper;
    private final Record parameters;
    private final ScalingCases cases = new ScalingCases(true);

    public WrapperChecks(ScalingWrapper wrapper, Record parameters) {
        this.wrapper = wrapper;
        this.parameters = parameters;
    }

    public List<NamedCheck> all() {
        return List.of(
                new NamedCheck("prepares every target, in order", this::preparesInOrder),
                new NamedCheck("changes demand, and bounds to narrower ones, and nothing else", this::keepsTheRules),
                new NamedCheck("prepares the same again", this::sameAgain),
                new NamedCheck("prepares the same on four threads at once", this::sameOnFourThreads),
                new NamedCheck("stops preparing when it is told to", this::stops),
                new NamedCheck("leaves no thread behind after preparing", this::leavesNoThread));
    }

    private TimedCall<Prepared> asking(ScalingRequest request, long budgetMillis) {
        return used -> wrapper.prepare(
                request, SimpleContext.within(used, budgetMillis).withParameters(parameters));
    }

    private Prepared answer(ExaminationSession session, ScalingCase scalingCase) {
        Prepared prepared = session.callTimed(
                        BUDGET_MILLIS + GRACE_MILLIS, asking(scalingCase.request(), BUDGET_MILLIS))
                .orFlaw(scalingCase.text());
        complain(scalingCase, prepared);
        return prepared;
    }

    private static void complain(ScalingCase scalingCase, Prepared prepared) {
        Optional<String> flaw = PreparationJudge.flaw(scalingCase.request(), prepared);
        if (flaw.isPresent()) {
            throw new FlawException("%s\n%s".formatted(scalingCase.text(), flaw.get()));
        }
    }

    private String preparesInOrder(ExaminationSession session) {
        answer(session, cases.inOrder());
        answer(session, ForecastLoads.added(cases.inOrder()));
        return "12 targets, with and without forecasts";
    }

    private String keepsTheRules(ExaminationSession session) {
        List<ScalingCase> tried = new ArrayList<>(cases.edges());
        cases.edges().forEach(edge -> tried.add(ForecastLoads.added(edge)));
        ExaminationSession.TimeSlot slot = session.slot(0.1);
        for (int i = 0; i < tried.size(); i++) {
            answer(session, tried.get(i));
            if (slot.open() && tried.size() < BATCHES) {
                tried.add(ForecastLoads.added(cases.generated(tried.size())));
            }
        }
        return "%d batches, with and without forecasts".formatted(tried.size());
    }

    private List<ScalingCase> forRepetition() {
        return IntStream.of(11, 23, 31, 47)
                .mapToObj(cases::generated)
                .map(ForecastLoads::added)
                .toList();
    }

    private RepeatedCalls<ScalingCase, List<String>> repeated() {
        return new RepeatedCalls<>(
                ScalingCase::text,
                (session, scalingCase) -> PreparationJudge.comparable(answer(session, scalingCase)),
                (scalingCase, first) -> used -> PreparationJudge.comparable(
                        asking(scalingCase.request(), 1000).call(used)));
    }

    private String sameAgain(ExaminationSession session) {
        return repeated().oneAfterTheOther(session, forRepetition());
    }

    private String sameOnFourThreads(ExaminationSession session) {
        return repeated().together(session, forRepetition());
    }

    private String stops(ExaminationSession session) {
        ScalingCase many = ForecastLoads.added(cases.generated(5, MANY, 20, 0.3));
        CallOutcome<Prepared> outcome = session.callTimed(GRACE_MILLIS, asking(many.request(), 0));
        if (outcome instanceof Late<Prepared>) {
            outcome = session.callTimed(GRACE_MILLIS, asking(many.request(), 0));
        }
        complain(many, outcome.orFlaw("%s, no time to prepare it".formatted(many.text())));
        return outcome instanceof Returned<Prepared> returned ? returned.millis() + " ms" : "";
    }

    private String leavesNoThread(ExaminationSession session) {
        ScalingCase scalingCase = ForecastLoads.added(cases.generated(11));
        return ThreadCount.measure(session, () -> answer(session, scalingCase));
    }
}
