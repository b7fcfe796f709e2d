// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The profile {@code production}: nothing simulated, and plugins of trusted partners only; keys as partners make them. */
class ProductionProfileIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final int PORT = Distribution.freePort();
    private static final Path KEYS = Distribution.freshFolder("keys");
    private static final Settings SETTINGS = Settings.fresh();
    private static final String TOKEN = "of-the-operator-8f3k2l9d";
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        Path trust = Files.createDirectories(SETTINGS.data().resolve("etc/trust"));
        for (String name : List.of("partner", "stranger")) {
            tool("keytool -genkeypair -keyalg EC -validity 10 -alias %1$s -dname CN=%1$s".formatted(name));
        }
        tool("keytool -exportcert -rfc -alias partner -file " + trust.resolve("partner.pem"));
        SETTINGS.file("etc/admin.token", TOKEN + "\n");
        server = ServerProcess.start(
                "--json",
                "--profile",
                "production",
                "--port",
                Integer.toString(PORT),
                "--data",
                SETTINGS.data().toString());
        server.awaitEvent("started");
        Eventually.within(
                PATIENCE_SECONDS,
                () -> RestClient.known(PORT, TOKEN).get("/api/v1/plugins").status(),
                status -> assertThat(status).isEqualTo(200));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void withoutAnAdapterItIsNotReadyAndSaysWhatIsMissing() throws Exception {
        RestClient client = RestClient.known(PORT, TOKEN);
        assertThat(client.get("/api/v1/clusters").json().path("items")).isEmpty();
        assertThat(client.get("/health/live").status()).isEqualTo(200);
        RestClient.Answer ready = client.get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text()).contains("no source of clusters yet");
    }

    @Test
    void aPluginSignedByATrustedPartnerThatPassesTheConformanceChecksIsUsed() throws Exception {
        Path example = Distribution.HOME.resolve("examples/energy-aware-1.0.0.jar");
        JsonNode operation = upload(signed("energy-aware", Files.readAllBytes(example), "partner"));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        String plugins = RestClient.known(PORT, TOKEN).get("/api/v1/plugins").text();
        assertThat(plugins).contains("\"ACTIVE\"", "CN=partner");
    }

    @Test
    void callersNeedCredentials() throws Exception {
        RestClient nobody = new RestClient(PORT);
        assertThat(nobody.get("/api/v1/plugins").status()).isEqualTo(401);
        assertThat(nobody.get("/metrics").status()).isEqualTo(401);
        assertThat(nobody.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void withMissingOrKnownCredentialsItEndsAndSaysStepByStepWhatToSet() throws Exception {
        Settings careless = Settings.fresh()
                .with(
                        "eu.nephele.smo.adapters.grafana",
                        "url=http://127.0.0.1:9",
                        "username=admin",
                        "password=file:secrets/grafana");
        Files.createDirectories(careless.data().resolve("secrets"));
        careless.file("secrets/grafana", "admin\n");
        try (ServerProcess ending = ServerProcess.start(
                "--json",
                "--profile",
                "production",
                "--port",
                Integer.toString(Distribution.freePort()),
                "--data",
                careless.data().toString())) {
            assertThat(ending.exitCode(30)).isEqualTo(78);
            assertThat(ending.errorText())
                    .contains(
                            "1. The administrator's token is missing",
                            "2. password of eu.nephele.smo.adapters.grafana is a default that everybody knows",
                            "urandom");
            assertThat(careless.data().resolve("etc/admin.token")).doesNotExist();
        }
    }

    @Test
    void everythingElseIsRefusedWithTheReason() throws Exception {
        byte[] unsigned = BadPlugin.good("org.example.unsigned").bytes();
        byte[] naive = BadPlugin.good("org.example.naive").bytes();
        refused(unsigned, "not signed");
        refused(signed("foreign", unsigned, "stranger"), "CN=stranger, who is not in the trust store");
        refused(tampered(signed("tampered", unsigned, "partner")), "changed after it was signed");
        refused(signed("naive", naive, "partner"), "fails the conformance kit");
        assertThat(RestClient.known(PORT, TOKEN).get("/api/v1/strategies").text())
                .doesNotContain("org.example.unsigned");
    }

    private static void refused(byte[] jar, String why) throws Exception {
        JsonNode answer = upload(jar);
        assertThat(answer.path("state").asText()).as(answer.toString()).isNotEqualTo("SUCCEEDED");
        assertThat(answer.toString()).contains(why);
    }

    /** @return the operation, or the problem */
    private static JsonNode upload(byte[] jar) throws IOException, InterruptedException {
        String token =
                Files.readString(SETTINGS.data().resolve("etc/admin.token")).strip();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:%d/api/v1/plugins?wait=60&name=plugin.jar".formatted(PORT)))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/java-archive")
                                .POST(BodyPublishers.ofByteArray(jar))
                                .build(),
                        BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body());
    }

    private static byte[] signed(String name, byte[] jar, String by) throws Exception {
        Path file = Files.write(KEYS.resolve(name + ".jar"), jar);
        tool("jarsigner %s %s".formatted(file, by));
        return Files.readAllBytes(file);
    }

    /** With another class than the one that was signed: one byte of its constants differs. */
    private static byte[] tampered(byte[] jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    content[content.length - 1] ^= 1;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void tool(String line) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList(line.split(" ")));
        command.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        command.addAll(
                1,
                List.of(
                        "-storepass",
                        "secret",
                        "-keystore",
                        KEYS.resolve("keys.p12").toString()));
        if (command.get(0).endsWith("keytool")) {
            // the command of keytool comes first
            command.add(1, command.remove(5));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", line, output).isZero();
    }
}
