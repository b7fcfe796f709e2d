// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import eu.nephele.smo.access.cli.context.ContextFile;
import eu.nephele.smo.access.cli.context.SavedContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which server is meant, and with which token: what is said in the options, else in the environment ({@code SMO_URL}, {@code SMO_PROJECT},
 * {@code SMO_TOKEN_FILE}, {@code SMO_CA}), else in the context, else what runs on this machine.
 *
 * @param context name of a context, of {@code --context}
 */
public record ServerConnection(
        Optional<String> url,
        Optional<Integer> port,
        Optional<Path> tokenFile,
        Optional<Path> authorities,
        Optional<String> context,
        Map<String, String> environment) {

    private static final String TOKEN_FILE = "SMO_TOKEN_FILE";
    private static final String PROJECT = "SMO_PROJECT";
    private static final String URL = "SMO_URL";

    /**
     * A client with the token of whoever has logged in, else of the owner.
     *
     * @throws IllegalArgumentException when what is said is not clear
     * @throws CallFailed when nothing is said and several servers run
     */
    public RestCalls calls() {
        RunningServers running = RunningServers.now();
        URI server = server(running);
        return calls(
                server,
                token(server).or(() -> StoredSessions.ofUser().file(server)).or(() -> running.tokenFile(server)));
    }

    /** A client of that server with another token, or none. */
    public RestCalls calls(URI server, Optional<Path> token) {
        return new RestCalls(server, token, new ServerAuthorities(authorities, environment).context());
    }

    /** A client with the administrator's token, whoever has logged in; empty where it cannot be read. */
    public Optional<RestCalls> owned() {
        RunningServers running = RunningServers.now();
        URI server = server(running);
        Optional<Path> token = token(server).or(() -> running.tokenFile(server));
        return token.filter(Files::isReadable).map(file -> calls(server, token));
    }

    public URI server(RunningServers running) {
        ServerChoice choice = new ServerChoice(url, port, environment);
        boolean said = url.isPresent() || port.isPresent() || (!told(URL).isEmpty() && context.isEmpty());
        Optional<String> saved = said ? Optional.empty() : meant().server();
        return saved.map(server -> new ServerChoice(saved, Optional.empty(), environment).among(running))
                .orElseGet(() -> choice.among(running));
    }

    /** The project that is meant when a command names none. */
    public Optional<String> project() {
        return Optional.of(told(PROJECT)).filter(name -> !name.isEmpty()).or(() -> meant().project());
    }

    /** A token that was named, for the server that it was named for. */
    private Optional<Path> token(URI server) {
        return tokenFile
                .or(() -> Optional.of(told(TOKEN_FILE))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of))
                .or(() -> meant().server()
                                .filter(own -> URI.create(own).equals(server))
                                .isPresent()
                        ? meant().tokenFile().map(Path::of)
                        : Optional.empty());
    }

    private SavedContext meant() {
        return ContextFile.ofUser().read().meant(context);
    }

    private String told(String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
