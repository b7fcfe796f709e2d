// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.lab.harness.placement.CpSatBatch;
import eu.nephele.smo.lab.harness.placement.CpSatBatch.ProvenAnswer;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Cases that are too large for enumeration beside CP-SAT: the cost has to be the one that it proves, and proven. */
final class CpSatCases implements ExactSection {

    private static final int AT_ONCE = 50;
    private static final long LIMIT_MILLIS = 20_000;

    private final int cases;
    private final LongFunction<ExactCase> source;
    private final List<MeasuredStrategy> strategies;
    private final CpSatBatch solver;

    /**
     * @param cases that fit; those that do not are compared as well and not counted
     * @param source makes a case from its number, from 0 on
     */
    CpSatCases(int cases, LongFunction<ExactCase> source, List<MeasuredStrategy> strategies, CpSatBatch solver) {
        this.cases = cases;
        this.source = source;
        this.strategies = List.copyOf(strategies);
        this.solver = solver;
    }

    @Override
    public void measure(Consumer<ExactFigure> figures, Consumer<String> findings)
            throws IOException, InterruptedException {
        List<CaseTally> tallies = strategies.stream()
                .map(strategy -> new CaseTally(strategy.name()))
                .toList();
        int feasible = 0;
        int refused = 0;
        for (long number = 0; feasible < cases; number += AT_ONCE) {
            List<ExactCase> batch =
                    LongStream.range(number, number + AT_ONCE).mapToObj(source).toList();
            List<ProvenAnswer> answers =
                    solver.solve(batch.stream().map(ExactCase::request).toList());
            for (int i = 0; i < AT_ONCE && feasible < cases; i++) {
                boolean fits = answers.get(i).units().isPresent()
                        || !answers.get(i).failure().isEmpty();
                feasible += fits ? 1 : 0;
                refused += fits ? 0 : 1;
                compare(batch.get(i), answers.get(i), fits ? tallies : List.of(), findings);
            }
        }
        String title = "equal to CP-SAT, beside %d that do not fit".formatted(refused);
        tallies.forEach(tally -> figures.accept(tally.figure(title, "ms", "all")));
    }

    /** @param tallies by strategy; none if the case is compared only */
    private void compare(ExactCase each, ProvenAnswer answer, List<CaseTally> tallies, Consumer<String> findings) {
        for (int i = 0; i < strategies.size(); i++) {
            MeasuredDecision decision = strategies.get(i).decide(each.request(), LIMIT_MILLIS);
            String flaw = flaw(decision, answer);
            if (!flaw.isEmpty()) {
                findings.accept("%s, %s: %s".formatted(strategies.get(i).name(), each.name(), flaw));
            }
            if (!tallies.isEmpty()) {
                tallies.get(i).add(decision.millis(), flaw.isEmpty());
            }
        }
    }

    private static String flaw(MeasuredDecision decision, ProvenAnswer answer) {
        if (!answer.failure().isEmpty()) {
            return "CP-SAT has proven nothing: " + answer.failure();
        }
        String flaw = decision.flawOfProof();
        if (!flaw.isEmpty()) {
            return flaw;
        }
        OptionalLong proven =
                answer.units().stream().map(units -> units * Costs.MICROS).findFirst();
        return decision.cost().equals(proven)
                ? ""
                : "its cost is %s, that of CP-SAT %s".formatted(decision.cost(), proven);
    }
}
