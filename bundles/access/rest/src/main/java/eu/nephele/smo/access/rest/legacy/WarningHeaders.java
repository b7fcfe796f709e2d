// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Collection;

/** Sends along what is accepted and yet worth saying. */
final class WarningHeaders {

    /** Header with one warning. */
    static final String HEADER = "Smo-Warning";

    private static final int MAX_WARNINGS = 20;
    private static final int MAX_LENGTH = 300;

    private WarningHeaders() {}

    static void add(ResponseBuilder answer, Collection<String> warnings) {
        warnings.stream().distinct().limit(MAX_WARNINGS).forEach(warning -> answer.header(HEADER, printable(warning)));
    }

    /** A header holds one line of visible ASCII; descriptors hold what they like. */
    private static String printable(String warning) {
        String line = warning.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 3) + "...";
    }
}
