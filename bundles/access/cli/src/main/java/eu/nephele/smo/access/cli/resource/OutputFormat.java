// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import java.util.List;

/**
 * How items are written.
 *
 * @param expression of {@code jsonpath=}, else ""
 */
record OutputFormat(Style style, String expression) {

    private static final String JSONPATH = "jsonpath=";

    enum Style {
        TABLE,
        WIDE,
        JSON,
        YAML,
        NAME,
        JSONPATH
    }

    /** @throws IllegalArgumentException when there is no such format */
    static OutputFormat from(String text) {
        if (text.startsWith(JSONPATH)) {
            return new OutputFormat(Style.JSONPATH, text.substring(JSONPATH.length()));
        }
        return List.of(Style.values()).stream()
                .filter(style -> style != Style.JSONPATH)
                .filter(style -> style.name().equalsIgnoreCase(text))
                .findFirst()
                .map(style -> new OutputFormat(style, ""))
                .orElseThrow(() -> new IllegalArgumentException(
                        "-o %s: expected table, wide, json, yaml, name or jsonpath=EXPRESSION".formatted(text)));
    }

    boolean isFor(Style... styles) {
        return List.of(styles).contains(style);
    }
}
