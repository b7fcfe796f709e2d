// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: what the shell needs to complete commands, options, kinds and names of graphs. */
@Command(
        name = "completion",
        description =
                "Prints a script for the shell: source <(smo completion bash) completes commands, options and graphs.")
public final class CompletionCommand implements Callable<Integer> {

    private static final String NAMES = "smo get graphs -o name 2>/dev/null | sed 's,^graph/,,'";

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        CommandLine all = Objects.requireNonNull(command.parent(), "completion is a command of smo")
                .commandLine();
        String script =
                switch (shell) {
                    case "bash" -> bash(all);
                    case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash(all);
                    case "fish" -> fish(all);
                    default ->
                        throw new ParameterException(
                                command.commandLine(),
                                "There is no completion for '%s'; expected bash, zsh or fish".formatted(shell));
                };
        command.commandLine().getOut().print(script);
        command.commandLine().getOut().flush();
        return 0;
    }

    /** Words by what is typed before them; graphs where a command takes one. */
    private static String bash(CommandLine all) {
        StringBuilder cases = new StringBuilder();
        cases(all, "", cases);
        return """
                # completion of smo, made by: smo completion bash
                _smo() {
                  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path='' part words='' dynamic=''
                  for part in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do [[ $part == -* || $path == *' '* ]] || path+="${path:+ }$part"; done
                  case $before in
                    -o|--output) words='table wide json yaml name jsonpath=' ;;
                    -g|--graph) dynamic=yes ;;
                    -f|--filename) COMPREPLY=($(compgen -f -- "$word")); return ;;
                  esac
                  if [[ -z $words && -z $dynamic ]]; then
                    case $path in
                %s
                    esac
                    case ${path%%%% *} in
                      describe|delete|wait) [[ $path != *' g'* ]] || dynamic=yes ;;
                      watch|events|rollback|scale|explain) [[ $word == -* ]] || dynamic=yes ;;
                      get) case $path in get|'get ') words+=" %s" ;; esac ;;
                    esac
                  fi
                  [[ -z $dynamic ]] || words+=" $(%s)"
                  COMPREPLY=($(compgen -W "$words" -- "$word"))
                }
                complete -F _smo smo ./smo
                """.formatted(cases.toString().stripTrailing(), kinds(), NAMES);
    }

    private static void cases(CommandLine command, String path, StringBuilder cases) {
        cases.append("      '%s'%s) words='%s' ;;\n"
                .formatted(
                        path,
                        command.getSubcommands().isEmpty() && !path.isEmpty() ? "|'" + path + " '*" : "",
                        words(command)));
        command.getSubcommands().forEach((name, sub) -> cases(sub, path.isEmpty() ? name : path + " " + name, cases));
    }

    private static String words(CommandLine command) {
        List<String> words = new ArrayList<>();
        command.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                words.add(name);
            }
        });
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                words.add(option.longestName());
            }
        }
        return String.join(" ", words);
    }

    private static String fish(CommandLine all) {
        StringBuilder script =
                new StringBuilder("# completion of smo, made by: smo completion fish\ncomplete -c smo -f\n");
        all.getSubcommands().forEach((name, command) -> {
            String about = String.join(
                            " ", command.getCommandSpec().usageMessage().description())
                    .replace("'", "");
            script.append("complete -c smo -n __fish_use_subcommand -a %s -d '%s'%n".formatted(name, about));
            command.getSubcommands()
                    .keySet()
                    .forEach(sub -> script.append(
                            "complete -c smo -n '__fish_seen_subcommand_from %s' -a %s%n".formatted(name, sub)));
            command.getCommandSpec()
                    .options()
                    .forEach(option -> script.append("complete -c smo -n '__fish_seen_subcommand_from %s' -l %s%n"
                            .formatted(name, option.longestName().replaceFirst("^--?", ""))));
        });
        script.append("complete -c smo -n '__fish_seen_subcommand_from get' -a '%s'%n".formatted(kinds()));
        script.append(
                "complete -c smo -n '__fish_seen_subcommand_from describe delete wait watch events rollback scale explain' -a '(%s)'%n"
                        .formatted(NAMES.replace("'", "\\'")));
        return script.toString();
    }

    private static String kinds() {
        return List.of(
                        "graphs",
                        "services",
                        "clusters",
                        "operations",
                        "events",
                        "strategies",
                        "plugins",
                        "shadows",
                        "decisions",
                        "revisions",
                        "projects",
                        "webhooks",
                        "users",
                        "keys",
                        "grants",
                        "quotas",
                        "kinds")
                .stream()
                .collect(Collectors.joining(" "));
    }
}
