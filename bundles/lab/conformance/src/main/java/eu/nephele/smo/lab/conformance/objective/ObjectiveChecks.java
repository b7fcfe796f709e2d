// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.objective;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.Outcome;
import eu.nephele.smo.lab.conformance.run.Outcome.Answered;
import eu.nephele.smo.lab.conformance.run.Outcome.Late;
import eu.nephele.smo.lab.conformance.run.Repeated;
import eu.nephele.smo.lab.conformance.run.Session;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** What is asked of a placement objective. */
public final class ObjectiveChecks {

    private static final int PROBLEMS = 120;
    private static final long LIMIT_MILLIS = 1000;

    private final PlacementObjective objective;

    public ObjectiveChecks(PlacementObjective objective) {
        this.objective = objective;
    }

    /** A problem without costs, and how it can be made again. */
    private record Question(String origin, PlacementRequest request) {}

    /** All checks, the cheap ones first. */
    public List<NamedCheck> all() {
        return List.of(
                new NamedCheck("prices every problem", this::pricesEverything),
                new NamedCheck("a cluster is not away from itself", this::nothingIsAwayFromItself),
                new NamedCheck(
                        "gives the same costs again", session -> repeated().oneAfterTheOther(session, some())),
                new NamedCheck("gives the same costs on four threads at once", session -> repeated()
                        .together(session, some())),
                new NamedCheck("keeps its time", this::keepsItsTime),
                new NamedCheck(
                        "leaves no thread behind",
                        session -> ThreadCount.of(session, () -> table(session, federation(2)))));
    }

    private static List<Question> some() {
        return IntStream.range(0, 4).mapToObj(ObjectiveChecks::federation).toList();
    }

    private static Question federation(int number) {
        int services = 1 + number % 9;
        int clusters = 1 + number % 6;
        return new Question(
                "%d services on %d clusters, some without signals, energy profile, latency or present place (number %d)"
                        .formatted(services, clusters, number),
                Federations.of(number, services, clusters));
    }

    private static Question generated(int number) {
        return number % 2 == 0
                ? federation(number)
                : new Question(
                        "RandomProblems.small(%d)".formatted(number),
                        RandomProblems.small(number).withCosts(List.of()));
    }

    private CheckedTable table(Session session, Question question) {
        return session.examine(LIMIT_MILLIS, question.origin(), pricing(question));
    }

    private Callable<CheckedTable> pricing(Question question) {
        return () -> {
            CheckedTable table = new CheckedTable(
                    question.request().services().size(),
                    question.request().clusters().size());
            try {
                objective.price(question.request(), table);
                table.check();
            } catch (Flaw flaw) {
                throw new Flaw("%s: %s".formatted(question.origin(), flaw.getMessage()));
            }
            return table;
        };
    }

    private String pricesEverything(Session session) {
        Session.Slot slot = session.slot(0.2);
        int tried = 0;
        int free = 0;
        while (tried < PROBLEMS && slot.open()) {
            free += table(session, generated(tried)).isEmpty() ? 1 : 0;
            tried++;
        }
        return "%d problems%s".formatted(tried, free > 0 ? ", %d of them for nothing".formatted(free) : "");
    }

    private String nothingIsAwayFromItself(Session session) {
        for (Question question : some()) {
            int cluster = table(session, question).awayFromItself();
            if (cluster >= 0) {
                throw new Flaw("%s: distance(%d, %d) is not 0; traffic within a cluster costs nothing"
                        .formatted(question.origin(), cluster, cluster));
            }
        }
        return "%d problems".formatted(some().size());
    }

    private Repeated<Question, CheckedTable> repeated() {
        return new Repeated<>(
                Question::origin,
                this::table,
                (question, first) -> used -> pricing(question).call());
    }

    private String keepsItsTime(Session session) {
        Question large = new Question("100 services on 50 clusters", Federations.of(9, 100, 50));
        Outcome<CheckedTable> outcome = session.call(LIMIT_MILLIS, pricing(large));
        if (outcome instanceof Late<CheckedTable>) {
            outcome = session.call(LIMIT_MILLIS, pricing(large));
        }
        outcome.orFlaw(large.origin());
        return "%s: %s"
                .formatted(
                        large.origin(),
                        outcome instanceof Answered<CheckedTable> answered ? answered.millis() + " ms" : "");
    }
}
