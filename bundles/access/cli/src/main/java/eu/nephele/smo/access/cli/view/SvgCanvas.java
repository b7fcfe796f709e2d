// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text of an SVG while it is drawn. */
final class SvgCanvas {

    /** Characters that XML cannot have, not even escaped. */
    private static final Pattern NO_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final StringBuilder text = new StringBuilder();

    SvgCanvas add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
        return this;
    }

    /**
     * Words at a place.
     *
     * @param style class of the words, "" for none
     * @param anchor which end of the words is at the place: start, middle or end
     */
    SvgCanvas words(double x, double y, String style, String anchor, String words) {
        return add(
                "<text x=\"%.1f\" y=\"%.1f\"%s%s>%s</text>%n",
                x,
                y,
                style.isEmpty() ? "" : " class=\"%s\"".formatted(style),
                anchor.equals("start") ? "" : " text-anchor=\"%s\"".formatted(anchor),
                escaped(words));
    }

    String text() {
        return text.toString();
    }

    /** Names and reasons are those of their authors. */
    static String escaped(String text) {
        return NO_XML.matcher(text)
                .replaceAll("\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** At most so many characters. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
