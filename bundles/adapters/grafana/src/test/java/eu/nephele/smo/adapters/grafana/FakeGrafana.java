// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Folders, dashboards and search of Grafana, written from its published HTTP interface. Unspecified behaviour is strict:
 * titles are unique within a folder as in older versions.
 */
final class FakeGrafana implements AutoCloseable {

    static {
        // else each answer waits 40 ms for the acknowledgement of its header
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_UID = 40;
    private static final int MAX_TAG = 50;

    /**
     * A dashboard that is stored.
     *
     * @param json with its version
     */
    record Saved(String folder, ObjectNode json) {
        int version() {
            return json.path("version").asInt();
        }
    }

    /** An answer to every request. */
    record Answer(int status, String contentType, String body, Map<String, String> headers) {}

    final Map<String, String> folders = new TreeMap<>();
    final Map<String, Saved> dashboards = new TreeMap<>();
    /** Folders with alert rules, which are never deleted. */
    final Set<String> withRules = new HashSet<>();
    /** All requests: method and path. */
    final List<String> calls = new CopyOnWriteArrayList<>();
    /** {@code Authorization} of all requests, "" for none. */
    final List<String> credentials = new CopyOnWriteArrayList<>();

    /** Flag: search has the parameter {@code folderUIDs}; older versions return everything. */
    volatile boolean searchesFolders = true;
    /** Flag: search repeats its last result, because its index may lag behind. */
    volatile boolean searchIsBehind;
    /** Runs before a dashboard is saved: a concurrent client. */
    volatile Runnable beforeSave = () -> {};
    /** Runs before a folder is deleted. */
    volatile Runnable beforeFolderDelete = () -> {};

    private final AtomicInteger effects = new AtomicInteger();
    private final Map<String, Answer> planned = new TreeMap<>();
    private final ObjectMapper mapper = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private List<ObjectNode> index = new ArrayList<>();

    FakeGrafana() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Sets the answer to such requests from now on. */
    void answers(String method, String path, int status, String body) {
        planned.put(method + " " + path, new Answer(status, "application/json", body, Map.of()));
    }

    void answers(String method, String path, Answer answer) {
        planned.put(method + " " + path, answer);
    }

    /** Sets the answer to every request from now on. */
    void fails(int status) {
        for (String method : List.of("GET", "POST", "DELETE")) {
            answers(method, "/", status, "{\"message\":\"not now\"}");
        }
    }

    /** Returns the number of changing requests. */
    int effects() {
        return effects.get();
    }

    void answersByItself() {
        planned.clear();
    }

    /** Returns the changing requests. */
    List<String> writes() {
        return calls.stream().filter(call -> !call.startsWith("GET ")).toList();
    }

    synchronized void put(String folder, ObjectNode dashboard) {
        dashboards.put(dashboard.path("uid").asText(), new Saved(folder, dashboard));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String call = exchange.getRequestMethod() + " " + path;
        calls.add(call);
        credentials.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse(""));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (call.equals("POST /api/dashboards/db")) {
            beforeSave.run();
        } else if (call.startsWith("DELETE /api/folders/")) {
            beforeFolderDelete.run();
        }
        Answer answer = planned.entrySet().stream()
                .filter(plan -> call.startsWith(plan.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> route(call, exchange.getRequestURI().getRawQuery(), body));
        if (!call.startsWith("GET ") && answer.status() < 300) {
            effects.incrementAndGet();
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Answer route(String call, String query, String body) {
        String last = call.substring(call.lastIndexOf('/') + 1);
        if (call.equals("POST /api/dashboards/db")) {
            return save(body);
        } else if (call.startsWith("GET /api/dashboards/uid/")) {
            return found(last);
        } else if (call.startsWith("DELETE /api/dashboards/uid/")) {
            return dashboards.remove(last) == null ? message(404, "Dashboard not found") : message(200, "deleted");
        } else if (call.equals("POST /api/folders")) {
            return folder(body);
        } else if (call.startsWith("GET /api/folders/")) {
            return folders.containsKey(last)
                    ? json(200, JSON.objectNode().put("uid", last).put("title", folders.get(last)))
                    : message(404, "folder not found");
        } else if (call.startsWith("DELETE /api/folders/")) {
            return deleteFolder(last);
        } else if (call.equals("GET /api/search")) {
            return search(query);
        }
        return message(404, "Not found");
    }

    private Answer save(String body) {
        JsonNode request = parsed(body);
        JsonNode dashboard = request.path("dashboard");
        String uid = dashboard.path("uid").asText();
        String title = dashboard.path("title").asText();
        String folder = request.path("folderUid").asText();
        if (!dashboard.isObject() || title.isBlank() || uid.length() > MAX_UID || tooLong(dashboard.path("tags"))) {
            return message(400, "bad request data");
        }
        if (!folders.containsKey(folder)) {
            return message(404, "folder not found");
        }
        boolean overwrite = request.path("overwrite").asBoolean();
        int version = dashboards.containsKey(uid) ? dashboards.get(uid).version() : 0;
        if (!overwrite && version != dashboard.path("version").asInt()) {
            return refusal("version-mismatch", "The dashboard has been changed by someone else");
        }
        if (dashboards.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(uid)
                        && other.getValue().folder().equals(folder)
                        && other.getValue().json().path("title").asText().equals(title))) {
            return refusal("name-exists", "A dashboard with the same name in the folder already exists");
        }
        ObjectNode stored = ((ObjectNode) dashboard.deepCopy()).put("version", version + 1);
        dashboards.put(uid, new Saved(folder, stored));
        return json(
                200,
                JSON.objectNode().put("uid", uid).put("url", "/d/" + uid + "/x").put("status", "success"));
    }

    private Answer found(String uid) {
        Saved saved = dashboards.get(uid);
        if (saved == null) {
            return message(404, "Dashboard not found");
        }
        ObjectNode answer = JSON.objectNode();
        answer.set("dashboard", saved.json());
        answer.putObject("meta").put("folderUid", saved.folder());
        return json(200, answer);
    }

    private Answer folder(String body) {
        JsonNode request = parsed(body);
        String uid = request.path("uid").asText();
        String title = request.path("title").asText();
        if (folders.containsKey(uid)) {
            return refusal("version-mismatch", "the folder has been changed by someone else");
        }
        if (folders.containsValue(title)) {
            return message(409, "a folder with the same name already exists in the current location");
        }
        folders.put(uid, title);
        return json(200, JSON.objectNode().put("uid", uid).put("title", title));
    }

    private Answer deleteFolder(String uid) {
        if (!folders.containsKey(uid)) {
            return message(404, "folder not found");
        }
        if (withRules.contains(uid)) {
            return message(400, "folder contains alert rules");
        }
        folders.remove(uid);
        dashboards.values().removeIf(saved -> saved.folder().equals(uid));
        return message(200, "Folder deleted");
    }

    private Answer search(String query) {
        Map<String, List<String>> asked = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            asked.computeIfAbsent(parts[0], key -> new ArrayList<>())
                    .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        if (!searchIsBehind) {
            index = new ArrayList<>();
            dashboards.forEach((uid, saved) -> {
                ObjectNode hit =
                        JSON.objectNode().put("uid", uid).put("type", "dash-db").put("folderUid", saved.folder());
                hit.set("tags", saved.json().path("tags"));
                index.add(hit);
            });
        }
        int limit = Integer.parseInt(asked.get("limit").get(0));
        int page = Integer.parseInt(asked.get("page").get(0));
        ArrayNode hits = JSON.arrayNode();
        index.stream()
                .filter(hit -> asked.getOrDefault("tag", List.of()).stream()
                        .allMatch(tag -> hit.path("tags").toString().contains("\"" + tag + "\"")))
                .filter(hit -> !searchesFolders
                        || !asked.containsKey("folderUIDs")
                        || asked.get("folderUIDs")
                                .contains(hit.path("folderUid").asText()))
                .skip((long) limit * (page - 1))
                .limit(limit)
                .forEach(hits::add);
        return json(200, hits);
    }

    private static boolean tooLong(JsonNode tags) {
        for (JsonNode tag : tags) {
            if (tag.asText().length() > MAX_TAG) {
                return true;
            }
        }
        return false;
    }

    private JsonNode parsed(String body) {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("This is no JSON: " + body, e);
        }
    }

    private static Answer refusal(String status, String message) {
        return json(412, JSON.objectNode().put("status", status).put("message", message));
    }

    private static Answer message(int status, String message) {
        return json(status, JSON.objectNode().put("message", message));
    }

    private static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json; charset=UTF-8", body.toString(), Map.of());
    }
}
