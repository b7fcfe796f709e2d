// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Keeps folders and dashboards as Grafana's published HTTP interface says. What it does not prove: that a Grafana accepts and draws
 * what it is sent, how its roles and versions answer, how far its search is behind, and how it fails when its own database is away.
 */
final class GrafanaPlayer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** A dashboard and the folder it is in. */
    private record Saved(String folder, ObjectNode dashboard) {}

    /** An answer of the interface. */
    private record Answer(int status, JsonNode body) {}

    private final Map<String, String> folders = new TreeMap<>();
    private final Map<String, Saved> dashboards = new TreeMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    GrafanaPlayer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized List<String> titles() {
        return dashboards.values().stream()
                .map(saved -> saved.dashboard().path("title").asText())
                .sorted()
                .toList();
    }

    private void handle(HttpExchange call) throws IOException {
        try (call) {
            JsonNode body = JSON.readTree(call.getRequestBody().readAllBytes());
            Answer answer = route(
                    call.getRequestMethod(),
                    call.getRequestURI().getPath(),
                    String.valueOf(call.getRequestURI().getRawQuery()),
                    body);
            byte[] bytes = JSON.writeValueAsBytes(answer.body());
            call.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            call.sendResponseHeaders(answer.status(), bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer route(String method, String path, String query, JsonNode body) {
        String uid = path.substring(path.lastIndexOf('/') + 1);
        return switch (method + " " + path.replaceFirst("(/uid|/folders)/[^/]+$", "$1/*")) {
            case "POST /api/folders" -> create(body);
            case "GET /api/folders/*" -> folders.containsKey(uid) ? message(200, folders.get(uid)) : message(404, uid);
            case "DELETE /api/folders/*" -> {
                dashboards.values().removeIf(saved -> saved.folder().equals(uid));
                yield message(folders.remove(uid) == null ? 404 : 200, uid);
            }
            case "POST /api/dashboards/db" -> save(body);
            case "GET /api/dashboards/uid/*" -> find(uid);
            case "DELETE /api/dashboards/uid/*" -> message(dashboards.remove(uid) == null ? 404 : 200, uid);
            case "GET /api/search" -> search(query);
            default -> message(404, "Not found");
        };
    }

    private Answer create(JsonNode folder) {
        boolean isNew = folders.putIfAbsent(
                        folder.path("uid").asText(), folder.path("title").asText())
                == null;
        return message(isNew ? 200 : 412, "the folder has been changed by someone else");
    }

    private Answer save(JsonNode request) {
        ObjectNode dashboard = request.path("dashboard").deepCopy();
        String uid = dashboard.path("uid").asText();
        String folder = request.path("folderUid").asText();
        if (!folders.containsKey(folder)) {
            return message(404, "folder not found");
        }
        Saved before = dashboards.get(uid);
        int version = before == null ? 0 : before.dashboard().path("version").asInt();
        if (version != dashboard.path("version").asInt()) {
            return new Answer(
                    412,
                    object().put("status", "version-mismatch")
                            .put("message", "The dashboard has been changed by someone else"));
        }
        dashboards.put(uid, new Saved(folder, dashboard.put("version", version + 1)));
        return new Answer(200, object().put("uid", uid).put("status", "success"));
    }

    private Answer find(String uid) {
        Saved saved = dashboards.get(uid);
        return saved == null
                ? message(404, "Dashboard not found")
                : new Answer(200, object().set("dashboard", saved.dashboard()));
    }

    private Answer search(String query) {
        List<String> tags = values(query, "tag=");
        List<String> inFolders = values(query, "folderUIDs=");
        ArrayNode hits = JsonNodeFactory.instance.arrayNode();
        dashboards.forEach((uid, saved) -> {
            JsonNode own = saved.dashboard().path("tags");
            boolean tagged = tags.stream().allMatch(tag -> own.toString().contains("\"" + tag + "\""));
            if (tagged && (inFolders.isEmpty() || inFolders.contains(saved.folder()))) {
                hits.add(object().put("uid", uid)
                        .put("folderUid", saved.folder())
                        .set("tags", own));
            }
        });
        return new Answer(200, hits);
    }

    private static List<String> values(String query, String key) {
        return Stream.of(query.split("&", -1))
                .filter(pair -> pair.startsWith(key))
                .map(pair -> URLDecoder.decode(pair.substring(key.length()), StandardCharsets.UTF_8))
                .toList();
    }

    private static Answer message(int status, String text) {
        return new Answer(status, object().put("message", text));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
