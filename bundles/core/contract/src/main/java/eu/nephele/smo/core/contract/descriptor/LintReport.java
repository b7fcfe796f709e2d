// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.descriptor;

import java.util.List;

/**
 * What is wrong with a descriptor, and where.
 *
 * @param errors in the order of the document; none when it would be accepted
 * @param warnings what would be accepted, but has no effect
 * @param services number of services that were found
 */
public record LintReport(List<Finding> errors, List<String> warnings, int services) {

    public LintReport {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /**
     * An error.
     *
     * @param pointer JSON pointer of the value, "" for the whole document
     * @param message what is wrong, for people
     * @param line where the value is, 1 for the first; of a missing one where the object is that should have it. 0 where that is not
     *     known
     * @param column in the line, 1 for the first; 0 where it is not known
     */
    public record Finding(String pointer, String message, int line, int column) {}
}
