// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns of the terminal: what {@code COLUMNS} says, else what {@code stty} says, else 80. */
final class TerminalWidth implements IntSupplier {

    private static final int USUAL = 80;
    private static final int LEAST = 20;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)");

    private final Map<String, String> environment;

    TerminalWidth(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public int getAsInt() {
        String told = environment.getOrDefault("COLUMNS", "");
        int width = told.matches("\\d{1,4}") ? Integer.parseInt(told) : asked();
        return width < LEAST ? USUAL : width;
    }

    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Matcher size = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return size.find() ? Integer.parseInt(size.group(1)) : USUAL;
        } catch (IOException noTerminal) {
            return USUAL;
        }
    }
}
