// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import eu.nephele.smo.api.runtime.SmoException;
import java.util.ArrayList;
import java.util.List;

/** Splits a line into words; quotes protect spaces. Unlike in the shell, no other character has a meaning. */
final class CommandLine {

    private static final char NONE = 0;

    private CommandLine() {}

    /** @throws SmoException {@code INVALID} when a quote is left open */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = NONE;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != NONE) {
                if (c == quote) {
                    quote = NONE;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (quote != NONE) {
            throw SmoException.invalid("The quote %s is not closed".formatted(quote), List.of());
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
