// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The server that a command addresses: options for URL and port, environment, possibly with {@code SMO_URL}. */
public record ServerChoice(Optional<String> url, Optional<Integer> port, Map<String, String> environment) {

    private static final String VARIABLE = "SMO_URL";
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LAST_PORT = 65_535;

    /**
     * The server named by an option, else by the environment, else the one that runs here.
     *
     * @throws IllegalArgumentException when the option or variable is not valid
     * @throws CallFailed when nothing is given and several servers run
     */
    public URI among(RunningServers running) {
        if (url.isPresent() && port.isPresent()) {
            throw new IllegalArgumentException("--url and --port both name a server, expected one of them");
        }
        if (url.isPresent()) {
            return server("--url", url.get());
        }
        if (port.isPresent()) {
            return local(port.get(), running);
        }
        String told = environment.getOrDefault(VARIABLE, "");
        return told.isBlank() ? running.meant() : server(VARIABLE, told.strip());
    }

    /** Address of the server with that port, which need not be the loopback address. */
    private static URI local(int port, RunningServers running) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("--port %d: expected 1 to %d".formatted(port, LAST_PORT));
        }
        return running.at(port).orElseGet(() -> URI.create("http://127.0.0.1:" + port));
    }

    private static URI server(String source, String text) {
        try {
            URI server = new URI(text);
            if (server.getHost() != null && server.getScheme() != null && SCHEMES.contains(server.getScheme())) {
                return server;
            }
        } catch (URISyntaxException noUrl) {
            throw new IllegalArgumentException(wrong(source, text), noUrl);
        }
        throw new IllegalArgumentException(wrong(source, text));
    }

    private static String wrong(String source, String text) {
        return "%s is '%s', expected a URL such as http://127.0.0.1:8000".formatted(source, text);
    }
}
