// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Times of small decisions once the code is compiled: of each case the median of several, since other work on the machine is no fault of it. */
final class SmallDecisions implements ExactSection {

    private static final long LIMIT_MILLIS = 5_000;
    private static final int REPEATS = 5;
    private static final double GOAL_MILLIS = 2;
    private static final String UNIT = "ms";

    private final List<ExactCase> cases;
    private final List<MeasuredStrategy> strategies;
    private final long warmUpMillis;

    /** @param warmUpMillis for each strategy, at least once through all cases */
    SmallDecisions(List<ExactCase> cases, List<MeasuredStrategy> strategies, long warmUpMillis) {
        this.cases = List.copyOf(cases);
        this.strategies = List.copyOf(strategies);
        this.warmUpMillis = warmUpMillis;
    }

    @Override
    public void measure(Consumer<ExactFigure> figures, Consumer<String> findings) {
        Map<String, OptionalLong> costs = new HashMap<>();
        for (MeasuredStrategy strategy : strategies) {
            strategy.warmUp(cases, LIMIT_MILLIS, warmUpMillis);
            measure(strategy, costs, figures, findings);
        }
    }

    /** @param costs of the cases by their names, of the first strategy that proved them */
    private void measure(
            MeasuredStrategy strategy,
            Map<String, OptionalLong> costs,
            Consumer<ExactFigure> figures,
            Consumer<String> findings) {
        CaseTally placed = new CaseTally(strategy.name());
        CaseTally refused = new CaseTally(strategy.name());
        for (ExactCase each : cases) {
            List<MeasuredDecision> decisions = repeated(each, strategy);
            MeasuredDecision decision = decisions.get(REPEATS / 2);
            String flaw = decisions.stream()
                    .map(MeasuredDecision::flawOfProof)
                    .filter(any -> !any.isEmpty())
                    .findFirst()
                    .orElse("");
            if (flaw.isEmpty()) {
                OptionalLong proven = costs.computeIfAbsent(each.name(), first -> decision.cost());
                flaw = decision.cost().equals(proven)
                        ? ""
                        : "its cost is %s, that of another strategy %s".formatted(decision.cost(), proven);
            }
            if (!flaw.isEmpty()) {
                findings.accept("%s, %s: %s".formatted(strategy.name(), each.name(), flaw));
            }
            (decision.isPlaced() ? placed : refused).add(decision.millis(), flaw.isEmpty());
        }
        boolean quick = placed.cases() > 0 && placed.summary(UNIT).most() < GOAL_MILLIS;
        figures.accept(placed.figure("small decisions", UNIT, "all proven, < 2 ms", placed.areAllGood() && quick));
        figures.accept(refused.figure("small requests that do not fit, with advice", UNIT, ""));
    }

    /** Returns several decisions of a case, the quickest first. */
    private static List<MeasuredDecision> repeated(ExactCase each, MeasuredStrategy strategy) {
        List<MeasuredDecision> decisions = new ArrayList<>();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            decisions.add(strategy.decide(each.request(), LIMIT_MILLIS));
        }
        decisions.sort((one, other) -> Double.compare(one.millis(), other.millis()));
        return decisions;
    }
}
