// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.shell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does what usual commands do, against a server of its own that has one graph: the classes that it loads are those of the class-data
 * archive with which commands start sooner. The home directory has to be one that is made for it.
 */
public final class ArchiveTraining {

    private static final String GRAPH = """
            {"project":"demo","name":"hello","version":"1","generation":1,"revision":1,"paused":false,"desired":"RUNNING",
             "phase":"RUNNING","createdAt":"2026-11-01T00:00:00Z","updatedAt":"2026-11-01T00:00:00.5Z","ready":1.5}""";

    private ArchiveTraining() {}

    /** {@code commands}: runs one, with its arguments. */
    public static void run(Consumer<String[]> commands) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ArchiveTraining::answer);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            String port = String.valueOf(server.getAddress().getPort());
            announce(url, port);
            for (List<String> command : List.of(
                    List.of("get", "graphs", "-o", "name"),
                    List.of("get", "graphs", "-o", "name", "--port", port),
                    List.of("config", "set-context", "demo", "--server", url, "--project", "demo"),
                    List.of("get", "graphs", "-o", "name"),
                    List.of("get", "graphs", "-o", "name", "--url", url),
                    List.of("get", "graphs", "-p", "demo", "-o", "name", "--url", url),
                    List.of("get", "graphs", "--url", url),
                    List.of("get", "graphs", "-o", "json", "--url", url),
                    List.of("get", "graphs", "-o", "yaml", "--url", url),
                    List.of("operation", "list", "--url", url),
                    List.of("get", "--help"),
                    List.of("apply", "--help"))) {
                commands.accept(command.toArray(String[]::new));
            }
        } finally {
            server.stop(0);
        }
    }

    /** As a server of this user does, in the home directory of the training. */
    private static void announce(String url, String port) throws IOException {
        Path servers = Files.createDirectories(Path.of(System.getProperty("user.home"), ".smo", "servers"));
        Path token = Files.writeString(servers.resolveSibling("token"), "none");
        Files.writeString(servers.resolve(port + ".json"), """
                {"url":"%s","process":%d,"profile":"sim","data":"data","tokenFile":"%s"}""".formatted(
                        url, ProcessHandle.current().pid(), token));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = ("{\"items\":[" + GRAPH + "],\"nextCursor\":null}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
