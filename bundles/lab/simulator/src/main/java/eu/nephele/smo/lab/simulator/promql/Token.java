// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.util.Locale;

/**
 * One word of an expression.
 *
 * @param text as written; of a string what it means
 * @param position of its first character, from 0
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        NAME,
        /** begins with a digit: a number or a duration */
        QUANTITY,
        STRING,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Keywords are written in any case. */
    boolean isWord(String word) {
        return kind == Kind.NAME && text.toLowerCase(Locale.ROOT).equals(word);
    }

    /** For messages. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
