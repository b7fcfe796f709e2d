// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.util.List;
import java.util.function.Consumer;

/**
 * How good decisions of a usual size are after a tenth of a second, once the code is compiled. One that has found no placement by then is
 * infinitely far from its bound.
 */
final class UsualDecisions implements ExactSection {

    private static final long LIMIT_MILLIS = 100;
    /** A strategy notices the end of its time between two steps. */
    private static final long GRACE_MILLIS = 10;

    private static final double GOAL_PERCENT = 0.2;

    private final String title;
    private final List<ExactCase> cases;
    private final List<MeasuredStrategy> strategies;
    private final long warmUpMillis;

    /**
     * @param title of the cases, for people
     * @param warmUpMillis for each strategy, at least once through all cases
     */
    UsualDecisions(String title, List<ExactCase> cases, List<MeasuredStrategy> strategies, long warmUpMillis) {
        this.title = title;
        this.cases = List.copyOf(cases);
        this.strategies = List.copyOf(strategies);
        this.warmUpMillis = warmUpMillis;
    }

    @Override
    public void measure(Consumer<ExactFigure> figures, Consumer<String> findings) {
        for (MeasuredStrategy strategy : strategies) {
            strategy.warmUp(cases, LIMIT_MILLIS, warmUpMillis);
            CaseTally gaps = new CaseTally(strategy.name());
            CaseTally times = new CaseTally(strategy.name());
            for (ExactCase each : cases) {
                MeasuredDecision decision = strategy.decide(each.request(), LIMIT_MILLIS);
                String flaw = decision.flaw();
                if (!flaw.isEmpty()) {
                    findings.accept("%s, %s: %s".formatted(strategy.name(), each.name(), flaw));
                }
                gaps.add(decision.gapPercent(), decision.isProven() || decision.gapPercent() <= GOAL_PERCENT);
                times.add(decision.millis(), decision.millis() <= LIMIT_MILLIS + GRACE_MILLIS);
            }
            figures.accept(gaps.figure(title + ": gap", "%", "proven or 0.2 %"));
            figures.accept(times.figure(title + ": time", "ms", "100 ms, 10 more"));
        }
    }
}
