// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** Servers of this user on this machine, as listed in {@code ~/.smo/servers/<port>.json}. */
public final class RunningServers {

    private static final URI USUAL = URI.create("http://127.0.0.1:8000");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final List<Running> servers;

    private RunningServers(List<Running> servers) {
        this.servers = List.copyOf(servers);
    }

    private record Running(URI url, long process, String profile, String data, Path tokenFile) {
        private static Running from(JsonNode description) {
            return new Running(
                    URI.create(description.path("url").asText()),
                    description.path("process").asLong(),
                    description.path("profile").asText("?"),
                    description.path("data").asText("?"),
                    Path.of(description.path("tokenFile").asText()));
        }

        private String text() {
            return "%s  profile %s, data %s, process %d".formatted(url, profile, data, process);
        }
    }

    /** Present servers of this user. A file without its process is a left-over; another program may use its port. */
    public static RunningServers now() {
        Path folder = Path.of(System.getProperty("user.home"), ".smo", "servers");
        return in(folder, process -> ProcessHandle.of(process).isPresent());
    }

    static RunningServers in(Path folder, LongPredicate lives) {
        List<Running> servers = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
                for (Path file : files) {
                    read(file)
                            .filter(server -> lives.test(server.path("process").asLong()))
                            .map(Running::from)
                            .ifPresent(servers::add);
                }
            } catch (IOException | IllegalArgumentException unreadable) {
                // They are unknown then, as on another machine.
                return new RunningServers(List.of());
            }
        }
        return new RunningServers(servers);
    }

    /**
     * A server of this user that runs on this machine.
     *
     * @param process its number
     */
    public record LocalServer(long process, Path data) {}

    /** The server at an address of this machine, by its port. */
    public Optional<LocalServer> here(URI server) {
        return servers.stream()
                .filter(running -> running.url().getPort() == server.getPort() && isHere(server.getHost()))
                .map(running -> new LocalServer(running.process(), Path.of(running.data())))
                .findFirst();
    }

    /** The only one running, else that of the default port. With several it fails: none is guessed. */
    public URI meant() {
        if (servers.size() > 1) {
            throw CallFailed.severalServers(texts());
        }
        return servers.isEmpty() ? USUAL : servers.get(0).url();
    }

    /** A line for each. */
    public List<String> texts() {
        return servers.stream().map(Running::text).sorted().toList();
    }

    public Optional<URI> at(int port) {
        return servers.stream()
                .map(Running::url)
                .filter(url -> url.getPort() == port)
                .findFirst();
    }

    public Optional<Path> tokenFile(URI server) {
        return servers.stream()
                .filter(running -> running.url().getPort() == server.getPort())
                .filter(running ->
                        isHere(server.getHost()) || running.url().getHost().equals(server.getHost()))
                .map(Running::tokenFile)
                .findFirst();
    }

    private static boolean isHere(String host) {
        return host != null && LOOPBACK.contains(host);
    }

    /** Empty when the server is just stopping and removes its file. */
    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(new JsonTreeReader().read(Files.readString(file)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
