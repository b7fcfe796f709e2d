// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import java.util.Objects;

/**
 * Result of one check of a plug-in.
 *
 * @param name requirement, as a sentence about the plug-in, for example {@code keeps every rule}
 * @param result whether it does
 * @param detail for people: what was tried; after a failure with the problem and its remedy; when it was not tried, the reason
 */
public record Check(String name, Result result, String detail) {

    public Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(detail, "detail");
    }

    /** Outcome of a check. */
    public enum Result {
        PASSED,
        FAILED,
        /** not tried: it does not apply, or an earlier failure rules it out */
        SKIPPED,
        /** not tried: no time was left for it */
        UNTRIED
    }
}
