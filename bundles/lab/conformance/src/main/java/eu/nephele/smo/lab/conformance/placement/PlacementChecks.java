// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.NotTried;
import eu.nephele.smo.lab.conformance.run.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What is asked of the answers of a placement strategy. */
public final class PlacementChecks {

    /** Generated problems to try, time permitting. */
    private static final int PROBLEMS = 160;

    private static final int LARGEST_TO_ENUMERATE = 15;

    private final Asking asking;
    private final List<String> capabilities;

    /** @param capabilities what the strategy is published with */
    public PlacementChecks(PlacementStrategy strategy, Record parameters, List<String> capabilities) {
        this.asking = new Asking(strategy, parameters);
        this.capabilities = capabilities;
    }

    /** All checks, the cheap ones first. */
    public List<NamedCheck> all() {
        Timeliness timeliness = new Timeliness(asking);
        Repetition repetition = new Repetition(asking);
        return List.of(
                new NamedCheck("solves the simplest problems", this::solvesTheSimplest),
                new NamedCheck("keeps every rule on generated problems", this::keepsEveryRule),
                new NamedCheck("claims nothing about quality that is not so", this::claimsNothingWrong),
                new NamedCheck("explains what does not fit", this::explainsWhatDoesNotFit),
                new NamedCheck("splits services when it says that it can", this::splits),
                new NamedCheck("settles ties by the next level when it says that it can", this::settlesTies),
                new NamedCheck("gives the same answer again", repetition::sameAnswerAgain),
                new NamedCheck("gives the same answer on four threads at once", repetition::sameAnswerOnFourThreads),
                new NamedCheck("stops when it is told to", timeliness::stops),
                new NamedCheck("keeps its time", timeliness::keepsItsTime),
                new NamedCheck("leaves no thread behind", repetition::leavesNoThread));
    }

    private String solvesTheSimplest(Session session) {
        for (Problem problem : Problems.simplest()) {
            PlacementResult result = asking.answer(session, problem);
            if (result instanceof Infeasible) {
                throw new Flaw("%s: there is room for every service, it answered %s".formatted(problem.text(), result));
            }
        }
        return "%d problems".formatted(Problems.simplest().size());
    }

    private String keepsEveryRule(Session session) {
        Tally tally = new Tally();
        Problems.harder().forEach(problem -> tally.add(problem, asking.answer(session, problem)));
        forGenerated(session, (problem, result) -> {
            tally.add(problem, result);
            return Optional.empty();
        });
        return tally.text();
    }

    private String claimsNothingWrong(Session session) {
        int tried = forGenerated(
                session,
                (problem, result) -> problem.size() > LARGEST_TO_ENUMERATE
                        ? Optional.empty()
                        : Judge.wrongClaim(problem.request(), result));
        return "%d problems, small ones compared with all placements there are".formatted(tried);
    }

    private String explainsWhatDoesNotFit(Session session) {
        for (Problem problem : Problems.harder()) {
            Judge.poorExplanation(problem.request(), asking.answer(session, problem))
                    .ifPresent(poor -> fail(problem, poor));
        }
        int tried = forGenerated(session, (problem, result) -> Judge.poorExplanation(problem.request(), result));
        return "%d problems".formatted(tried + Problems.harder().size());
    }

    /** Puts generated problems to the strategy as long as there is time; the smallest one with a complaint fails the check. */
    private int forGenerated(Session session, BiFunction<Problem, PlacementResult, Optional<String>> complaint) {
        Session.Slot slot = session.slot(0.1);
        List<Complaint> complaints = new ArrayList<>();
        int number = 0;
        while (number < PROBLEMS && slot.open()) {
            Problem problem = Problems.generated(number);
            number++;
            PlacementResult result =
                    asking.outcome(session, problem.request(), 100).orFlaw(problem.text());
            Judge.brokenRule(problem.request(), result)
                    .or(() -> complaint.apply(problem, result))
                    .ifPresent(text -> complaints.add(new Complaint(problem, text)));
        }
        complaints.stream()
                .min(Comparator.comparingInt(each -> each.problem().size()))
                .ifPresent(smallest -> {
                    throw new Flaw("%s: %s\n(the smallest of %d such problems)"
                            .formatted(smallest.problem().text(), smallest.text(), complaints.size()));
                });
        return number;
    }

    private record Complaint(Problem problem, String text) {}

    private String splits(Session session) {
        require(PlacementStrategy.SPLITS);
        for (Problem problem : Problems.spread()) {
            PlacementResult result = asking.answer(session, problem);
            if (result instanceof Infeasible) {
                throw new Flaw("%s: it says %s=splits, there is room, it answered %s"
                        .formatted(problem.text(), PlacementStrategy.CAPABILITIES, result));
            }
        }
        return "%d problems".formatted(Problems.spread().size());
    }

    private String settlesTies(Session session) {
        require(PlacementStrategy.LEVELS);
        expectCluster(
                session,
                "level 0: c0 costs 1, c1 costs 1; level 1: c0 costs 2, c1 costs 1",
                Problems.twoLevels(1, 2),
                "c1");
        expectCluster(
                session,
                "level 0: c0 costs 0, c1 costs 1; level 1: c0 costs 2, c1 costs 1",
                Problems.twoLevels(0, 2),
                "c0");
        return "2 problems";
    }

    private void expectCluster(Session session, String what, PlacementRequest request, String cluster) {
        Problem problem = new Problem("one service, two clusters; " + what, request);
        PlacementResult result = asking.answer(session, problem);
        boolean there = result instanceof Placed placed
                && placed.placement().clusters().stream()
                        .anyMatch(id -> id.name().equals(cluster));
        if (!there) {
            fail(problem, "expected a→%s, it answered %s".formatted(cluster, Judge.text(result)));
        }
    }

    private void require(String capability) {
        if (!capabilities.contains(capability)) {
            throw new NotTried("it is not published with %s=%s".formatted(PlacementStrategy.CAPABILITIES, capability));
        }
    }

    private static void fail(Problem problem, String why) {
        throw new Flaw("%s: %s".formatted(problem.text(), why));
    }

    /** Counts answers, and refusals of what has a solution: those are legal, but worth knowing. */
    private static final class Tally {

        private final List<Problem> placed = new ArrayList<>();
        private final List<Problem> refused = new ArrayList<>();

        void add(Problem problem, PlacementResult result) {
            (result instanceof Placed ? placed : refused).add(problem);
        }

        String text() {
            List<Problem> missed = refused.stream().filter(Tally::hasSolution).toList();
            String note = Stream.of(missed)
                    .filter(list -> !list.isEmpty())
                    .map(list -> "; of these %d have a solution, the first is %s"
                            .formatted(list.size(), list.get(0).origin()))
                    .findFirst()
                    .orElse("");
            return "%d problems placed, %d refused%s".formatted(placed.size(), refused.size(), note);
        }

        private static boolean hasSolution(Problem problem) {
            return problem.size() > LARGEST_TO_ENUMERATE
                    ? problem.origin().contains("federation")
                    : Enumeration.best(problem.request()).isPresent();
        }
    }
}
