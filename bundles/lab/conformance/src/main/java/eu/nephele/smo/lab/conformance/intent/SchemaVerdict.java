// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

/** Whether a schema takes a value; this kit knows the usual part of JSON Schema only. */
enum Verdict {
    VALID,
    /** depends on a keyword that the kit does not know */
    UNKNOWN,
    INVALID;

    /** Both have to hold. */
    Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** One of them is enough. */
    Verdict or(Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Verdict not() {
        return switch (this) {
            case VALID -> INVALID;
            case UNKNOWN -> UNKNOWN;
            case INVALID -> VALID;
        };
    }

    static Verdict of(boolean valid) {
        return valid ? VALID : INVALID;
    }
}
