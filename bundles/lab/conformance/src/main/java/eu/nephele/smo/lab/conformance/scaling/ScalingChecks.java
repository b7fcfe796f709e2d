// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.Outcome;
import eu.nephele.smo.lab.conformance.run.Outcome.Answered;
import eu.nephele.smo.lab.conformance.run.Outcome.Late;
import eu.nephele.smo.lab.conformance.run.Repeated;
import eu.nephele.smo.lab.conformance.run.Session;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import eu.nephele.smo.lab.conformance.run.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** What is asked of a scaling strategy. */
public final class ScalingChecks {

    private static final int BATCHES = 120;
    private static final long BUDGET_MILLIS = 100;
    private static final long GRACE_MILLIS = 700;
    private static final int MANY = 1000;
    private static final long MANY_MILLIS = 1000;

    private final ScalingStrategy strategy;
    private final Record parameters;
    private final Batches batches;
    private final boolean history;
    private boolean breaksRules;

    /** @param capabilities what the strategy is published with */
    public ScalingChecks(ScalingStrategy strategy, Record parameters, List<String> capabilities) {
        this.strategy = strategy;
        this.parameters = parameters;
        this.history = capabilities.contains(ScalingStrategy.HISTORY);
        this.batches = new Batches(history);
    }

    /** All checks, the cheap ones first. */
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

    private Timed<ScalingResult> asking(ScalingRequest request, long budgetMillis) {
        return used ->
                strategy.scale(request, SimpleContext.within(used, budgetMillis).withParameters(parameters));
    }

    private ScalingResult answer(Session session, Batch batch) {
        ScalingResult result = session.callTimed(BUDGET_MILLIS + GRACE_MILLIS, asking(batch.request(), BUDGET_MILLIS))
                .orFlaw(batch.text());
        rules(batch, result);
        return result;
    }

    /** That rules are broken is said once: other checks are about other things. Without an answer for each target they make no sense. */
    private void rules(Batch batch, ScalingResult result) {
        complain(batch, ScalingJudge.noAnswer(batch.request(), result));
        if (!breaksRules) {
            Optional<String> broken = ScalingJudge.brokenRule(batch.request(), result);
            breaksRules = broken.isPresent();
            complain(batch, broken);
        }
    }

    private static void complain(Batch batch, Optional<String> complaint) {
        complaint.ifPresent(text -> {
            throw new Flaw("%s\n%s".formatted(batch.text(), text));
        });
    }

    private String answersInOrder(Session session) {
        answer(session, batches.inOrder());
        return "12 targets";
    }

    private String keepsTheRules(Session session) {
        return judged(session, (request, result) -> Optional.empty());
    }

    private String saysWhy(Session session) {
        return judged(session, ScalingJudge::poorExplanation);
    }

    private String judged(Session session, BiFunction<ScalingRequest, ScalingResult, Optional<String>> complaint) {
        List<Batch> tried = new ArrayList<>(batches.edges());
        Session.Slot slot = session.slot(0.1);
        for (int i = 0; i < tried.size(); i++) {
            Batch batch = tried.get(i);
            complain(batch, complaint.apply(batch.request(), answer(session, batch)));
            if (slot.open() && tried.size() < BATCHES) {
                tried.add(batches.generated(tried.size()));
            }
        }
        return "%d batches%s".formatted(tried.size(), history ? ", with and without a past" : "");
    }

    /** A strategy may ignore demand altogether; one that follows it must not follow where there is none. */
    private String knowsMissingData(Session session) {
        Batch blind = batches.single("no data", OptionalDouble.empty());
        Answer withoutData = answer(session, blind).answers().get(0);
        int idle = replicas(session, OptionalDouble.of(0));
        int busy = replicas(session, OptionalDouble.of(95));
        ScalingTarget target = blind.request().targets().get(0);
        int kept = ScalingJudge.replicasAfter(target, withoutData);
        if (idle != busy && kept == idle && kept < target.replicas()) {
            throw new Flaw(
                    "%s\nit answered %s, as without demand; a measurement that fails would scale everything in. Answer Keep when demandPerSecond is empty."
                            .formatted(blind.text(), withoutData));
        }
        return withoutData instanceof Keep ? "it keeps the replicas" : "it answers " + withoutData;
    }

    private int replicas(Session session, OptionalDouble demandPerSecond) {
        Batch batch = batches.single("demand " + demandPerSecond, demandPerSecond);
        return ScalingJudge.replicasAfter(
                batch.request().targets().get(0),
                answer(session, batch).answers().get(0));
    }

    private List<Batch> forRepetition() {
        return IntStream.of(11, 23, 31, 47).mapToObj(batches::generated).toList();
    }

    private Repeated<Batch, ScalingResult> repeated() {
        return new Repeated<>(
                Batch::text,
                (session, batch) -> answer(session, batch),
                (batch, first) -> asking(batch.request(), 1000));
    }

    private String sameAnswerAgain(Session session) {
        return repeated().oneAfterTheOther(session, forRepetition());
    }

    private String sameAnswerOnFourThreads(Session session) {
        return repeated().together(session, forRepetition());
    }

    private String stops(Session session) {
        Batch batch = batches.generated(5, MANY, 20, 0.3);
        String atOnce = inTime(session, batch, 0, GRACE_MILLIS);
        Outcome<ScalingResult> interrupted = session.callAndInterrupt(
                5,
                () -> strategy.scale(batch.request(), SimpleContext.unlimited().withParameters(parameters)));
        return "no time at all: %s, interrupted after 5 ms: %s"
                .formatted(
                        atOnce,
                        interrupted instanceof Answered<ScalingResult> answered
                                ? answered.millis() + " ms"
                                : "ended without an answer");
    }

    private String decidesMany(Session session) {
        return inTime(session, batches.generated(6, MANY, 20, 0.3), MANY_MILLIS, MANY_MILLIS + GRACE_MILLIS);
    }

    /** How long an answer takes; one that is late gets a second chance, the machine may have been busy. */
    private String inTime(Session session, Batch batch, long budgetMillis, long limitMillis) {
        Outcome<ScalingResult> outcome = session.callTimed(limitMillis, asking(batch.request(), budgetMillis));
        if (outcome instanceof Late<ScalingResult>) {
            outcome = session.callTimed(limitMillis, asking(batch.request(), budgetMillis));
        }
        ScalingResult result = outcome.orFlaw("%s, %d ms to decide it".formatted(batch.text(), budgetMillis));
        rules(batch, result);
        return outcome instanceof Answered<ScalingResult> answered ? answered.millis() + " ms" : "";
    }

    private String leavesNoThread(Session session) {
        Batch batch = batches.generated(11);
        return ThreadCount.of(session, () -> answer(session, batch));
    }
}
