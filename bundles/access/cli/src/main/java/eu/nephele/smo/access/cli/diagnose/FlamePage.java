// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import eu.nephele.smo.access.cli.diagnose.FlameGraph.PlacedFrame;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** A flame graph as one self-contained page of HTML without scripts. */
final class FlamePage {

    /** Minimum share of a frame; narrower ones could be neither read nor pointed at. */
    private static final double SMALLEST_SHARE = 0.0005;

    private static final int ROW_PIXELS = 18;
    private static final double PERCENT = 100;
    private static final String OURS = "eu.nephele.smo.";
    private static final List<String> JAVA = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private FlamePage() {}

    /** @param explanation meaning of the width of a frame */
    static String render(FlameGraph graph, String title, String explanation, LongFunction<String> measure) {
        List<PlacedFrame> frames = graph.placed(SMALLEST_SHARE);
        int rows = 1 + frames.stream().mapToInt(PlacedFrame::depth).max().orElse(0);
        StringBuilder page = new StringBuilder(HEAD.formatted(
                escaped(title),
                escaped(title),
                escaped("%s %d samples, %s in all."
                        .formatted(explanation, graph.samples(), measure.apply(graph.total()))),
                rows * ROW_PIXELS));
        for (PlacedFrame frame : frames) {
            page.append(frame(frame, Math.max(1, graph.total()), measure));
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String frame(PlacedFrame frame, long all, LongFunction<String> measure) {
        double share = PERCENT * frame.total() / all;
        return String.format(
                Locale.ROOT,
                "<i class=\"%s\" style=\"left:%.3f%%;width:%.3f%%;top:%dpx\" title=\"%s\">%s</i>%n",
                kind(frame.name()),
                PERCENT * frame.begin() / all,
                share,
                frame.depth() * ROW_PIXELS,
                escaped(String.format(
                        Locale.ROOT, "%s: %s, %.1f %%", frame.name(), measure.apply(frame.total()), share)),
                escaped(frame.name().startsWith(OURS) ? frame.name().substring(OURS.length()) : frame.name()));
    }

    private static String kind(String name) {
        if (name.startsWith(OURS)) {
            return "o";
        }
        return JAVA.stream().anyMatch(name::startsWith) ? "j" : "l";
    }

    /** Escapes names of methods and threads, because plugins choose them. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>%s</title>
            <style>
            body { font: 13px sans-serif; margin: 16px; }
            main { position: relative; }
            i { position: absolute; height: 17px; line-height: 17px; overflow: hidden; white-space: nowrap; font: 11px monospace;
                box-sizing: border-box; border-right: 1px solid #fff; padding-left: 2px; cursor: default; }
            i:hover { outline: 1px solid #000; z-index: 1; }
            .o { background: #f4a259; } .j { background: #cfd8dc; } .l { background: #a5d6a7; }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            <p>%s Callers are above what they call. Orange: the SMO; grey: Java; green: everything else. Point at a frame for its whole
            name and share.</p>
            <main style="height:%dpx">
            """;
}
