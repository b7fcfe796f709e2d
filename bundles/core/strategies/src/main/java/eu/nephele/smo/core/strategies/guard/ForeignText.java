// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

/** Texts of code that is not ours: reading one may fail, and it may be of any length. */
public final class ForeignText {
    private static final int MOST_CHARACTERS = 500;

    private ForeignText() {}

    public static String describe(Throwable thrown) {
        try {
            return shortened(String.valueOf(thrown));
        } catch (RuntimeException | Error e) {
            // its own description is foreign code, too
            return thrown.getClass().getName() + " (its message cannot be read)";
        }
    }

    public static String messageOf(Throwable thrown) {
        try {
            return shortened(String.valueOf(thrown.getMessage()));
        } catch (RuntimeException | Error e) {
            return describe(thrown);
        }
    }

    public static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
