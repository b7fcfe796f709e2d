// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.solver.Counterfactual;
import eu.nephele.smo.placement.solver.CounterfactualSearch;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Crowded requests that do not fit: with the changes that an answer suggests, they do. */
final class SuggestedChanges implements ExactSection {

    private static final long LIMIT_MILLIS = 5_000;

    private final int cases;
    private final long seed;
    private final List<MeasuredStrategy> strategies;

    /** @param cases that do not fit */
    SuggestedChanges(int cases, long seed, List<MeasuredStrategy> strategies) {
        this.cases = cases;
        this.seed = seed;
        this.strategies = List.copyOf(strategies);
    }

    @Override
    public void measure(Consumer<ExactFigure> figures, Consumer<String> findings) {
        for (MeasuredStrategy strategy : strategies) {
            CaseTally tally = new CaseTally(strategy.name());
            for (long next = seed; tally.cases() < cases; next++) {
                long own = new SplittableRandom(next).nextLong();
                PlacementRequest request = RandomProblems.crowded(own);
                MeasuredDecision decision = strategy.decide(request, LIMIT_MILLIS);
                if (decision.result() instanceof Infeasible refusal) {
                    String flaw = decision.flaw().isEmpty() ? flaw(request, refusal, strategy) : decision.flaw();
                    if (!flaw.isEmpty()) {
                        findings.accept("%s, crowded problem with seed %d: %s".formatted(strategy.name(), own, flaw));
                    }
                    tally.add(decision.millis(), flaw.isEmpty());
                }
            }
            figures.accept(tally.figure("fit with the suggested changes", "ms", "all"));
        }
    }

    /** The answer has the changes as text; the same search has them as what can be applied. */
    private static String flaw(PlacementRequest request, Infeasible refusal, MeasuredStrategy strategy) {
        Optional<Counterfactual> found =
                new CounterfactualSearch(request, new WorkBudget(SimpleContext.unlimited())).find();
        if (!found.map(Counterfactual::text).equals(refusal.counterfactual())) {
            return "it suggests %s, the search %s".formatted(refusal.counterfactual(), found.map(Counterfactual::text));
        }
        if (found.isEmpty() || found.get().changes().isEmpty()) {
            return "it suggests nothing";
        }
        MeasuredDecision changed = strategy.decide(found.get().apply(request), LIMIT_MILLIS);
        return changed.isPlaced()
                ? changed.flaw()
                : "it does not fit with " + found.get().text();
    }
}
