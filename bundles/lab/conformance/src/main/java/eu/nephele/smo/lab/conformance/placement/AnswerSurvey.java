// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The answers of one strategy to many generated problems; several checks look at the same answers. */
final class Survey {

    private static final int PROBLEMS = 160;
    private static final double SHARE_OF_TIME = 0.25;
    private static final long BUDGET_MILLIS = 100;
    private static final int LARGEST_TO_ENUMERATE = 15;

    private record Answer(Problem problem, PlacementResult result) {}

    private record Complaint(Problem problem, String text) {}

    private final List<Answer> answers = new ArrayList<>();

    /** Asks as much as there is time for. */
    void take(Session session, Asking asking) {
        Problems.harder().forEach(problem -> ask(session, asking, problem));
        Session.Slot slot = session.slot(SHARE_OF_TIME);
        for (int number = 0; number < PROBLEMS && slot.open(); number++) {
            ask(session, asking, Problems.generated(number));
        }
    }

    private void ask(Session session, Asking asking, Problem problem) {
        PlacementResult result =
                asking.outcome(session, problem.request(), BUDGET_MILLIS).orFlaw(problem.text());
        Judge.noAnswer(problem.request(), result).ifPresent(text -> {
            throw new Flaw("%s\n%s".formatted(problem.text(), text));
        });
        answers.add(new Answer(problem, result));
    }

    /**
     * Looks at all answers.
     *
     * @throws Flaw for the smallest problem with a complaint
     */
    void judge(BiFunction<PlacementRequest, PlacementResult, Optional<String>> complaint) {
        List<Complaint> complaints = answers.stream()
                .flatMap(answer -> complaint.apply(answer.problem().request(), answer.result()).stream()
                        .map(text -> new Complaint(answer.problem(), text)))
                .toList();
        complaints.stream()
                .min(Comparator.comparingInt(each -> each.problem().size()))
                .ifPresent(smallest -> {
                    throw new Flaw("%s\n%s%s"
                            .formatted(
                                    smallest.problem().text(),
                                    smallest.text(),
                                    complaints.size() == 1
                                            ? ""
                                            : "\n(the smallest of %d such problems)".formatted(complaints.size())));
                });
    }

    int size() {
        return answers.size();
    }

    /** How many were placed and refused; refusals of what has a solution are legal, but worth knowing. */
    String text() {
        List<Problem> refused = answers.stream()
                .filter(answer -> answer.result() instanceof Infeasible)
                .map(Answer::problem)
                .toList();
        List<Problem> missed = refused.stream().filter(Survey::hasSolution).toList();
        String note = missed.isEmpty()
                ? ""
                : "; %d of these have a solution, the first is %s"
                        .formatted(missed.size(), missed.get(0).origin());
        return "%d problems placed, %d refused%s".formatted(answers.size() - refused.size(), refused.size(), note);
    }

    private static boolean hasSolution(Problem problem) {
        return problem.size() > LARGEST_TO_ENUMERATE
                ? problem.feasible()
                : Enumeration.best(problem.request()).isPresent();
    }

    /** Claims about quality are compared with all placements there are where that takes no time. */
    static Optional<String> wrongClaim(PlacementRequest request, PlacementResult result) {
        boolean small = request.services().size() * request.clusters().size() <= LARGEST_TO_ENUMERATE;
        return result instanceof Placed && small ? Judge.wrongClaim(request, result) : Optional.empty();
    }
}
