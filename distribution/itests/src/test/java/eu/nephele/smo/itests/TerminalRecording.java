// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What commands show at a terminal, as a picture whose text can be selected and searched. */
final class TerminalRecording {

    private static final int COLUMNS = 118;
    private static final int LINE_PIXELS = 18;
    private static final double COLUMN_PIXELS = 7.83;
    private static final int MARGIN_PIXELS = 14;
    private static final String PLAIN = "#d7dce2";

    /** Colours of a terminal by the number that selects them. */
    private static final Map<String, String> COLOURS = Map.of(
            "31", "#ff7b72", "32", "#7ee787", "33", "#e3b341", "34", "#79c0ff", "35", "#d2a8ff", "36", "#56d4dd", "90",
            "#8b949e");

    private static final Pattern SELECTION = Pattern.compile("\u001b\\[([0-9;]*)m");
    private static final Pattern OTHER_CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-ln-z]|[\\p{Cc}&&[^\n\u001b]]");

    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> lines = new ArrayList<>();

    /** @param folder in which the commands run */
    TerminalRecording(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Runs a command of the shell at a terminal of its own; what it shows is behind what was shown before. */
    String run(String command) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(
                        "script", "-qec", "stty cols %d rows 60; %s".formatted(COLUMNS, command), "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        process.environment().putAll(environment);
        process.environment().put("TERM", "xterm-256color");
        process.environment().remove("NO_COLOR");
        process.environment().remove("COLUMNS");
        process.redirectInput(Path.of("/dev/null").toFile());
        Process running = process.start();
        String shown = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        running.waitFor();
        lines.add("\u001b[32m$\u001b[0m " + command);
        // A progress line is overwritten by the next: what stands last on it stays.
        shown.lines()
                .map(line -> OTHER_CONTROL
                        .matcher(line.replaceAll("\r+$", "").replaceAll("^.*\r(?!$)", ""))
                        .replaceAll(""))
                .forEach(this::show);
        lines.add("");
        return SELECTION.matcher(shown).replaceAll("");
    }

    /** A line that is longer than the terminal is wide goes on in the next one. */
    private void show(String line) {
        int column = 0;
        int begin = 0;
        Matcher selection = SELECTION.matcher(line);
        for (int i = 0; i < line.length(); i++) {
            if (selection.find(i) && selection.start() == i) {
                i = selection.end() - 1;
            } else if (column++ == COLUMNS) {
                lines.add(line.substring(begin, i));
                begin = i;
                column = 1;
            }
        }
        lines.add(line.substring(begin));
    }

    void saveTo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, svg());
    }

    private String svg() {
        int height = 2 * MARGIN_PIXELS + lines.size() * LINE_PIXELS;
        long width = 2 * MARGIN_PIXELS + Math.round(COLUMNS * COLUMN_PIXELS);
        StringBuilder text = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="Commands and what they show">
                <rect width="%1$d" height="%2$d" rx="8" fill="#0d1117"/>
                <g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="13" fill="%3$s" style="white-space: pre">
                """.formatted(width, height, PLAIN));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                text.append("<text xml:space=\"preserve\" x=\"%d\" y=\"%d\">%s</text>%n"
                        .formatted(MARGIN_PIXELS, MARGIN_PIXELS + (i + 1) * LINE_PIXELS - 5, spans(lines.get(i))));
            }
        }
        return text.append("</g>\n</svg>\n").toString();
    }

    private static String spans(String line) {
        StringBuilder spans = new StringBuilder();
        String colour = PLAIN;
        boolean bold = false;
        int from = 0;
        Matcher selection = SELECTION.matcher(line);
        while (true) {
            boolean more = selection.find();
            String part = line.substring(from, more ? selection.start() : line.length());
            if (!part.isEmpty()) {
                spans.append("<tspan fill=\"%s\"%s>%s</tspan>"
                        .formatted(colour, bold ? " font-weight=\"bold\"" : "", escaped(part)));
            }
            if (!more) {
                return spans.toString();
            }
            from = selection.end();
            for (String code : selection.group(1).split(";", -1)) {
                if (code.isEmpty() || code.equals("0")) {
                    colour = PLAIN;
                    bold = false;
                }
                bold = bold || code.equals("1");
                colour = code.equals("39") ? PLAIN : COLOURS.getOrDefault(code, colour);
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
