// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.io.Serial;

/** An expression is not in the subset, or fails on the present series. */
public final class PromqlException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String UNDERSTOOD =
            "understood are selectors with =, !=, =~, !~, ranges such as [5m] inside rate() and increase(), absent(), "
                    + "sum, avg, max, min, count with by (…), + - * / %, == != < <= > >= (also with bool), "
                    + "and, or, unless, numbers and parentheses";

    private PromqlException(String message) {
        super(message);
    }

    /** @param position of the first character that is wrong, from 0 */
    static PromqlException at(int position, String message) {
        return new PromqlException("at position %d: %s; %s".formatted(position, message, UNDERSTOOD));
    }

    static PromqlException inEvaluation(String message) {
        return new PromqlException(message);
    }

    /** Returns the message for people; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
