// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.Arrays;

/**
 * A statement with numbered parameters, ?1 to ?n, or plain ones in their order, as drivers want it. Statements have no question marks in texts, names or comments.
 *
 * @param numbers of the parameters, from 1, in the order of the question marks
 */
@SuppressWarnings("ArrayRecordComponent") // lives as long as one call
record NumberedStatement(String statement, int[] numbers) {

    static NumberedStatement of(String statement) {
        StringBuilder plain = new StringBuilder(statement.length());
        int[] numbers = new int[statement.length()];
        int count = 0;
        for (int at = 0; at < statement.length(); at++) {
            char character = statement.charAt(at);
            plain.append(character);
            if (character == '?') {
                int number = 0;
                while (at + 1 < statement.length() && Character.isDigit(statement.charAt(at + 1))) {
                    at++;
                    number = 10 * number + statement.charAt(at) - '0';
                }
                numbers[count] = number == 0 ? count + 1 : number;
                count++;
            }
        }
        return new NumberedStatement(plain.toString(), Arrays.copyOf(numbers, count));
    }
}
