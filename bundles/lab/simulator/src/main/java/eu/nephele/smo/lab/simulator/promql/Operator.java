// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.util.Optional;
import java.util.stream.Stream;

/** Operators between two expressions, in ascending order of precedence. */
enum Operator {
    OR("or", 1),
    AND("and", 2),
    UNLESS("unless", 2),
    EQUAL("==", 3),
    NOT_EQUAL("!=", 3),
    LESS("<", 3),
    AT_MOST("<=", 3),
    GREATER(">", 3),
    AT_LEAST(">=", 3),
    PLUS("+", 4),
    MINUS("-", 4),
    TIMES("*", 5),
    BY("/", 5),
    MODULO("%", 5);

    private static final int COMPARISON = 3;

    private final String text;
    private final int strength;

    Operator(String text, int strength) {
        this.text = text;
        this.strength = strength;
    }

    static Optional<Operator> find(Token token) {
        return Stream.of(values())
                .filter(operator -> operator.isOfSets() ? token.isWord(operator.text) : token.isSymbol(operator.text))
                .findFirst();
    }

    String text() {
        return text;
    }

    int strength() {
        return strength;
    }

    boolean isOfSets() {
        return strength < COMPARISON;
    }

    boolean isComparison() {
        return strength == COMPARISON;
    }

    /** The resulting number; of a comparison 1 when it holds, else 0. */
    double apply(double left, double right) {
        return switch (this) {
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case LESS -> truth(left < right);
            case AT_MOST -> truth(left <= right);
            case GREATER -> truth(left > right);
            case AT_LEAST -> truth(left >= right);
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case BY -> left / right;
            case MODULO -> left % right;
            case OR, AND, UNLESS -> throw new IllegalArgumentException(text + " joins sets, not numbers");
        };
    }

    private static double truth(boolean holds) {
        return holds ? 1 : 0;
    }
}
