// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.util.List;
import java.util.Map;

/** A subset of PromQL; its grammar is in {@code docs/reference/simulator-promql.md}. */
public final class Promql {

    private Promql() {}

    /** @throws PromqlException when the text is not in the subset; the message names the position and what is understood */
    public static Expression parse(String text) {
        return Parser.parse(text);
    }

    /**
     * Evaluates an expression as an alert rule does: one sample for each alert. A number is one sample without labels.
     *
     * @throws PromqlException when series of both sides of an operator cannot be told apart
     */
    public static List<Sample> evaluate(Expression expression, Series series) {
        Evaluator evaluator = new Evaluator(series);
        return expression.isScalar()
                ? List.of(new Sample(Map.of(), evaluator.number(expression)))
                : evaluator.samples(expression);
    }
}
