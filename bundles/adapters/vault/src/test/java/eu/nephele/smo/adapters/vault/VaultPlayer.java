// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plays the documented HTTP interface of Vault 1.15, as far as it is used: key-value engines of version 1 at {@code legacy} and of
 * version 2 at {@code kv} and {@code team/kv}, tokens, logins by AppRole and Kubernetes, namespaces, and the statuses of nodes that do not
 * serve. It is strict: another method, path, header or body than documented is an error. What it does not prove: that a Vault accepts what
 * the documents say.
 */
final class VaultPlayer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> VERSION_2 = List.of("team/kv", "kv");
    private static final String VERSION_1 = "legacy";

    /** A version of a secret. */
    private record Version(Map<String, Object> data, boolean deleted) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<Version>> versioned = new HashMap<>();
    private final Map<String, Map<String, Object>> plain = new HashMap<>();
    private final Map<String, Integer> leases = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private String namespace = "";
    private String secretId = "the-secret-id";
    private String jwt = "the-jwt";
    private int lease = 60;
    private Optional<Integer> status = Optional.empty();
    private Optional<CountDownLatch> silence = Optional.empty();

    VaultPlayer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void write(String mountAndPath, Map<String, Object> data) {
        if (mountAndPath.startsWith(VERSION_1 + "/")) {
            plain.put(mountAndPath, data);
        } else {
            versioned.computeIfAbsent(mountAndPath, any -> new ArrayList<>()).add(new Version(data, false));
        }
    }

    /** Deletes the latest version; its metadata stays. */
    synchronized void deleteLatest(String mountAndPath) {
        List<Version> versions = versioned.get(mountAndPath);
        versions.set(versions.size() - 1, new Version(Map.of(), true));
    }

    synchronized void token(String token, int ttlSeconds) {
        leases.put(token, ttlSeconds);
    }

    synchronized void revokeAll() {
        leases.clear();
    }

    synchronized void onlyInNamespace(String name) {
        namespace = name;
    }

    synchronized void secretId(String another) {
        secretId = another;
    }

    synchronized void jwt(String another) {
        jwt = another;
    }

    /** Every call is answered with it from now on, as nodes do that are sealed (503), stand by (429, 472, 473) or fail. */
    synchronized void serve(Optional<Integer> insteadOfAnswers) {
        status = insteadOfAnswers;
    }

    synchronized void silent(Optional<CountDownLatch> until) {
        silence = until;
    }

    /** Method and path of each call, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            String path = call.getRequestURI().getRawPath();
            calls.add(call.getRequestMethod() + " " + path);
            byte[] body = call.getRequestBody().readAllBytes();
            Optional<CountDownLatch> waits;
            synchronized (this) {
                waits = silence;
            }
            if (waits.isPresent()) {
                try {
                    waits.get().await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
            Reply reply = reply(call, path, body);
            byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.getResponseHeaders().add("Cache-Control", "no-store");
            call.sendResponseHeaders(reply.status(), bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    private record Reply(int status, ObjectNode body) {}

    private synchronized Reply reply(HttpExchange call, String path, byte[] body) throws IOException {
        if (status.isPresent()) {
            // a gateway with its debug mode on repeats what it was sent
            return errors(
                    status.get(),
                    status.get() == 503
                            ? "Vault is sealed"
                            : call.getRequestHeaders() + new String(body, StandardCharsets.UTF_8));
        }
        String given = Optional.ofNullable(call.getRequestHeaders().getFirst("X-Vault-Namespace"))
                .orElse("");
        if (!"true".equals(call.getRequestHeaders().getFirst("X-Vault-Request"))) {
            return errors(412, "required header is missing");
        }
        if (!given.equals(namespace)) {
            return errors(404, "no handler for route");
        }
        if (path.matches("/v1/auth/[^/]+/login")) {
            return login(call, path, JSON.readTree(body));
        }
        String token = Optional.ofNullable(call.getRequestHeaders().getFirst("X-Vault-Token"))
                .orElse("");
        if (!leases.containsKey(token)) {
            return errors(403, "permission denied");
        }
        if (path.equals("/v1/auth/token/renew-self") && call.getRequestMethod().equals("POST")) {
            return new Reply(200, auth(token));
        }
        if (path.equals("/v1/auth/token/lookup-self") && call.getRequestMethod().equals("GET")) {
            ObjectNode answer = envelope();
            answer.putObject("data")
                    .put("ttl", leases.get(token))
                    .put("renewable", true)
                    .put("type", "service");
            return new Reply(200, answer);
        }
        return call.getRequestMethod().equals("GET")
                ? read(path.substring("/v1/".length()))
                : errors(405, "unsupported operation");
    }

    private Reply login(HttpExchange call, String path, JsonNode body) {
        boolean good =
                switch (path) {
                    case "/v1/auth/approle/login" ->
                        body.path("role_id").asText().equals("the-role")
                                && body.path("secret_id").asText().equals(secretId);
                    case "/v1/auth/cluster/login" ->
                        body.path("role").asText().equals("smo")
                                && body.path("jwt").asText().equals(jwt);
                    default -> false;
                };
        if (!call.getRequestMethod().equals("POST") || !good) {
            return path.contains("approle")
                    ? errors(400, "invalid role or secret ID")
                    : errors(403, "permission denied");
        }
        String token = "hvs." + UUID.randomUUID();
        leases.put(token, lease);
        return new Reply(200, auth(token));
    }

    private Reply read(String place) {
        if (place.startsWith(VERSION_1 + "/")) {
            Map<String, Object> data = plain.get(place);
            return data == null ? errors(404) : new Reply(200, with(envelope().put("lease_duration", 2_764_800), data));
        }
        for (String mount : VERSION_2) {
            if (place.startsWith(mount + "/data/")) {
                List<Version> versions = versioned.get(mount + "/" + place.substring((mount + "/data/").length()));
                return versions == null ? errors(404) : latest(versions);
            }
            if (place.startsWith(mount + "/")) {
                ObjectNode answer = envelope();
                answer.putArray("warnings")
                        .add(
                                "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use.");
                return new Reply(404, answer);
            }
        }
        return errors(
                403, "preflight capability check returned 403, please ensure client's policies grant access to path");
    }

    private static Reply latest(List<Version> versions) {
        Version latest = versions.get(versions.size() - 1);
        ObjectNode answer = envelope();
        ObjectNode outer = answer.putObject("data");
        if (latest.deleted()) {
            outer.putNull("data");
        } else {
            outer.set("data", JSON.valueToTree(latest.data()));
        }
        outer.putObject("metadata")
                .put("created_time", "2026-01-01T00:00:00Z")
                .put("deletion_time", latest.deleted() ? "2026-01-02T00:00:00Z" : "")
                .put("destroyed", false)
                .put("version", versions.size())
                .putNull("custom_metadata");
        return new Reply(latest.deleted() ? 404 : 200, answer);
    }

    private ObjectNode auth(String token) {
        ObjectNode answer = envelope();
        answer.putObject("auth")
                .put("client_token", token)
                .put("accessor", "any")
                .put("lease_duration", leases.get(token))
                .put("renewable", true)
                .put("token_type", "service");
        return answer;
    }

    private static ObjectNode with(ObjectNode answer, Map<String, Object> data) {
        answer.set("data", JSON.valueToTree(data));
        return answer;
    }

    private static ObjectNode envelope() {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("request_id", UUID.randomUUID().toString())
                .put("lease_id", "")
                .put("renewable", false)
                .put("lease_duration", 0)
                .putNull("data")
                .putNull("wrap_info")
                .putNull("warnings")
                .putNull("auth");
        return answer;
    }

    private static Reply errors(int status, String... texts) {
        ObjectNode answer = JSON.createObjectNode();
        List.of(texts).forEach(answer.putArray("errors")::add);
        return new Reply(status, answer);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
