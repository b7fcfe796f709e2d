// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Describes exceptions of foreign code to its author. Calls {@code getMessage()}, which may hang. */
final class ExceptionTexts {

    private static final int FRAMES = 4;

    private ExceptionTexts() {}

    static String text(Throwable problem) {
        String advice = problem instanceof UnsupportedOperationException
                ? "\nRequests are immutable: copy what you want to change."
                : "";
        return Arrays.stream(problem.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n  at " + frame)
                .collect(Collectors.joining("", String.valueOf(problem), advice));
    }
}
