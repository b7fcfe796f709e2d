// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.objective;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.run.CallOutcome;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Late;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Returned;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.RepeatedCalls;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Checks of a placement objective. */
public final class ObjectiveChecks {

    private static final int PROBLEMS = 120;
    private static final long LIMIT_MILLIS = 1000;

    private final PlacementObjective objective;

    public ObjectiveChecks(PlacementObjective objective) {
        this.objective = objective;
    }

    /** A problem without costs, and a description that reproduces it. */
    private record ObjectiveCase(String origin, PlacementRequest request) {}

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
                        session -> ThreadCount.measure(session, () -> table(session, federation(2)))));
    }

    private static List<ObjectiveCase> some() {
        return IntStream.range(0, 4).mapToObj(ObjectiveChecks::federation).toList();
    }

    private static ObjectiveCase federation(int number) {
        int services = 1 + number % 9;
        int clusters = 1 + number % 6;
        return new ObjectiveCase(
                "%d services on %d clusters, some without signals, energy profile, latency or present place (number %d)"
                        .formatted(services, clusters, number),
                ObjectiveCases.generate(number, services, clusters));
    }

    private static ObjectiveCase generated(int number) {
        return number % 2 == 0
                ? federation(number)
                : new ObjectiveCase(
                        "RandomProblems.small(%d)".formatted(number),
                        RandomProblems.small(number).withCosts(List.of()));
    }

    private CheckedTable table(ExaminationSession session, ObjectiveCase objectiveCase) {
        return session.examine(LIMIT_MILLIS, objectiveCase.origin(), pricing(objectiveCase));
    }

    private Callable<CheckedTable> pricing(ObjectiveCase objectiveCase) {
        return () -> {
            CheckedTable table = new CheckedTable(
                    objectiveCase.request().services().size(),
                    objectiveCase.request().clusters().size());
            try {
                objective.price(objectiveCase.request(), table);
                table.check();
            } catch (FlawException flaw) {
                throw new FlawException("%s: %s".formatted(objectiveCase.origin(), flaw.getMessage()));
            }
            return table;
        };
    }

    private String pricesEverything(ExaminationSession session) {
        ExaminationSession.TimeSlot slot = session.slot(0.2);
        int tried = 0;
        int free = 0;
        while (tried < PROBLEMS && slot.open()) {
            free += table(session, generated(tried)).isEmpty() ? 1 : 0;
            tried++;
        }
        return "%d problems%s".formatted(tried, free > 0 ? ", %d of them for nothing".formatted(free) : "");
    }

    private String nothingIsAwayFromItself(ExaminationSession session) {
        for (ObjectiveCase objectiveCase : some()) {
            int cluster = table(session, objectiveCase).awayFromItself();
            if (cluster >= 0) {
                throw new FlawException("%s: distance(%d, %d) is not 0; traffic within a cluster costs nothing"
                        .formatted(objectiveCase.origin(), cluster, cluster));
            }
        }
        return "%d problems".formatted(some().size());
    }

    private RepeatedCalls<ObjectiveCase, CheckedTable> repeated() {
        return new RepeatedCalls<>(
                ObjectiveCase::origin,
                this::table,
                (objectiveCase, first) -> used -> pricing(objectiveCase).call());
    }

    private String keepsItsTime(ExaminationSession session) {
        ObjectiveCase large = new ObjectiveCase("100 services on 50 clusters", ObjectiveCases.generate(9, 100, 50));
        CallOutcome<CheckedTable> outcome = session.call(LIMIT_MILLIS, pricing(large));
        if (outcome instanceof Late<CheckedTable>) {
            outcome = session.call(LIMIT_MILLIS, pricing(large));
        }
        outcome.orFlaw(large.origin());
        return "%s: %s"
                .formatted(
                        large.origin(),
                        outcome instanceof Returned<CheckedTable> returned ? returned.millis() + " ms" : "");
    }
}
