// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** The archive of {@code ./smo diagnose} helps, and has none of the secrets that a server may know. */
class DiagnoseIT {

    private static final long PATIENCE_SECONDS = 180;

    /** Each kind of secret has its own end, so that a failure says which one got out. */
    private static final String MARKER = "hUnT3r2pLaNt3d";

    private static final List<String> FILES = List.of(
            "audit.txt",
            "bundles.txt",
            "configurations.txt",
            "errors.txt",
            "health.txt",
            "heap.txt",
            "metrics.txt",
            "operations.txt",
            "recording.jfr",
            "system.txt",
            "threads.txt");

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final Path folder = Distribution.freshFolder("diagnose");

    @Test
    void theArchiveHasWhatIsNeededAndNoSecrets() throws Exception {
        Settings settings = Settings.fresh()
                .world(new int[] {100})
                .with("eu.nephele.smo.access.security", "alertsSecret=" + MARKER + "Configured")
                .with(
                        "eu.nephele.smo.adapters.grafana",
                        "url=http://admin:" + MARKER + "InUrl@127.0.0.1:9/",
                        "token=" + MARKER + "Token")
                .with("eu.nephele.smo.misspelt", "password=" + MARKER + "Undescribed")
                .file("kubeconfig", "users: [{user: {token: " + MARKER + "Kubeconfig}}]\n")
                .with("eu.nephele.smo.adapters.karmada~main", "kubeconfig=kubeconfig");
        List<String> flags = new ArrayList<>(QuickStart.flags());
        flags.add("-Dsome.password=" + MARKER + "Property");
        flags.add("-D" + MARKER + "PropertyName=x");
        Path data = settings.data();
        try (ServerProcess server = ServerProcess.start(
                flags, List.of("--json", "--port", Integer.toString(port), "--data", data.toString()))) {
            server.awaitEvent("ready");
            String admin = Files.readString(data.resolve("etc/admin.token")).strip();
            use(admin);

            Path archive = folder.resolve("server.zip");
            assertThat(commandLine(
                            server,
                            "diagnose",
                            "--port",
                            Integer.toString(port),
                            "--jfr",
                            "2s",
                            "--archive",
                            archive.toString()))
                    .contains("Written: " + archive);
            Map<String, byte[]> entries = entries(archive);
            assertThat(entries.keySet()).containsExactlyElementsOf(FILES);
            assertThat(Files.size(archive)).isLessThan(20L << 20);
            tells(entries);
            hasNone(MARKER, archive, entries);
            hasNone(admin, archive, entries);
            recordingHasNoTexts(entries.get("recording.jfr"));
            assertThat(audited(admin)).anyMatch(action -> action.endsWith("diagnose"));
            assertThat(client.post("/api/v1/runtime/diagnosis").status())
                    .as("without a token")
                    .isEqualTo(401);
            assertThat(data.resolve("tmp")).isDirectoryNotContaining("glob:**diagnosis*.zip");

            suspend(server, "-STOP");
            try {
                Path outside = folder.resolve("outside.zip");
                assertThat(commandLine(
                                server, "diagnose", "--port", Integer.toString(port), "--archive", outside.toString()))
                        .contains("does not answer in time");
                Map<String, byte[]> seen = entries(outside);
                assertThat(seen.keySet())
                        .containsExactly("files.txt", "heap.txt", "log.txt", "process.txt", "threads.txt", "why.txt");
                assertThat(text(seen, "log.txt")).contains("\"level\":\"INFO\"");
                hasNone(MARKER, outside, seen);
                hasNone(admin, outside, seen);
            } finally {
                suspend(server, "-CONT");
            }
        }
    }

    /** Requests with secrets of all kinds, some of which fail. */
    private void use(String admin) throws Exception {
        NativeApi api = new NativeApi(client, "shop");
        api.deploy(Descriptors.graph("till", Descriptors.service("scanner")));
        client.call("GET", "/api/v1/clusters", "", "Authorization", "Bearer " + MARKER + "Header");
        client.call("GET", "/api/v1/clusters", "", "Cookie", "session=" + MARKER + "Cookie");
        client.call("POST", "/api/v1/sessions", "{\"user\":\"anna\",\"password\":\"%sPassword\"}".formatted(MARKER));
        client.call("POST", "/alerts", "{}", "Authorization", "Bearer " + MARKER + "Alert");
        RestClient.Answer webhook = client.call(
                "POST",
                "/api/v1/webhooks",
                "{\"url\":\"https://hooks.example/%s\",\"secret\":\"%s-of-a-webhook\"}".formatted("x", MARKER),
                "Authorization",
                "Bearer " + admin);
        assertThat(webhook.status()).as(webhook.text()).isIn(200, 201, 400, 422);
    }

    private static void tells(Map<String, byte[]> entries) {
        assertThat(text(entries, "health.txt")).contains("role owner", "ok   store: the database answers");
        assertThat(text(entries, "bundles.txt")).contains("ACTIVE      eu.nephele.smo.core.engine");
        assertThat(text(entries, "threads.txt")).contains("\"main\"", "    at ");
        assertThat(text(entries, "heap.txt")).contains("java.lang.String", "Metaspace");
        assertThat(text(entries, "configurations.txt"))
                .contains("[eu.nephele.smo.access.security]", "alertsSecret -> (text of ");
        assertThat(text(entries, "metrics.txt")).contains("smo_engine_graphs");
        assertThat(text(entries, "system.txt")).contains("java.version ", "disk of the data: ", "smo.mv.db");
        assertThat(text(entries, "errors.txt")).isNotBlank();
        assertThat(text(entries, "audit.txt")).contains("last entry ");
    }

    private static void hasNone(String secret, Path archive, Map<String, byte[]> entries) throws IOException {
        assertThat(new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret);
        entries.forEach((name, bytes) -> {
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).as(name).doesNotContain(secret);
            // texts of a recording may be in UTF-16
            assertThat(new String(bytes, StandardCharsets.UTF_16LE)).as(name).doesNotContain(secret);
            assertThat(new String(bytes, StandardCharsets.UTF_16BE)).as(name).doesNotContain(secret);
        });
    }

    private void recordingHasNoTexts(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("recording.jfr"), bytes);
        int events = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                assertThat(event.getEventType().getName())
                        .doesNotContain("Environment", "Property", "JVMInformation", "SystemProcess", "File", "Socket");
                assertThat(event.toString()).doesNotContain(MARKER);
                events++;
            }
        }
        assertThat(events).isPositive();
    }

    private List<String> audited(String admin) throws Exception {
        List<String> actions = new ArrayList<>();
        for (JsonNode entry : client.call("GET", "/api/v1/audit?limit=1000", "", "Authorization", "Bearer " + admin)
                .json()
                .path("items")) {
            actions.add(entry.path("action").asText());
        }
        return actions;
    }

    private static void suspend(ServerProcess server, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(server.processId()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String commandLine(ServerProcess server, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", Distribution.HOME.resolve("smo").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("SMO_URL", "SMO_CA", "SMO_DATA", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("HOME", server.userHome().toString());
        Path output = Distribution.freshFolder("output").resolve("text");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private static String text(Map<String, byte[]> entries, String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> entries(Path archive) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
