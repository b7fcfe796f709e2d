// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.util.Locale;

/**
 * @param text as written; of a string its value
 * @param position of its first character, from 0
 */
record Token(TokenKind kind, String text, int position) {

    enum TokenKind {
        NAME,
        /** begins with a digit: a number or a duration */
        QUANTITY,
        STRING,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == TokenKind.SYMBOL && text.equals(symbol);
    }

    /** Keywords are written in any case. */
    boolean isWord(String word) {
        return kind == TokenKind.NAME && text.toLowerCase(Locale.ROOT).equals(word);
    }

    /** For messages. */
    String shown() {
        return kind == TokenKind.END ? "the end" : "'" + text + "'";
    }
}
