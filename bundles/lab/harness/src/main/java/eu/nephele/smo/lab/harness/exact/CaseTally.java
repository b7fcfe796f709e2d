// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.util.ArrayList;
import java.util.List;

/** Collects what a strategy does with cases. */
final class CaseTally {

    private final String strategy;
    private final List<Double> values = new ArrayList<>();
    private int good;

    CaseTally(String strategy) {
        this.strategy = strategy;
    }

    /**
     * @param value time, memory or gap
     * @param isGood whether the case is as it has to be
     */
    void add(double value, boolean isGood) {
        values.add(value);
        good += isGood ? 1 : 0;
    }

    int cases() {
        return values.size();
    }

    boolean areAllGood() {
        return good == values.size();
    }

    ValueSummary summary(String unit) {
        return ValueSummary.summarise(unit, values);
    }

    /** @param goal that is reached if all cases are good; "" if there is none */
    ExactFigure figure(String title, String unit, String goal) {
        return figure(title, unit, goal, areAllGood());
    }

    ExactFigure figure(String title, String unit, String goal, boolean reached) {
        return new ExactFigure(title, strategy, values.size(), good, summary(unit), goal, reached);
    }
}
