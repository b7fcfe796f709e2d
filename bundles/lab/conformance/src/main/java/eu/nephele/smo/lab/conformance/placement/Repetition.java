// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.Outcome;
import eu.nephele.smo.lab.conformance.run.Session;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Whether a placement strategy is a pure function: nothing it did before, and nothing that goes on beside it, shows. */
final class Repetition {

    private static final int THREADS = 4;
    private static final String ADVICE =
            "\nKeep no state between calls; take time and chance from the context only; iterate over no HashMap or HashSet of"
                    + " objects without hashCode.";

    private final Asking asking;

    Repetition(Asking asking) {
        this.asking = asking;
    }

    String sameAnswerAgain(Session session) {
        List<Problem> problems = Problems.forRepetition();
        List<PlacementResult> first = new ArrayList<>();
        for (Problem problem : problems) {
            PlacementResult result = asking.answer(session, problem);
            if (Asking.cannotBeReplayed(result)) {
                throw new Flaw(
                        "%s: it stopped by the clock and does not say how much it did, so nobody can repeat the decision. Count units of work, report them in Quality.workUnits, and stop after context.workBudget() when that is given."
                                .formatted(problem.text()));
            }
            first.add(result);
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < problems.size(); i++) {
                int repeats = 1 + (i + round) % 2;
                for (int repeat = 0; repeat < repeats; repeat++) {
                    again(session, problems.get(i), first.get(i));
                }
            }
        }
        return "%d problems, five calls each".formatted(problems.size());
    }

    private void again(Session session, Problem problem, PlacementResult first) {
        PlacementResult now = session.call(1000 + Asking.GRACE_MILLIS, asking.again(problem.request(), first))
                .orFlaw(problem.text());
        compare(problem, first, now, "then");
    }

    private static void compare(Problem problem, PlacementResult first, PlacementResult now, String when) {
        if (!first.equals(now)) {
            throw new Flaw("%s: first it answered\n  %s\n%s, asked the same,\n  %s%s"
                    .formatted(problem.text(), Judge.text(first), when, Judge.text(now), ADVICE));
        }
    }

    String sameAnswerOnFourThreads(Session session) {
        List<Problem> problems = Problems.forRepetition();
        List<PlacementResult> alone = problems.stream()
                .map(problem -> asking.answer(session, problem))
                .toList();
        List<Callable<List<PlacementResult>>> bodies = IntStream.range(0, THREADS)
                .<Callable<List<PlacementResult>>>mapToObj(thread -> () -> round(problems, alone, thread))
                .toList();
        for (Outcome<List<PlacementResult>> outcome : session.callTogether(4000, bodies)) {
            List<PlacementResult> together =
                    outcome.orFlaw("%d problems on %d threads at once".formatted(problems.size(), THREADS));
            for (int i = 0; i < problems.size(); i++) {
                compare(problems.get(i), alone.get(i), together.get(i), "while other threads asked other things");
            }
        }
        return "%d problems on %d threads".formatted(problems.size(), THREADS);
    }

    /** Each thread starts elsewhere, so that different problems meet. */
    private List<PlacementResult> round(List<Problem> problems, List<PlacementResult> alone, int thread)
            throws Exception {
        PlacementResult[] results = new PlacementResult[problems.size()];
        for (int step = 0; step < problems.size(); step++) {
            int i = (step + thread) % problems.size();
            results[i] = asking.again(problems.get(i).request(), alone.get(i)).call();
        }
        return List.of(results);
    }

    String leavesNoThread(Session session) {
        Problem problem = Problems.federation(3, 12, 5, 0.5);
        return ThreadCount.of(session, () -> asking.answer(session, problem));
    }
}
