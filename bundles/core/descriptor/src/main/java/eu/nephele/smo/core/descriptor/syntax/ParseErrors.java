// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;

/** Answers to bodies that cannot be read at all. */
final class ParseErrors {

    private ParseErrors() {}

    static SmoException unreadable(String what) {
        return SmoException.invalid("The body cannot be read: " + what, List.of(new Violation("", what)));
    }

    /** @param line 1 for the first */
    static SmoException unreadable(String what, int line, int column) {
        return unreadable("line %d, column %d: %s".formatted(line, column, what));
    }

    static SmoException tooManyNodes(BodyLimits limits) {
        return SmoException.tooLarge("The body has more than %d objects, arrays and values; the limit is maxNodes"
                .formatted(limits.nodes()));
    }

    static String tooDeep(BodyLimits limits) {
        return "nested deeper than %d levels".formatted(limits.depth());
    }
}
