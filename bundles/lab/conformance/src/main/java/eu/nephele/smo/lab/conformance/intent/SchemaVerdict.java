// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.intent;

/** Verdict of a schema on a value; this kit knows the usual part of JSON Schema only. */
enum SchemaVerdict {
    VALID,
    /** depends on a keyword that the kit does not know */
    UNKNOWN,
    INVALID;

    SchemaVerdict and(SchemaVerdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    SchemaVerdict or(SchemaVerdict other) {
        return compareTo(other) <= 0 ? this : other;
    }

    SchemaVerdict not() {
        return switch (this) {
            case VALID -> INVALID;
            case UNKNOWN -> UNKNOWN;
            case INVALID -> VALID;
        };
    }

    static SchemaVerdict of(boolean valid) {
        return valid ? VALID : INVALID;
    }
}
