// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plugins that do harm, in the real server: they are refused or go, somebody can read why, and every graph is decided meanwhile. The
 * conformance kit is off, so that the guard has to find out. Foreign signatures are in {@link ProductionProfileIT}, a full disk in core/plugins.
 */
class BadPluginsIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int GRAPHS = 4;
    private static final int KIB = 1 << 10;

    private static final int PORT = Distribution.freePort();
    private static Settings settings;
    private static ServerProcess server;
    private static RestClient client;
    private static NativeApi api;

    @BeforeAll
    static void start() throws Exception {
        settings = Settings.fresh().world(new int[] {1, 64, 64}).with("eu.nephele.smo.core.plugins", "conformance=off");
        server = ServerProcess.ready(PORT, settings.data());
        client = new RestClient(PORT);
        api = new NativeApi(client, "bad");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        throws    | exception      | if (true) throw new IllegalStateException("broken on purpose");
        endless   | timeout        | while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
        greedy    | allocation     | while (!Thread.currentThread().isInterrupted()) { TAKEN.clear(); TAKEN.add(new byte[1 << 20]); }
        overbooks | invalid_answer | chosen.replaceAll((service, cluster) -> request.clusters().get(0).id());
        omits     | invalid_answer | chosen.remove(request.services().get(0).id());
        invents   | invalid_answer | chosen.replaceAll((service, cluster) -> new ClusterId("nowhere", "c99"));
        late      | timeout        | try { Thread.sleep(1_500); } catch (InterruptedException e) { Thread.interrupted(); }
        """)
    void aStrategyThatDoesHarmIsOutAndEveryGraphIsDecided(String name, String what, String deed) throws Exception {
        String id = "org.example." + name;
        install(BadPlugin.whose(id, deed).bytes(), id);
        for (int i = 0; i < GRAPHS; i++) {
            deployed("%s-%d".formatted(name, i), id);
        }
        JsonNode standing = Eventually.within(
                PATIENCE_SECONDS,
                () -> standing(id),
                now -> assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("EJECTED"));
        assertThat(standing.path("why").asText()).as(standing.toString()).contains("faults in a row");
        assertThat(standing.path("latestFaults"))
                .extracting(fault -> fault.path("what").asText())
                .contains(what);
        List<JsonNode> faults = list(standing.path("latestFaults"));
        Instant last = Instant.parse(faults.get(0).path("at").asText());
        assertThat(Duration.between(last, Instant.parse(standing.path("since").asText())))
                .as("from the fault that shows it to the ejection")
                .isLessThan(SOON);
        removed(id);
    }

    @Test
    void aStrategyThatIgnoresItsInterruptionIsGivenUpAndEveryGraphIsDecided() throws Exception {
        int port = Distribution.freePort();
        Settings own =
                Settings.fresh().world(new int[] {64, 64}).with("eu.nephele.smo.core.plugins", "conformance=off");
        String id = "org.example.deaf";
        try (ServerProcess lonely = ServerProcess.ready(port, own.data())) {
            assertThat(lonely.processId()).isPositive();
            RestClient there = new RestClient(port);
            byte[] jar = BadPlugin.whose(id, "boolean on = true; while (on) Thread.onSpinWait();")
                    .bytes();
            assertThat(upload(port, own, jar, id + ".jar").statusCode()).isIn(200, 202);
            NativeApi deaf = new NativeApi(there, "deaf");
            Eventually.within(
                    PATIENCE_SECONDS, () -> there.get("/api/v1/plugins").text(), text -> assertThat(text)
                            .contains("ACTIVE"));
            for (int i = 0; i < GRAPHS; i++) {
                deaf.deploy(graph("deaf-" + i, id));
            }
            Eventually.within(
                    PATIENCE_SECONDS, deaf::byPhase, phases -> assertThat(phases.getOrDefault("RUNNING", List.of()))
                            .hasSize(GRAPHS));
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> there.get("/api/v1/plugins").json().at("/items/0/services/0/standing"),
                    now -> {
                        assertThat(now.path("state").asText())
                                .as(now.toString())
                                .isEqualTo("EJECTED");
                        assertThat(now.path("abandonedThreads").asInt())
                                .as("calls that were inside when it was found out: one per graph at most")
                                .isBetween(1, GRAPHS);
                    });
        }
    }

    @Test
    void aPluginThatFailsInItsActivationIsNotUsedAndSaysWhy() throws Exception {
        String id = "org.example.fails";
        byte[] jar = BadPlugin.good(id)
                .activating("if (true) throw new IllegalStateException(\"no licence\");")
                .bytes();
        HttpResponse<String> answer = upload(PORT, settings, jar, id + ".jar");
        String why = reason(answer);
        assertThat(why).contains("no licence");
        Eventually.within(PATIENCE_SECONDS, () -> plugin(id), now -> {
            assertThat(now.path("state").asText()).isEqualTo("FAILED");
            assertThat(now.path("why").asText()).contains("no licence");
        });
        deployed("after-fails", "first-fit");
    }

    @Test
    void aPluginThatLeaksAThreadFailsTheConformanceChecks() throws Exception {
        int port = Distribution.freePort();
        Settings own = Settings.fresh().world(new int[] {64});
        try (ServerProcess strict = ServerProcess.ready(port, own.data())) {
            assertThat(strict.processId()).isPositive();
            String id = "org.example.leaks";
            String leak = "Thread leak = new Thread(() -> { while (true) { try { Thread.sleep(60_000); }"
                    + " catch (InterruptedException e) { } } }); leak.setDaemon(true); leak.start();";
            upload(port, own, BadPlugin.whose(id, leak).bytes(), id + ".jar");
            RestClient there = new RestClient(port);
            JsonNode failed = Eventually.within(
                    PATIENCE_SECONDS,
                    () -> there.get("/api/v1/plugins").json().at("/items/0"),
                    now -> assertThat(now.path("state").asText()).isEqualTo("FAILED"));
            assertThat(failed.path("why").asText()).contains("thread");
        }
    }

    static Stream<Arguments> notAllowed() throws IOException {
        String export = "eu.nephele.smo.api.placement;version=\"0.9\"";
        byte[] whole = BadPlugin.good("org.example.half").bytes();
        return Stream.of(
                Arguments.of(
                        "missing",
                        BadPlugin.good("org.example.missing")
                                .importing("org.example.nowhere")
                                .bytes(),
                        "org.example.nowhere"),
                Arguments.of(
                        "exports",
                        BadPlugin.good("org.example.exports")
                                .with("Export-Package", export)
                                .bytes(),
                        "export"),
                Arguments.of(
                        "contract",
                        BadPlugin.good("org.example.contract")
                                .importing("eu.nephele.smo.core.contract.decision")
                                .bytes(),
                        "eu.nephele.smo.core.contract"),
                Arguments.of("nobundle", "this is no zip\n".getBytes(StandardCharsets.UTF_8), "no complete jar"),
                Arguments.of("empty", new byte[0], ""),
                Arguments.of("half", Arrays.copyOf(whole, whole.length / 2), "no complete jar"),
                Arguments.of(
                        "bomb",
                        BadPlugin.good("org.example.bomb")
                                .with("zeros", new byte[300 * KIB * KIB])
                                .bytes(),
                        ""),
                Arguments.of(
                        "traversal",
                        BadPlugin.good("org.example.traversal")
                                .with("../../outside.txt", new byte[1])
                                .bytes(),
                        "leads out"));
    }

    @ParameterizedTest(name = "{0} by upload")
    @MethodSource("notAllowed")
    void whatIsNotAllowedIsRefusedByUpload(String name, byte[] content, String says) throws Exception {
        long begin = System.nanoTime();
        HttpResponse<String> answer = upload(PORT, settings, content, name + ".jar");
        assertThat(reason(answer)).as(answer.body()).isNotBlank().containsIgnoringCase(says);
        told(name + " by upload", begin);
        assertThat(settings.data().resolve("plugins").resolve(name + ".jar")).doesNotExist();
        deployed("upload-" + name, "first-fit");
    }

    @ParameterizedTest(name = "{0} in the folder")
    @MethodSource("notAllowed")
    void whatIsNotAllowedIsRefusedInTheFolder(String name, byte[] content, String says) throws Exception {
        String file = "folder-" + name + ".jar";
        Path part = settings.data().resolve("tmp").resolve(file);
        Files.write(part, content);
        long begin = System.nanoTime();
        Path placed = settings.data().resolve("plugins").resolve(file);
        Files.move(part, placed, StandardCopyOption.ATOMIC_MOVE);
        JsonNode refused = Eventually.within(
                PATIENCE_SECONDS,
                () -> byFile(file),
                now -> assertThat(now.path("state").asText()).as(now.toString()).isIn("REFUSED", "FAILED"));
        told(name + " in the folder", begin);
        assertThat(refused.path("why").asText()).isNotBlank().containsIgnoringCase(says);
        deployed("folder-" + name, "first-fit");
        Files.delete(placed);
    }

    @Test
    void theSameVersionWithOtherContentIsAConflict() throws Exception {
        String id = "org.example.same";
        install(BadPlugin.good(id).bytes(), id);
        HttpResponse<String> other = upload(
                PORT,
                settings,
                BadPlugin.good(id).with("other.txt", new byte[1]).bytes(),
                id + ".jar");
        assertThat(other.statusCode()).as(other.body()).isEqualTo(409);
        assertThat(other.body()).contains(BadPlugin.VERSION);
        removed(id);
    }

    @Test
    void twoUploadsOfOnePluginAtOnceAreOnePlugin() throws Exception {
        String id = "org.example.twice";
        byte[] jar = BadPlugin.good(id).bytes();
        List<CompletableFuture<Integer>> uploads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            uploads.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return upload(PORT, settings, jar, id + ".jar").statusCode();
                } catch (IOException | InterruptedException failed) {
                    throw new AssertionError(failed);
                }
            }));
        }
        assertThat(uploads.stream().map(CompletableFuture::join)).allMatch(status -> status < 500);
        Eventually.within(
                PATIENCE_SECONDS,
                () -> list(client.get("/api/v1/plugins/" + id).json().path("versions")),
                versions -> assertThat(versions)
                        .extracting(version -> version.path("state").asText())
                        .as("the upload that came second may be shown as refused")
                        .filteredOn(state -> !state.equals("REFUSED"))
                        .containsExactly("ACTIVE"));
        removed(id);
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws Exception {
        byte[] jar = BadPlugin.good("org.example.broken").bytes();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            OutputStream out = socket.getOutputStream();
            String head = String.join(
                    "\r\n",
                    "POST /api/v1/plugins?name=broken.jar HTTP/1.1",
                    "Host: 127.0.0.1:" + PORT,
                    "Authorization: Bearer " + token(settings),
                    "Content-Type: application/java-archive",
                    "Content-Length: " + jar.length,
                    "",
                    "");
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(jar, 0, jar.length / 2);
            out.flush();
        }
        Eventually.within(PATIENCE_SECONDS, () -> files(settings.data().resolve("tmp")), left -> assertThat(left)
                .noneMatch(name -> name.contains("upload") || name.contains("plugin")));
        assertThat(client.get("/api/v1/plugins").text()).doesNotContain("org.example.broken");
        assertThat(files(settings.data().resolve("plugins"))).doesNotContain("broken.jar");
        deployed("after-broken", "first-fit");
    }

    private static void install(byte[] jar, String id) throws Exception {
        HttpResponse<String> answer = upload(PORT, settings, jar, id + ".jar");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        Eventually.within(
                PATIENCE_SECONDS,
                () -> plugin(id),
                now -> assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("ACTIVE"));
    }

    private static HttpResponse<String> upload(int port, Settings of, byte[] content, String name)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d/api/v1/plugins?wait=20&name=%s".formatted(port, name));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token(of))
                .header("Content-Type", "application/java-archive")
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String token(Settings of) throws IOException {
        return Files.readString(of.data().resolve("etc/admin.token")).strip();
    }

    /** Why it was not taken: of a refusal, or of an operation that failed. */
    private static String reason(HttpResponse<String> answer) {
        assertThat(answer.statusCode() >= 400 || answer.body().contains("\"FAILED\""))
                .as("%d %s", answer.statusCode(), answer.body())
                .isTrue();
        return answer.body();
    }

    private static JsonNode plugin(String id) throws Exception {
        return list(client.get("/api/v1/plugins").json().path("items")).stream()
                .filter(plugin -> plugin.path("id").asText().equals(id))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static JsonNode byFile(String file) throws Exception {
        return list(client.get("/api/v1/plugins").json().path("items")).stream()
                .filter(plugin -> plugin.path("file").asText().equals(file))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static JsonNode standing(String id) throws Exception {
        return plugin(id).at("/services/0/standing");
    }

    private static void deployed(String name, String strategy) throws Exception {
        api.deploy(graph(name, strategy));
        Eventually.within(
                PATIENCE_SECONDS,
                () -> api.graph(name),
                now -> assertThat(now.path("phase").asText()).as(now.toString()).isEqualTo("RUNNING"));
        api.remove(name);
    }

    private static void removed(String id) throws Exception {
        RestClient.Answer answer = client.call(
                "DELETE",
                "/api/v1/plugins/" + id + "?force=true&wait=20",
                "",
                "Authorization",
                "Bearer " + token(settings));
        assertThat(answer.status()).as(answer.text()).isIn(200, 202);
    }

    private static String graph(String name, String strategy) {
        String services = Stream.of("a", "b", "c")
                .map(each -> Descriptors.service("%s-%s".formatted(name, each)))
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        return "{\"hdaGraph\":{\"id\":\"%s\",\"strategies\":{\"placement\":{\"id\":\"%s\",\"optional\":true}},\"services\":[%s]}}"
                .formatted(name, strategy, services);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void told(String what, long beginNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - beginNanos);
        System.out.printf("%s: told after %d ms%n", what, took.toMillis());
        assertThat(took).as(what).isLessThan(SOON);
    }
}
