// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Output: lines for people, or JSON for programs, never both except for the last line. Colours and overwritten progress
 * lines are used on terminals only.
 */
public final class Terminal {

    public enum OutputMode {
        /** a person at a terminal */
        LIVE,
        /** a file or a pipe that a person reads later */
        PLAIN,
        /** a program */
        JSON
    }

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n]]");
    private static final String ERASE_SCREEN = "\u001b[H\u001b[2J";
    private static final String ERASE_LINE = "\r\u001b[K";

    /** Width of a terminal of 80 columns less the indent. */
    private static final int PROGRESS_WIDTH = 73;

    private final PrintWriter out;
    private final OutputMode mode;
    private final ColorScheme colours;
    private final IntSupplier width;
    private String progress = "";

    public Terminal(PrintWriter out, OutputMode mode) {
        this(out, mode, new TerminalWidth(System.getenv()));
    }

    /** {@code width}: columns of the terminal, asked for when a table is wider than it may be. */
    Terminal(PrintWriter out, OutputMode mode, IntSupplier width) {
        this.out = out;
        this.width = width;
        this.mode = mode;
        this.colours = Help.defaultColorScheme(mode == OutputMode.LIVE ? Ansi.ON : Ansi.OFF);
    }

    public static Terminal create(PrintWriter out, boolean json) {
        return new Terminal(out, json ? OutputMode.JSON : isLive(System.getenv()) ? OutputMode.LIVE : OutputMode.PLAIN);
    }

    public void title(String text) {
        text("");
        progress = "";
        text(styled(text, Style.bold, Style.fg_cyan));
    }

    public void line(String text) {
        text(text.isEmpty() ? "" : "  " + printable(text));
    }

    public void good(String text) {
        indented(text, Style.fg_green);
    }

    public void notable(String text) {
        indented(text, Style.fg_yellow);
    }

    public void bad(String text) {
        indented(text, Style.fg_red);
    }

    public void table(TableRenderer table) {
        var lines = mode == OutputMode.LIVE ? table.lines(width.getAsInt() - 2) : table.lines();
        indented(lines.get(0), Style.faint);
        lines.stream().skip(1).forEach(this::line);
    }

    /** Returns a text without characters that a terminal executes or that change the direction of its text. */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }

    /** Clears the screen; prints an empty line when the output is not a terminal. */
    public void screen() {
        if (mode == OutputMode.LIVE) {
            out.print(ERASE_SCREEN);
        } else {
            text("");
        }
    }

    public boolean isLive() {
        return mode == OutputMode.LIVE;
    }

    /** Shows the pending step; a repeated text is not written again. */
    public void progress(String step) {
        String text = printable(step);
        if (text.equals(progress) || mode == OutputMode.JSON) {
            return;
        }
        if (mode == OutputMode.LIVE) {
            out.print(ERASE_LINE + "  ... " + shortened(text));
            out.flush();
        } else {
            out.println("  ... " + text);
        }
        progress = text;
    }

    /** Somebody who can be asked; from Java 22 on there is a console without a terminal, too. */
    @SuppressWarnings("SystemConsoleNull")
    public static Optional<Console> interactive() {
        return standardOutput().filter(Terminal::isTerminal).flatMap(terminal -> Optional.ofNullable(System.console()));
    }

    /** One line in every mode. */
    public void json(JsonNode node) {
        endProgress();
        out.println(node);
        out.flush();
    }

    /** A text for programs or for people, as it is, in every mode. */
    public void raw(String text) {
        endProgress();
        out.println(text);
        out.flush();
    }

    /** Whether nobody reads the output any more. */
    public boolean isClosed() {
        return out.checkError();
    }

    public boolean isJson() {
        return mode == OutputMode.JSON;
    }

    private void text(String text) {
        if (mode == OutputMode.JSON) {
            return;
        }
        endProgress();
        out.println(text);
        out.flush();
    }

    /** Ends the progress line; a line that overwrites itself is written again, one that stays is not. */
    private void endProgress() {
        if (mode == OutputMode.LIVE && !progress.isEmpty()) {
            out.print(ERASE_LINE);
            progress = "";
        }
    }

    /** A line that wraps could not be erased as a whole. */
    private static String shortened(String text) {
        return text.length() <= PROGRESS_WIDTH ? text : text.substring(0, PROGRESS_WIDTH - 3) + "...";
    }

    private void indented(String text, IStyle... styles) {
        text("  " + styled(text, styles));
    }

    private String styled(String text, IStyle... styles) {
        return colours.apply(printable(text), List.of(styles)).toString();
    }

    /**
     * Returns whether standard output is a terminal, according to the operating system: Java's console requires
     * standard input to be a terminal, too, which a background job lacks. Output is plain if the system gives no
     * answer.
     */
    private static boolean isLive(Map<String, String> environment) {
        if (environment.containsKey("NO_COLOR") || "dumb".equals(environment.get("TERM"))) {
            return false;
        }
        return standardOutput().map(Terminal::isTerminal).orElse(false);
    }

    private static Optional<Path> standardOutput() {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/self/fd/1")));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return Optional.empty();
        }
    }

    private static boolean isTerminal(Path device) {
        return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
    }
}
