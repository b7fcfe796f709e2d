// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A real Keycloak, from the archive that Maven has fetched, with the realm {@code shop} of {@code keycloak/shop.json}. */
final class KeycloakServer implements AutoCloseable {

    static final String CLIENT = "smo";
    static final String SECRET = "of-the-smo-at-keycloak";

    private static final String ADMIN = "admin";
    private static final int READY_SECONDS = 400;
    private static final JsonMapper JSON = new JsonMapper();

    private final int port = Distribution.freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;

    private KeycloakServer(Path home) throws IOException {
        this.log = home.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host",
                        "127.0.0.1",
                        "--http-port",
                        Integer.toString(port),
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("KEYCLOAK_ADMIN", ADMIN);
        environment.put("KEYCLOAK_ADMIN_PASSWORD", ADMIN);
        this.process = builder.start();
    }

    /** Returns when the realm is served. */
    static KeycloakServer start() throws Exception {
        Path archive = Path.of(System.getProperty("smo.keycloak", "?"));
        if (!Files.isRegularFile(archive)) {
            throw new AssertionError("No archive of Keycloak at %s: the build names it".formatted(archive));
        }
        Path home = unpacked(archive, Distribution.freshFolder("keycloak"));
        Path realms = Files.createDirectories(home.resolve("data/import"));
        try (InputStream realm = KeycloakServer.class.getResourceAsStream("/keycloak/shop.json")) {
            Files.copy(realm, realms.resolve("shop.json"));
        }
        KeycloakServer server = new KeycloakServer(home);
        try {
            server.awaitReady();
            return server;
        } catch (Exception | AssertionError failed) {
            server.close();
            throw failed;
        }
    }

    /** The archive has one folder, with its version in the name. */
    private static Path unpacked(Path archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("%s leads out of the archive".formatted(entry.getName()));
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(zip, target);
                }
            }
        }
        try (var children = Files.list(folder)) {
            return children.findFirst().orElseThrow();
        }
    }

    private void awaitReady() throws Exception {
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (get(issuer()).statusCode() == 200) {
                    System.out.printf(
                            "Keycloak is ready after %d ms%n",
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
                    return;
                }
            } catch (IOException notYet) {
                // it has not opened its port
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        throw new AssertionError("Keycloak is not ready: " + Files.readString(log));
    }

    String issuer() {
        return "http://127.0.0.1:%d/realms/shop".formatted(port);
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    /** What the provider gives for a password: {@code access_token}, {@code id_token}, {@code refresh_token}. */
    JsonNode tokens(String user, Map<String, String> clientOfIt) throws Exception {
        Map<String, String> form = new HashMap<>(clientOfIt);
        form.putAll(
                Map.of("grant_type", "password", "username", user, "password", user + "-password", "scope", "openid"));
        return form("/realms/shop/protocol/openid-connect/token", form);
    }

    JsonNode tokens(String user) throws Exception {
        return tokens(user, Map.of("client_id", CLIENT, "client_secret", SECRET));
    }

    private JsonNode form(String path, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = client.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("%s: %d %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
    }

    /** From now on it signs with a new key; the former one is published on, for tokens that are around. */
    void rotateKeys() throws Exception {
        String token = form(
                        "/realms/master/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                ADMIN,
                                "password",
                                ADMIN))
                .path("access_token")
                .asText();
        String realm = JSON.readTree(client.send(
                                request("/admin/realms/shop")
                                        .header("Authorization", "Bearer " + token)
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .path("id")
                .asText();
        String provider = """
                {"name":"next","providerId":"rsa-generated","providerType":"org.keycloak.keys.KeyProvider","parentId":"%s",
                 "config":{"priority":["1000"],"enabled":["true"],"active":["true"],"algorithm":["RS256"],"keySize":["2048"]}}""".formatted(realm);
        HttpResponse<String> answer = client.send(
                request("/admin/realms/shop/components")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(provider))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError("%d %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
