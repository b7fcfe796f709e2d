// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.util.List;
import java.util.function.Consumer;

/** What the thread of a decision allocates. */
final class AllocatedMemory implements ExactSection {

    private static final double MEGABYTE = 1e6;
    private static final double GOAL_MEGABYTES = 50;
    private static final String UNIT = "MB";

    private final List<ExactCase> cases;
    private final List<MeasuredStrategy> strategies;
    private final long limitMillis;

    /** @param limitMillis of each decision */
    AllocatedMemory(List<ExactCase> cases, List<MeasuredStrategy> strategies, long limitMillis) {
        this.cases = List.copyOf(cases);
        this.strategies = List.copyOf(strategies);
        this.limitMillis = limitMillis;
    }

    @Override
    public void measure(Consumer<ExactFigure> figures, Consumer<String> findings) {
        for (MeasuredStrategy strategy : strategies) {
            CaseTally tally = new CaseTally(strategy.name());
            for (ExactCase each : cases) {
                MeasuredDecision decision = strategy.decide(each.request(), limitMillis);
                String flaw = decision.isPlaced() ? decision.flaw() : "not placed";
                if (!flaw.isEmpty()) {
                    findings.accept("%s, %s: %s".formatted(strategy.name(), each.name(), flaw));
                }
                tally.add(decision.allocatedBytes() / MEGABYTE, flaw.isEmpty());
            }
            boolean reached = tally.areAllGood() && tally.summary(UNIT).most() < GOAL_MEGABYTES;
            figures.accept(tally.figure("allocated by 200 x 20", UNIT, "< 50 MB", reached));
        }
    }
}
