// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.context;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.context.ContextFile.Contexts;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config}: servers, projects and token files by name. It contacts no server. */
@Command(
        name = "config",
        description = "Contexts: contexts, use-context, set-context, delete-context, current.",
        synopsisSubcommandLabel = "COMMAND")
public final class ConfigCommands {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    @Spec
    private @Nullable CommandSpec spec;

    @Command(description = "The contexts of ~/.smo/config.yaml.")
    int contexts(
            @Option(names = "--json", description = "JSON for programs instead of text for people.") boolean json) {
        Contexts contexts = file().read();
        Terminal terminal = terminal(json);
        if (json) {
            ObjectNode all = JsonNodeFactory.instance.objectNode().put("current", contexts.current());
            ObjectNode members = all.putObject("contexts");
            contexts.contexts().forEach((name, context) -> {
                ObjectNode member = members.putObject(name);
                context.server().ifPresent(value -> member.put("server", value));
                context.project().ifPresent(value -> member.put("project", value));
                context.tokenFile().ifPresent(value -> member.put("tokenFile", value));
            });
            terminal.json(all);
        } else if (contexts.contexts().isEmpty()) {
            terminal.line("There are no contexts; smo config set-context NAME --server URL --project P makes one.");
        } else {
            TableRenderer table = new TableRenderer("", "context", "server", "project", "token file");
            contexts.contexts()
                    .forEach((name, context) -> table.row(
                            name.equals(contexts.current()) ? "*" : "",
                            name,
                            context.server().orElse("-"),
                            context.project().orElse("-"),
                            context.tokenFile().orElse("-")));
            terminal.table(table);
        }
        return 0;
    }

    @Command(name = "use-context", description = "The context that counts when none is named.")
    int use(@Parameters(paramLabel = "CONTEXT") String name) throws IOException {
        Contexts contexts = file().read();
        contexts.meant(Optional.of(name));
        file().write(contexts.using(name));
        terminal(false).good("Context %s is the current one".formatted(name));
        return 0;
    }

    @Command(name = "set-context", description = "Makes a context, or changes what is given of one.")
    int set(
            @Parameters(paramLabel = "CONTEXT") String name,
            @Option(names = "--server", paramLabel = "URL", description = "The server.") Optional<String> server,
            @Option(
                            names = {"-p", "--project"},
                            paramLabel = "PROJECT",
                            description = "The project that is meant when none is named.")
                    Optional<String> project,
            @Option(names = "--token-file", paramLabel = "FILE", description = "Holds a token of the server.")
                    Optional<String> tokenFile)
            throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw wrong("A context is named with letters, digits, '.', '_' and '-', not '%s'".formatted(name));
        }
        for (Optional<String> value : java.util.List.of(server, project, tokenFile)) {
            if (value.filter(text -> text.contains("\"") || text.contains("\n")).isPresent()) {
                throw wrong("A value of a context has no quotes and is one line");
            }
        }
        file().write(file().read().with(name, new SavedContext(server, project, tokenFile)));
        terminal(false).good("Context %s is stored".formatted(name));
        return 0;
    }

    @Command(name = "delete-context", description = "Forgets a context.")
    int delete(@Parameters(paramLabel = "CONTEXT") String name) throws IOException {
        Contexts contexts = file().read();
        contexts.meant(Optional.of(name));
        file().write(contexts.without(name));
        terminal(false).good("Context %s is forgotten".formatted(name));
        return 0;
    }

    @Command(description = "The name of the current context.")
    int current() {
        Contexts contexts = file().read();
        if (contexts.current().isEmpty()) {
            throw wrong("There is no current context; smo config use-context NAME chooses one");
        }
        command().commandLine().getOut().println(contexts.current());
        return 0;
    }

    private static ContextFile file() {
        return ContextFile.ofUser();
    }

    private Terminal terminal(boolean json) {
        return Terminal.create(command().commandLine().getOut(), json);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return java.util.Objects.requireNonNull(spec);
    }
}
