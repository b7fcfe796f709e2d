// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands in a script of the web page: literals that begin with {@code smo}, with each of their alternatives. */
final class ShownCommands {

    /** Stands for every value that is known in the browser only: a name, a number, a time. */
    private static final String ANY = "7";

    private static final Pattern BEGIN = Pattern.compile("([`'])smo (?=[a-z$])");
    private static final String QUOTED = "shellWord(";
    private static final Pattern VERBS = Pattern.compile("#\\w+\\(\\w+, '[^']*', '([a-z-]+)'");

    private final String script;
    private final List<String> verbs = new ArrayList<>();
    private final List<String> unquoted = new ArrayList<>();
    private int at;
    private boolean isQuoted;

    private ShownCommands(String script) {
        this.script = script;
        VERBS.matcher(script).results().forEach(verb -> verbs.add(verb.group(1)));
    }

    /** Without the word {@code smo}. */
    static List<String> of(String script) {
        return new ShownCommands(script).commands();
    }

    /** Expressions whose value a shell would read as more than one word. */
    static List<String> unquoted(String script) {
        ShownCommands shown = new ShownCommands(script);
        shown.commands();
        return shown.unquoted;
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        Matcher begin = BEGIN.matcher(script);
        int from = 0;
        while (begin.find(from)) {
            at = begin.end();
            literal(begin.group(1).charAt(0)).forEach(command -> commands.add(command.strip()));
            from = at;
        }
        return commands;
    }

    /** All texts that a literal can become; behind its end afterwards. */
    private List<String> literal(char quote) {
        List<String> texts = List.of("");
        while (script.charAt(at) != quote) {
            if (quote == '`' && script.startsWith("${", at)) {
                at += 2;
                texts = product(texts, expression());
            } else {
                texts = product(texts, List.of(String.valueOf(script.charAt(at))));
                at++;
            }
        }
        at++;
        return texts;
    }

    /** What an expression can become: one of the literals between which it chooses, a verb, or any value. */
    private List<String> expression() {
        StringBuilder code = new StringBuilder();
        List<List<String>> literals = new ArrayList<>();
        boolean isChoice = false;
        int depth = 0;
        while (depth > 0 || script.charAt(at) != '}') {
            char next = script.charAt(at);
            if (next == '`' || next == '\'') {
                at++;
                boolean before = isQuoted;
                isQuoted |= code.indexOf(QUOTED) >= 0;
                List<String> literal = literal(next);
                isQuoted = before;
                if ((isChoice && depth == 0) || (next == '`' && code.toString().contains(".map("))) {
                    literals.add(literal);
                }
                continue;
            }
            depth += next == '{' || next == '(' ? 1 : next == '}' || next == ')' ? -1 : 0;
            boolean asks = next == '?' && !script.startsWith("?.", at) && !script.startsWith("??", at);
            isChoice |= asks && depth == 0;
            code.append(next);
            at++;
        }
        at++;
        if (code.toString().equals("verb")) {
            return verbs;
        }
        List<String> all = literals.stream().flatMap(List::stream).distinct().toList();
        if (all.isEmpty() && !isQuoted && code.indexOf(QUOTED) < 0) {
            unquoted.add(code.toString());
        }
        return all.isEmpty() ? List.of(ANY) : all;
    }

    private static List<String> product(List<String> before, List<String> next) {
        return before.stream().flatMap(text -> next.stream().map(text::concat)).toList();
    }
}
