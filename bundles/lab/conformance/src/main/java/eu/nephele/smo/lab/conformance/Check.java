// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import java.util.Objects;

/**
 * Result of one check of a plug-in.
 *
 * @param name what is asked of the plug-in, as a sentence about it, for example {@code keeps every rule}
 * @param result whether it does
 * @param detail for people: what was tried; when it failed, with which problem and what to do; when it was not tried, why
 */
public record Check(String name, Result result, String detail) {

    public Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(detail, "detail");
    }

    /** How a check ends. */
    public enum Result {
        PASSED,
        FAILED,
        /** not tried: it does not apply, or one before says that it makes no sense */
        SKIPPED,
        /** not tried: there was no time left for it */
        UNTRIED
    }
}
