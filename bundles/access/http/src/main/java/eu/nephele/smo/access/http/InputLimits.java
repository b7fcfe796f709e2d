// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

/**
 * Limits of small bodies where nothing narrower applies: what exceeds them is refused with 400 and the pointer.
 * Descriptors have limits of their own. docs/reference/limits.md has these figures, a test compares them.
 */
public final class InputLimits {

    /** Characters of one text: an id, a name, a version, a URL, a secret, a label of an alert. */
    public static final int TEXT_CHARACTERS = 4_096;

    public static final int REASON_CHARACTERS = 500;

    public static final int DEFAULT_CHARACTERS = 10_000;

    /** Named by a placement request. */
    public static final int SERVICES = 10_000;

    /** Members of the parameters of a selection, as in a descriptor. */
    public static final int PARAMETERS = 1_000;

    /** Objectives of a selection, as in a descriptor. */
    public static final int OBJECTIVES = 100;

    /** Deliveries to be repeated, by sequence. */
    public static final int SEQUENCES = 10_000;

    public static final int ALERTS = 20_000;

    public static final int ALERT_LABELS = 200;

    private InputLimits() {}

    /** Returns whether a text of this length is allowed. */
    public static boolean fits(String text) {
        return text.length() <= TEXT_CHARACTERS;
    }
}
