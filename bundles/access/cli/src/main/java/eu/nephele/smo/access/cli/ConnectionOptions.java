// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.RunningServers;
import eu.nephele.smo.access.cli.client.ServerConnection;
import eu.nephele.smo.access.cli.terminal.InterruptNotice;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Server of every command, and the format of its answers. */
public final class ConnectionOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server; default: $SMO_URL, else that of the context, else the one that runs here, else"
                    + " http://127.0.0.1:8000.")
    private @Nullable String url;

    @Option(names = "--port", paramLabel = "N", description = "Instead: the server at this port of this machine.")
    private @Nullable Integer port;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Instead: server, project and token of this context (smo config contexts).")
    private @Nullable String context;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Holds a token; default: $SMO_TOKEN_FILE, else that of the context, else that of smo login, else"
                            + " the administrator's, where the server runs here.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) of those who vouch for an https server; default: $SMO_CA, else those of"
                    + " Java.")
    private @Nullable Path authorities;

    @Option(names = "--json", description = "JSON for programs instead of text for people.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private @Nullable Terminal terminal;

    public RestCalls client() {
        return clear(connection()::calls);
    }

    /** A client of the same server with another token, or none. */
    public RestCalls client(URI server, Optional<Path> token) {
        return clear(() -> connection().calls(server, token));
    }

    /** A client with the administrator's token, whoever has logged in. */
    public RestCalls asOwner() {
        return clear(connection()::owned)
                .orElseThrow(() -> wrong(
                        ("The administrator's token of %s cannot be read: run this on its machine, as the user whose"
                                        + " data it is, or give --token-file DATA/etc/admin.token")
                                .formatted(clear(() -> connection().server(RunningServers.now())))));
    }

    /** The server that is meant, if it runs on this machine as this user. */
    public Optional<RunningServers.LocalServer> local() {
        RunningServers running = RunningServers.now();
        return running.here(clear(() -> connection().server(running)));
    }

    /** The project of the environment or of the context. */
    public Optional<String> usualProject() {
        return clear(connection()::project);
    }

    public Terminal terminal() {
        Terminal present = terminal;
        if (present == null) {
            present = Terminal.create(command.commandLine().getOut(), json);
            terminal = present;
        }
        return present;
    }

    /** A line on standard error, where JSON for programs is not disturbed by it. */
    public void error(String text) {
        command.commandLine().getErr().println(Terminal.printable(text));
    }

    /** Says on standard error, if Ctrl-C ends the wait, that the operation goes on. */
    public InterruptNotice interruptNotice(String operation) {
        return onInterrupt(
                "Operation %s goes on. Follow it: smo wait --for operation=%s; end it: smo operation cancel %s"
                        .formatted(operation, operation, operation));
    }

    /** Says this on standard error, if Ctrl-C ends the wait. */
    public InterruptNotice onInterrupt(String text) {
        return new InterruptNotice(command.commandLine().getErr(), Terminal.printable(text));
    }

    /** What was given does not fit: to be thrown, and answered with the usage. */
    public ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), Terminal.printable(message));
    }

    private ServerConnection connection() {
        return new ServerConnection(
                Optional.ofNullable(url),
                Optional.ofNullable(port),
                Optional.ofNullable(tokenFile),
                Optional.ofNullable(authorities),
                Optional.ofNullable(context),
                System.getenv());
    }

    private <T> T clear(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (IllegalArgumentException unclear) {
            throw new ParameterException(command.commandLine(), String.valueOf(unclear.getMessage()), unclear);
        }
    }
}
