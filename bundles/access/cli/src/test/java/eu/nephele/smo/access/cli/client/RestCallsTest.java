// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.access.cli.FakeSmo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestCallsTest {

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private final RestCalls client = new RestCalls(server.uri(), Optional.empty());

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aServerThatIsNotThereIsOneLine() throws IOException {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        RestCalls alone = new RestCalls(nobody, Optional.empty());
        CallFailed failed = catchThrowableOfType(CallFailed.class, () -> alone.get("/clusters"));
        assertThat(failed.status()).isEqualTo(CallFailed.UNREACHED);
        assertThat(failed.lines())
                .singleElement()
                .asString()
                .contains("The server at " + nobody + " cannot be reached")
                .contains("--url");
    }

    @Test
    void aProblemShowsDetailPointersAndReasons() {
        server.reply("POST /project/p/graphs", 409, """
                {"title":"Conflict","status":409,"detail":"Graph g does not fit","source":"smo","correlationId":"42",
                 "errors":[{"pointer":"/hdaGraph/id","message":"is missing"},{"pointer":"","message":"is empty"}],
                 "reasons":{"web":{"c1":"no GPU","c2":"the cluster is not ready"}}}""");
        CallFailed failed = catchThrowableOfType(
                CallFailed.class, () -> client.post("/project/p/graphs", "{}", "application/json"));
        assertThat(failed.status()).isEqualTo(409);
        assertThat(failed.lines())
                .containsExactly(
                        "POST /project/p/graphs answered 409: Graph g does not fit",
                        "  /hdaGraph/id is missing",
                        "  (whole input) is empty",
                        "  web not on c1: no GPU",
                        "  web not on c2: the cluster is not ready");
    }

    @Test
    void aFaultOfTheServerSaysWhereItsLogLinesAre() {
        server.reply("GET /clusters", 503, """
                {"title":"Unavailable","status":503,"detail":"no answer","source":"karmada","correlationId":"42"}""");
        CallFailed failed = catchThrowableOfType(CallFailed.class, () -> client.get("/clusters"));
        assertThat(failed.lines()).last().asString().contains("karmada").contains("correlation id 42");
    }

    @Test
    void aServerThatHasTooMuchToDoSaysWhenToAskAgain() {
        server.reply("POST /project/p/graphs", 503, """
                {"title":"Unavailable","status":503,"detail":"The server is overloaded"}""");
        CallFailed failed = catchThrowableOfType(
                CallFailed.class, () -> client.post("/project/p/graphs", "{}", "application/json"));
        assertThat(failed.lines())
                .containsExactly(
                        "POST /project/p/graphs answered 503: The server is overloaded", "  ask again in 17 s");
    }

    @Test
    void whatIsNoProblemIsToldAsItIs() {
        server.reply("GET /clusters", 502, "<html>Bad gateway</html>");
        CallFailed failed = catchThrowableOfType(CallFailed.class, () -> client.get("/clusters"));
        assertThat(failed.lines()).first().asString().contains("answered 502").contains("Bad gateway");
    }

    @Test
    void sendsTheTokenOfTheFile() throws IOException {
        Path token = Files.writeString(folder.resolve("admin.token"), "secret\n");
        server.on("GET /x", "{}");
        new RestCalls(server.uri(), Optional.of(token)).get("/x");
        assertThat(server.calls().get(0).headers()).containsEntry("Authorization", List.of("Bearer secret"));
    }

    @Test
    void aTokenFileThatIsNotThereIsAsGoodAsNone() {
        server.on("GET /x", "{}");
        new RestCalls(server.uri(), Optional.of(folder.resolve("none"))).get("/x");
        assertThat(server.calls().get(0).headers()).doesNotContainKey("Authorization");
    }

    @Test
    void namesInPathsAreEncoded() {
        assertThat(RestCalls.path("api", "a b/c", "ä")).isEqualTo("/api/a%20b%2Fc/%C3%A4");
    }

    @Test
    void anAnswerWithoutBodyIsMissing() {
        server.reply("DELETE /x", 204, "");
        assertThat(client.delete("/x").isMissingNode()).isTrue();
    }
}
