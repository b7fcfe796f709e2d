// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins over HTTP. */
final class PluginsApiTest {

    private static final String PLUGINS = "/api/v1/plugins";
    private static final String CHEAPEST = PLUGINS + "/" + InMemoryPlugins.ID;
    private static final String JAR = "application/java-archive";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private Api.Answer upload(String path, byte[] body, String... headers) {
        return upload(path, BodyPublishers.ofByteArray(body), headers);
    }

    private Api.Answer upload(String path, BodyPublisher body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = JAR;
        return api.call("POST", path, body, all);
    }

    /** Without a length that is told beforehand. */
    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    @Test
    void anUploadIsTakenByteForByteAndAnsweredWithItsOperation() {
        byte[] jar = bytes(70_000);

        Api.Answer answer = upload(PLUGINS + "?name=cheapest-2.0.0.jar", jar);

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("kind").asText()).isEqualTo("INSTALL_PLUGIN");
        assertThat(answer.json().path("plugin").asText()).isEqualTo(InMemoryPlugins.ID);
        assertThat(answer.json().path("graph").isNull()).isTrue();
        assertThat(answer.header("Location")).isEqualTo("/api/v1/operations/op-001");
        assertThat(api.get(answer.header("Location")).json()).isEqualTo(answer.json());
        assertThat(api.get("/api/v1/operations").json().at("/items/0/plugin").asText())
                .isEqualTo(InMemoryPlugins.ID);
        assertThat(api.platform.plugins.taken.get("cheapest-2.0.0.jar")).isEqualTo(jar);
        assertThat(api.platform.left()).isEmpty();
    }

    @Test
    void theLimitOfOtherBodiesDoesNotHoldForPluginsAndTheirOwnDoes() {
        byte[] fits = bytes(Api.MAX_UPLOAD_BYTES);
        byte[] over = bytes(Api.MAX_UPLOAD_BYTES + 1);

        assertThat(upload(PLUGINS, fits).status()).isEqualTo(202);
        assertThat(upload(PLUGINS, chunked(fits)).status()).isEqualTo(202);
        for (BodyPublisher body : List.of(BodyPublishers.ofByteArray(over), chunked(over))) {
            Api.Answer refused = upload(CHEAPEST + "/upgrade", body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(413);
            assertThat(refused.problem()).isEqualTo("too-large");
            assertThat(refused.json().path("detail").asText()).contains("pluginUploadMaxMiB");
        }
        assertThat(api.platform.left()).isEmpty();
        assertThat(api.platform.plugins.origins).hasSize(2);
    }

    @Test
    void anEmptyBodyIs400() {
        for (BodyPublisher body : List.of(BodyPublishers.noBody(), chunked(new byte[0]))) {
            Api.Answer refused = upload(PLUGINS, body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("detail").asText()).contains("is empty");
        }
        assertThat(api.platform.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1000\r\n"})
    void anUploadThatBreaksOffLeavesNothing(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write(("POST " + PLUGINS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + JAR + "\r\n" + head)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[300]);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .satisfiesAnyOf(
                            text -> assertThat(text).contains("400").contains("broke off after 300 bytes"),
                            text -> assertThat(text).isEmpty());
        }
        assertThat(api.platform.plugins.taken).isEmpty();
        assertThat(api.platform.left()).isEmpty();
    }

    @Test
    void uploadsAtOnceDoNotDisturbEachOther() {
        List<CompletableFuture<Api.Answer>> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> upload(PLUGINS + "?name=p%d.jar".formatted(i), chunked(bytes(100_000 + i)))))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(202));
        for (int i = 0; i < 8; i++) {
            assertThat(api.platform.plugins.taken.get("p%d.jar".formatted(i))).isEqualTo(bytes(100_000 + i));
        }
        assertThat(api.platform.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x.jar", "%2e%2e%2fx.jar", "/etc/x.jar", "a%5Cb.jar", "x.txt", ".jar", "x.jar%00", "a%20b.jar"
            })
    void aNameThatIsNoNameOfAFileIs400BeforeAnythingIsRead(String name) {
        Api.Answer refused = upload(PLUGINS + "?name=" + name, bytes(10));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(api.platform.plugins.taken).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/zip, plugin.zip",
        "application/octet-stream, plugin.jar",
        "application/java-archive, plugin.jar"
    })
    void withoutANameTheTypeMakesOne(String type, String name) {
        assertThat(api.call("POST", PLUGINS, BodyPublishers.ofByteArray(bytes(9)), "Content-Type", type)
                        .status())
                .isEqualTo(202);
        assertThat(api.platform.plugins.taken).containsOnlyKeys(name);
    }

    @Test
    void otherTypesAre415() {
        assertThat(api.post(PLUGINS, "{}").status()).isEqualTo(415);
    }

    @Test
    void aRefusedPluginLeavesNothingAndItsReasonIsReported() {
        api.platform.plugins.refusal = Optional.of(SmoException.conflict("1.0.0 is installed with other content"));

        Api.Answer refused = upload(PLUGINS, bytes(10));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("other content");
        assertThat(api.platform.left()).isEmpty();
    }

    @Test
    void aWaitingRequestGetsTheResultOrTheReason() {
        CompletableFuture<Api.Answer> waiting =
                CompletableFuture.supplyAsync(() -> upload(PLUGINS + "?wait=20", bytes(10)));
        end(Operation.State.FAILED, "imports org.example.none, which nobody exports");
        Api.Answer failed = waiting.join();

        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed.json().path("operation").asText()).isEqualTo("op-001");
        assertThat(failed.json().path("detail").asText()).contains("org.example.none");

        CompletableFuture<Api.Answer> second =
                CompletableFuture.supplyAsync(() -> upload(CHEAPEST + "/upgrade?wait=20&force=true", bytes(10)));
        end(Operation.State.SUCCEEDED, "");
        assertThat(second.join().status()).isEqualTo(200);
        assertThat(second.join().json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(api.platform.plugins.taken).containsKey("plugin.jar by force");
    }

    /** Ends the operation that is open, as soon as there is one. */
    private void end(Operation.State state, String why) {
        Optional<Operation> open = Optional.empty();
        while (open.isEmpty()) {
            open =
                    api
                            .graphs
                            .operations
                            .list(Optional.empty(), Optional.empty(), true, 1, CallContext.INTERNAL)
                            .stream()
                            .findFirst();
            Thread.onSpinWait();
        }
        api.graphs.operations.end(
                open.get().id(),
                state,
                why.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Operation.Fault(SmoException.Kind.INVALID, "smo", why)));
    }

    @Test
    void aKeyStandsForTheContentToo() {
        upload(PLUGINS, bytes(10), "Idempotency-Key", "k");
        upload(PLUGINS, bytes(10), "Idempotency-Key", "k");
        upload(PLUGINS, bytes(11), "Idempotency-Key", "k");

        List<String> fingerprints = api.platform.plugins.origins.stream()
                .map(origin -> origin.idempotency().orElseThrow().fingerprint())
                .toList();
        assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1)).isNotEqualTo(fingerprints.get(2));
        assertThat(fingerprints).allSatisfy(each -> assertThat(each).hasSizeLessThan(254));
    }

    @Test
    void aPluginIsShownWithAllThatIsKnownOfIt() {
        JsonNode list = api.get(PLUGINS).json().path("items");
        assertThat(list).hasSize(2);
        JsonNode plugin = api.get(CHEAPEST).json();
        assertThat(plugin.path("id").asText()).isEqualTo(InMemoryPlugins.ID);
        JsonNode newest = plugin.at("/versions/0");
        assertThat(newest.path("state").asText()).isEqualTo("ACTIVE");
        assertThat(newest.at("/admission/1/verdict").asText()).isEqualTo("WARNED");
        assertThat(newest.at("/conformance/subject").asText()).isEqualTo(InMemoryPlugins.ID);
        assertThat(newest.at("/services/0/standing/state").asText()).isEqualTo("HELD");
        assertThat(plugin.at("/versions/1/conformance").isNull()).isTrue();
        assertThat(api.get(CHEAPEST + "?version=1.0.0").json().path("versions")).hasSize(1);
        assertThat(api.get(CHEAPEST + "?version=3.0.0").status()).isEqualTo(404);
        assertThat(api.get(PLUGINS + "/none").status()).isEqualTo(404);
        assertThat(api.get(CHEAPEST + "/uses").json().at("/items/0/graph").asText())
                .isEqualTo("demo/hello");
        assertThat(api.get(PLUGINS + "/none/uses").status()).isEqualTo(404);
    }

    @Test
    void whatGraphsUseGoesOnlyByForce() {
        Api.Answer refused = api.delete(CHEAPEST);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("demo/hello");
        assertThat(api.post(CHEAPEST + "/rollback").status()).isEqualTo(202);
        assertThat(api.post(CHEAPEST + "/forget?version=2.0.0").status()).isEqualTo(204);
        assertThat(api.post(CHEAPEST + "/stop").status()).isEqualTo(409);
        assertThat(api.delete(CHEAPEST + "?force=perhaps").status()).isEqualTo(400);

        assertThat(api.post(CHEAPEST + "/stop?force=true&version=2.0.0")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("STOPPED");
        assertThat(api.post(CHEAPEST + "/start").json().path("state").asText()).isEqualTo("ACTIVE");
        Api.Answer removed = api.delete(CHEAPEST + "?version=1.0.0&force=true");
        assertThat(removed.status()).isEqualTo(202);
        assertThat(removed.json().path("kind").asText()).isEqualTo("REMOVE_PLUGIN");
        assertThat(api.get(PLUGINS).json().path("items")).hasSize(1);
        assertThat(api.delete(PLUGINS + "/none").status()).isEqualTo(404);
    }

    @Test
    void aDiskThatIsFullIs503AndLeavesNothing() throws IOException {
        InputStream unread = new ByteArrayInputStream(bytes(10));
        java.nio.file.Path file = java.nio.file.Files.createTempFile("no-folder", "");
        try {
            var uploads = new eu.nephele.smo.access.http.UploadReceiver(file, 100);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> uploads.receive(unread, 10))
                    .isInstanceOfSatisfying(
                            SmoException.class, no -> assertThat(no.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
