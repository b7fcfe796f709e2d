// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Collection;

/** Adds warnings about accepted requests to the answer. */
final class WarningHeaders {

    static final String HEADER = "Smo-Warning";

    private static final int MAX_WARNINGS = 20;
    private static final int MAX_LENGTH = 300;

    private WarningHeaders() {}

    static void add(ResponseBuilder answer, Collection<String> warnings) {
        warnings.stream().distinct().limit(MAX_WARNINGS).forEach(warning -> answer.header(HEADER, printable(warning)));
    }

    /** Reduces a text to one line of visible ASCII, because descriptors may hold any characters. */
    private static String printable(String warning) {
        String line = warning.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 3) + "...";
    }
}
