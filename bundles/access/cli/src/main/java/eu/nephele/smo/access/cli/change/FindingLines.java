// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import eu.nephele.smo.api.runtime.SmoException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Errors of a descriptor as lines. */
public final class FindingLines {

    private FindingLines() {}

    /** The message, and each error with its pointer. */
    public static List<String> lines(SmoException invalid) {
        return Stream.concat(
                        invalid.violations().isEmpty()
                                ? Stream.of(String.valueOf(invalid.getMessage()))
                                : Stream.empty(),
                        invalid.violations().stream().map(violation -> "%s %s"
                                .formatted(
                                        violation.pointer().isEmpty() ? "(whole file)" : violation.pointer(),
                                        violation.message())))
                .toList();
    }

    static String text(SmoException invalid) {
        return lines(invalid).stream().collect(Collectors.joining("; "));
    }
}
