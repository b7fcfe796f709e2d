// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

final class AnswerSurvey {

    private static final int PROBLEMS = 160;
    private static final double SHARE_OF_TIME = 0.25;
    private static final long BUDGET_MILLIS = 100;
    private static final int LARGEST_TO_ENUMERATE = 15;

    private record SurveyedAnswer(PlacementCase problem, PlacementResult result) {}

    private record Complaint(PlacementCase problem, String text) {}

    private final List<SurveyedAnswer> answers = new ArrayList<>();

    /** Asks as many problems as the time allows. */
    void take(ExaminationSession session, StrategyUnderTest strategyUnderTest) {
        PlacementCases.harder().forEach(problem -> ask(session, strategyUnderTest, problem));
        ExaminationSession.TimeSlot slot = session.slot(SHARE_OF_TIME);
        for (int number = 0; number < PROBLEMS && slot.open(); number++) {
            ask(session, strategyUnderTest, PlacementCases.generated(number));
        }
    }

    private void ask(ExaminationSession session, StrategyUnderTest strategyUnderTest, PlacementCase problem) {
        PlacementResult result = strategyUnderTest
                .outcome(session, problem.request(), BUDGET_MILLIS)
                .orFlaw(problem.text());
        PlacementJudge.noAnswer(problem.request(), result).ifPresent(text -> {
            throw new FlawException("%s\n%s".formatted(problem.text(), text));
        });
        answers.add(new SurveyedAnswer(problem, result));
    }

    /** @throws FlawException for the smallest problem with a flaw */
    void judge(BiFunction<PlacementRequest, PlacementResult, Optional<String>> complaint) {
        List<Complaint> complaints = answers.stream()
                .flatMap(answer -> complaint.apply(answer.problem().request(), answer.result()).stream()
                        .map(text -> new Complaint(answer.problem(), text)))
                .toList();
        complaints.stream()
                .min(Comparator.comparingInt(each -> each.problem().size()))
                .ifPresent(smallest -> {
                    throw new FlawException("%s\n%s%s"
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

    String text() {
        List<PlacementCase> refused = answers.stream()
                .filter(answer -> answer.result() instanceof Infeasible)
                .map(SurveyedAnswer::problem)
                .toList();
        List<PlacementCase> missed =
                refused.stream().filter(AnswerSurvey::hasSolution).toList();
        String note = missed.isEmpty()
                ? ""
                : "; %d of these have a solution, the first is %s"
                        .formatted(missed.size(), missed.get(0).origin());
        return "%d problems placed, %d refused%s".formatted(answers.size() - refused.size(), refused.size(), note);
    }

    private static boolean hasSolution(PlacementCase problem) {
        return problem.size() > LARGEST_TO_ENUMERATE
                ? problem.feasible()
                : Enumeration.best(problem.request()).isPresent();
    }

    /** Claims about quality are compared with all placements where that is cheap. */
    static Optional<String> wrongClaim(PlacementRequest request, PlacementResult result) {
        boolean small = request.services().size() * request.clusters().size() <= LARGEST_TO_ENUMERATE;
        return result instanceof Placed && small ? PlacementJudge.wrongClaim(request, result) : Optional.empty();
    }
}
