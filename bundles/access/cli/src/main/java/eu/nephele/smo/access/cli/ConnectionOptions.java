// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.RunningServers;
import eu.nephele.smo.access.cli.client.ServerAuthorities;
import eu.nephele.smo.access.cli.client.ServerChoice;
import eu.nephele.smo.access.cli.client.StoredSessions;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
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
            description = "The server; default: $SMO_URL, else the one that runs here, else http://127.0.0.1:8000.")
    private @Nullable String url;

    @Option(names = "--port", paramLabel = "N", description = "Instead: the server at this port of this machine.")
    private @Nullable Integer port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Holds a token; default: that of smo login, else the administrator's, where the server runs here.")
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
        RunningServers running = RunningServers.now();
        URI server = server(running);
        return client(
                server,
                Optional.ofNullable(tokenFile)
                        .or(() -> StoredSessions.ofUser().file(server))
                        .or(() -> running.tokenFile(server)));
    }

    /** A client of the same server with another token, or none. */
    public RestCalls client(URI server, Optional<Path> token) {
        return new RestCalls(server, token, authorities());
    }

    /** A client with the administrator's token, whoever has logged in. */
    public RestCalls asOwner() {
        RunningServers running = RunningServers.now();
        URI server = server(running);
        Optional<Path> token = Optional.ofNullable(tokenFile).or(() -> running.tokenFile(server));
        if (token.filter(Files::isReadable).isEmpty()) {
            throw wrong(
                    ("The administrator's token of %s cannot be read: run this on its machine, as the user whose data it"
                                    + " is, or give --token-file DATA/etc/admin.token")
                            .formatted(server));
        }
        return client(server, token);
    }

    /** The server that is meant, if it runs on this machine as this user. */
    public Optional<RunningServers.LocalServer> local() {
        RunningServers running = RunningServers.now();
        return running.here(server(running));
    }

    private Optional<SSLContext> authorities() {
        try {
            return new ServerAuthorities(Optional.ofNullable(authorities), System.getenv()).context();
        } catch (IllegalArgumentException unreadable) {
            throw new ParameterException(command.commandLine(), unreadable.getMessage(), unreadable);
        }
    }

    private URI server(RunningServers running) {
        try {
            return new ServerChoice(Optional.ofNullable(url), Optional.ofNullable(port), System.getenv())
                    .among(running);
        } catch (IllegalArgumentException unclear) {
            throw new ParameterException(command.commandLine(), unclear.getMessage(), unclear);
        }
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

    /** What was given does not fit: to be thrown, and answered with the usage. */
    public ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), Terminal.printable(message));
    }
}
