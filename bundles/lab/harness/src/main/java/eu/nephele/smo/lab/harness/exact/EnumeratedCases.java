// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.lab.conformance.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Small cases beside the enumeration of all placements: the same one has to be found, tie-break included, and proven. */
final class EnumeratedCases implements ExactSection {

    private static final long LIMIT_MILLIS = 5_000;

    private final int cases;
    private final LongFunction<ExactCase> source;
    private final List<MeasuredStrategy> strategies;

    /** @param source makes a case from its number, from 0 on */
    EnumeratedCases(int cases, LongFunction<ExactCase> source, List<MeasuredStrategy> strategies) {
        this.cases = cases;
        this.source = source;
        this.strategies = List.copyOf(strategies);
    }

    @Override
    public void measure(Consumer<ExactFigure> figures, Consumer<String> findings) {
        List<CaseTally> tallies = strategies.stream()
                .map(strategy -> new CaseTally(strategy.name()))
                .toList();
        for (int number = 0; number < cases; number++) {
            ExactCase next = source.apply(number);
            Optional<Placement> best = Enumeration.best(next.request());
            for (int i = 0; i < strategies.size(); i++) {
                MeasuredDecision decision = strategies.get(i).decide(next.request(), LIMIT_MILLIS);
                String flaw = flaw(decision, best);
                if (!flaw.isEmpty()) {
                    findings.accept("%s, %s: %s".formatted(strategies.get(i).name(), next.name(), flaw));
                }
                tallies.get(i).add(decision.millis(), flaw.isEmpty());
            }
        }
        tallies.forEach(tally -> figures.accept(tally.figure("equal to enumeration", "ms", "all")));
    }

    private static String flaw(MeasuredDecision decision, Optional<Placement> best) {
        String flaw = decision.flawOfProof();
        if (!flaw.isEmpty()) {
            return flaw;
        }
        Optional<Placement> found =
                decision.result() instanceof Placed placed ? Optional.of(placed.placement()) : Optional.empty();
        return found.equals(best) ? "" : "it has found %s, enumeration %s".formatted(found, best);
    }
}
