// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command as somebody has written it, by the model of the command line.
 *
 * @param problem why it is none; "" when it is one
 */
record ParsedCommand(String problem) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** Parses a command without the word {@code smo}. */
    static ParsedCommand parse(CommandLine all, String text) {
        List<String> words = words(text);
        CommandSpec command = all.getCommandSpec();
        int at = 0;
        while (at < words.size() && command.subcommands().containsKey(words.get(at))) {
            command = command.subcommands().get(words.get(at)).getCommandSpec();
            at++;
        }
        if (at == 0
                || command.usageMessage().hidden()
                || (!command.subcommands().isEmpty() && isGroup(command))) {
            return new ParsedCommand("there is no such command");
        }
        try {
            all.parseArgs(fitted(command, words).toArray(String[]::new));
            return new ParsedCommand("");
        } catch (ParameterException wrong) {
            return new ParsedCommand(String.valueOf(wrong.getMessage()));
        }
    }

    /** A command that does nothing itself. */
    private static boolean isGroup(CommandSpec command) {
        return !(command.userObject() instanceof Runnable) && !(command.userObject() instanceof Callable<?>);
    }

    /** An option of pairs gets one: the page has them in one value. */
    private static List<String> fitted(CommandSpec command, List<String> words) {
        List<String> fitted = new ArrayList<>(words);
        for (int at = 1; at < words.size(); at++) {
            OptionSpec option = command.findOption(words.get(at - 1));
            String word = words.get(at);
            if (option != null && option.typeInfo().isMap() && !word.contains("=")) {
                fitted.set(at, word + "=" + word);
            }
        }
        return fitted;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }
}
