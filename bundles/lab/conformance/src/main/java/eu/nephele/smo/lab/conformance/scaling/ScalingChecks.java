// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
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
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Checks of a scaling strategy. */
public final class ScalingChecks {

    private static final int BATCHES = 120;
    private static final long BUDGET_MILLIS = 100;
    private static final long GRACE_MILLIS = 700;
    private static final int MANY = 1000;
    private static final long MANY_MILLIS = 1000;

    private final ScalingStrategy strategy;
    private final Record parameters;
    private final ScalingCases scalingCases;
    private final boolean history;
    private boolean breaksRules;

    public ScalingChecks(ScalingStrategy strategy, Record parameters, List<String> capabilities) {
        this.strategy = strategy;
        this.parameters = parameters;
        this.history = capabilities.contains(ScalingStrategy.HISTORY);
        this.scalingCases = new ScalingCases(history);
    }

    public List<NamedCheck> all() {
        return List.of(
                new NamedCheck("answers every target, in order", this::answersInOrder),
                new NamedCheck("keeps bounds and capacities", this::keepsTheRules),
                new NamedCheck("says why", this::saysWhy),
                new NamedCheck("does not take missing data for no demand", this::knowsMissingData),
                new NamedCheck("gives the same answer again", this::sameAnswerAgain),
                new NamedCheck("gives the same answer on four threads at once", this::sameAnswerOnFourThreads),
                new NamedCheck("stops when it is told to", this::stops),
                new NamedCheck("decides 1000 targets in time", this::decidesMany),
                new NamedCheck("leaves no thread behind", this::leavesNoThread));
    }

    private TimedCall<ScalingResult> asking(ScalingRequest request, long budgetMillis) {
        return used ->
                strategy.scale(request, SimpleContext.within(used, budgetMillis).withParameters(parameters));
    }

    private ScalingResult answer(ExaminationSession session, ScalingCase scalingCase) {
        ScalingResult result = session.callTimed(
                        BUDGET_MILLIS + GRACE_MILLIS, asking(scalingCase.request(), BUDGET_MILLIS))
                .orFlaw(scalingCase.text());
        rules(scalingCase, result);
        return result;
    }

    /** Only one check reports broken rules. Without an answer for each target other checks are not possible. */
    private void rules(ScalingCase scalingCase, ScalingResult result) {
        complain(scalingCase, ScalingJudge.noAnswer(scalingCase.request(), result));
        if (!breaksRules) {
            Optional<String> broken = ScalingJudge.brokenRule(scalingCase.request(), result);
            breaksRules = broken.isPresent();
            complain(scalingCase, broken);
        }
    }

    private static void complain(ScalingCase scalingCase, Optional<String> complaint) {
        complaint.ifPresent(text -> {
            throw new FlawException("%s\n%s".formatted(scalingCase.text(), text));
        });
    }

    private String answersInOrder(ExaminationSession session) {
        answer(session, scalingCases.inOrder());
        return "12 targets";
    }

    private String keepsTheRules(ExaminationSession session) {
        return judged(session, (request, result) -> Optional.empty());
    }

    private String saysWhy(ExaminationSession session) {
        return judged(session, ScalingJudge::poorExplanation);
    }

    private String judged(
            ExaminationSession session, BiFunction<ScalingRequest, ScalingResult, Optional<String>> complaint) {
        List<ScalingCase> tried = new ArrayList<>(scalingCases.edges());
        ExaminationSession.TimeSlot slot = session.slot(0.1);
        for (int i = 0; i < tried.size(); i++) {
            ScalingCase scalingCase = tried.get(i);
            complain(scalingCase, complaint.apply(scalingCase.request(), answer(session, scalingCase)));
            if (slot.open() && tried.size() < BATCHES) {
                tried.add(scalingCases.generated(tried.size()));
            }
        }
        return "%d batches%s".formatted(tried.size(), history ? ", with and without a past" : "");
    }

    /** A strategy may ignore demand altogether; one that follows it must not follow where there is none. */
    private String knowsMissingData(ExaminationSession session) {
        ScalingCase blind = scalingCases.single("no data", OptionalDouble.empty());
        Answer withoutData = answer(session, blind).answers().get(0);
        int idle = replicas(session, OptionalDouble.of(0));
        int busy = replicas(session, OptionalDouble.of(95));
        ScalingTarget target = blind.request().targets().get(0);
        int kept = ScalingJudge.replicasAfter(target, withoutData);
        if (idle != busy && kept == idle && kept < target.replicas()) {
            throw new FlawException(
                    "%s\nit answered %s, as without demand; a measurement that fails would scale everything in. Answer Keep when demandPerSecond is empty."
                            .formatted(blind.text(), withoutData));
        }
        return withoutData instanceof Keep ? "it keeps the replicas" : "it answers " + withoutData;
    }

    private int replicas(ExaminationSession session, OptionalDouble demandPerSecond) {
        ScalingCase scalingCase = scalingCases.single("demand " + demandPerSecond, demandPerSecond);
        return ScalingJudge.replicasAfter(
                scalingCase.request().targets().get(0),
                answer(session, scalingCase).answers().get(0));
    }

    private List<ScalingCase> forRepetition() {
        return IntStream.of(11, 23, 31, 47).mapToObj(scalingCases::generated).toList();
    }

    private RepeatedCalls<ScalingCase, ScalingResult> repeated() {
        return new RepeatedCalls<>(
                ScalingCase::text,
                (session, scalingCase) -> answer(session, scalingCase),
                (scalingCase, first) -> asking(scalingCase.request(), 1000));
    }

    private String sameAnswerAgain(ExaminationSession session) {
        return repeated().oneAfterTheOther(session, forRepetition());
    }

    private String sameAnswerOnFourThreads(ExaminationSession session) {
        return repeated().together(session, forRepetition());
    }

    private String stops(ExaminationSession session) {
        ScalingCase scalingCase = scalingCases.generated(5, MANY, 20, 0.3);
        String atOnce = inTime(session, scalingCase, 0, GRACE_MILLIS);
        CallOutcome<ScalingResult> interrupted = session.callAndInterrupt(
                5,
                () -> strategy.scale(
                        scalingCase.request(), SimpleContext.unlimited().withParameters(parameters)));
        return "no time at all: %s, interrupted after 5 ms: %s"
                .formatted(
                        atOnce,
                        interrupted instanceof Returned<ScalingResult> returned
                                ? returned.millis() + " ms"
                                : "ended without an answer");
    }

    private String decidesMany(ExaminationSession session) {
        return inTime(session, scalingCases.generated(6, MANY, 20, 0.3), MANY_MILLIS, MANY_MILLIS + GRACE_MILLIS);
    }

    /** Duration of an answer; a late one gets a second chance, since the machine may have been busy. */
    private String inTime(ExaminationSession session, ScalingCase scalingCase, long budgetMillis, long limitMillis) {
        CallOutcome<ScalingResult> outcome =
                session.callTimed(limitMillis, asking(scalingCase.request(), budgetMillis));
        if (outcome instanceof Late<ScalingResult>) {
            outcome = session.callTimed(limitMillis, asking(scalingCase.request(), budgetMillis));
        }
        ScalingResult result = outcome.orFlaw("%s, %d ms to decide it".formatted(scalingCase.text(), budgetMillis));
        rules(scalingCase, result);
        return outcome instanceof Returned<ScalingResult> returned ? returned.millis() + " ms" : "";
    }

    private String leavesNoThread(ExaminationSession session) {
        ScalingCase scalingCase = scalingCases.generated(11);
        return ThreadCount.measure(session, () -> answer(session, scalingCase));
    }
}
