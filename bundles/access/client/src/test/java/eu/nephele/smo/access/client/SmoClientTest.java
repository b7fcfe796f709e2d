// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.ScriptedServer.Answer;
import eu.nephele.smo.access.client.ScriptedServer.Received;
import eu.nephele.smo.access.client.call.RetryPolicy;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.call.SmoProblem;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.call.SmoUnreachableException;
import eu.nephele.smo.access.client.call.TaggedValue;
import eu.nephele.smo.access.client.call.TokenSource;
import eu.nephele.smo.access.client.json.UnexpectedAnswerException;
import eu.nephele.smo.access.client.model.SmoGraphSummary;
import eu.nephele.smo.access.client.model.SmoVersion;
import eu.nephele.smo.access.client.resource.ChangedGraph;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmoClientTest {

    private static final String VERSION = "{\"name\":\"SMO\",\"version\":\"0.1.0\",\"api\":\"1\",\"java\":\"17\"}";
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    private final ScriptedServer server = new ScriptedServer();
    private final ClientSettings settings =
            ClientSettings.standard(server.uri()).with(QUICK);
    private final SmoClient client = SmoClient.create(settings);

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void readsATypedAnswer() {
        server.answers(Answer.ok(VERSION));
        assertThat(client.version().send()).isEqualTo(new SmoVersion("SMO", "0.1.0", "1", "17"));
        assertThat(server.received()).extracting(Received::path).containsExactly("/api/v1/version");
    }

    @Test
    void readsItLaterAsWell() {
        server.answers(Answer.ok(VERSION));
        assertThat(client.version().sendLater().toCompletableFuture().join().version())
                .isEqualTo("0.1.0");
    }

    @Test
    void aChangeIsRepeatedWithTheSameKeyUntilItIsTaken() {
        server.answers(
                Answer.lost(),
                new Answer(503, Map.of("Retry-After", "0"), "{\"status\":503,\"detail\":\"overloaded\"}"),
                Answer.ok(operation("SUCCEEDED")));
        ChangedGraph changed =
                client.graphs("p").deploy("hdaGraph: {}", Duration.ofSeconds(5)).send();
        assertThat(changed.isDone()).isTrue();
        assertThat(server.received())
                .hasSize(3)
                .allMatch(call -> call.path().equals("/api/v1/projects/p/graphs?wait=5"))
                .allMatch(call -> call.header("Content-type").equals("application/yaml"));
        assertThat(server.received())
                .extracting(call -> call.header("Idempotency-key"))
                .doesNotContain("")
                .containsOnly(server.received().get(0).header("Idempotency-key"));
    }

    @Test
    void theSameWithoutAThreadThatWaits() {
        server.answers(Answer.lost(), new Answer(429, Map.of("Retry-After", "0"), ""), Answer.ok(operation("RUNNING")));
        ChangedGraph changed = client.graphs("p")
                .stop("g", Duration.ZERO)
                .sendLater()
                .toCompletableFuture()
                .join();
        assertThat(changed.isDone()).isFalse();
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void aChangeThatTheServerDoesNotRecogniseIsNotRepeatedAfterALostConnection() {
        server.answers(Answer.lost());
        assertThatThrownBy(() -> client.shadows().stop("s1").send()).isInstanceOf(SmoUnreachableException.class);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aChangeWithoutATypeIsRepeatedByAKeyOfTheCallerOnly() {
        server.answers(Answer.lost());
        SmoCall<JsonNode> call = client.call("POST", "/api/v1/webhooks", Optional.empty());
        assertThatThrownBy(call::send).isInstanceOf(SmoUnreachableException.class);
        assertThat(server.received())
                .extracting(sent -> sent.header("Idempotency-key"))
                .containsExactly("");
        assertThatThrownBy(() -> call.withIdempotencyKey("k").send()).isInstanceOf(SmoUnreachableException.class);
        assertThat(server.received())
                .extracting(sent -> sent.header("Idempotency-key"))
                .containsExactly("", "k", "k", "k");
    }

    @Test
    void aRemovalWhoseFirstAnswerWasLostIsDoneWhenNothingIsThere() {
        server.answers(Answer.lost(), unavailable(), none());
        assertThat(client.webhooks().remove("w").send().isMissingNode()).isTrue();
        assertThat(server.received()).hasSize(3).allMatch(call -> call.method().equals("DELETE"));
    }

    @Test
    void theSameRemovalWithoutAThreadThatWaits() {
        server.answers(Answer.lost(), unavailable(), none());
        assertThat(client.webhooks()
                        .remove("w")
                        .sendLater()
                        .toCompletableFuture()
                        .join()
                        .isMissingNode())
                .isTrue();
    }

    /** The server has not carried out what it answered by 503. */
    @Test
    void aRemovalOfWhatWasNeverThereFails() {
        server.answers(unavailable(), none());
        assertThatThrownBy(() -> client.webhooks().remove("w").send()).isInstanceOf(SmoProblemException.class);
        assertThatThrownBy(() -> client.webhooks().remove("w").send()).isInstanceOf(SmoProblemException.class);
        assertThat(server.received()).hasSize(3);
    }

    /** The server would have answered with the first operation. */
    @Test
    void aRemovalWithAKeyFailsWhenNothingIsThere() {
        server.answers(Answer.lost(), none());
        assertThatThrownBy(() -> client.graphs("p").remove("g", Duration.ZERO).send())
                .isInstanceOf(SmoProblemException.class);
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void aLongerPauseThanIsAllowedIsTheCallersMatter() {
        server.answers(new Answer(503, Map.of("Retry-After", "60"), "{\"detail\":\"overloaded\"}"));
        SmoProblemException failed = catchThrowableOfType(
                SmoProblemException.class, () -> client.version().send());
        assertThat(failed.problem().retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aProblemIsTyped() {
        server.answers(new Answer(400, Map.of(), """
            {"type":"urn:smo:problem:invalid","title":"Bad Request","status":400,"detail":"no graph","source":"smo",
             "correlationId":"42","errors":[{"pointer":"/hdaGraph/id","message":"is missing"}],
             "reasons":{"web":{"c1":"no GPU"}}}\
            """));
        SmoProblemException failed = catchThrowableOfType(
                SmoProblemException.class,
                () -> client.graphs("p").deploy("{}", Duration.ZERO).send());
        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed).hasMessageContaining("POST /api/v1/projects/p/graphs?wait=0 answered 400: no graph");
        SmoProblem problem = failed.problem();
        assertThat(problem.type()).isEqualTo("urn:smo:problem:invalid");
        assertThat(problem.correlationId()).isEqualTo("42");
        assertThat(problem.errors()).containsExactly(new SmoProblem.PointedError("/hdaGraph/id", "is missing"));
        assertThat(problem.reasons()).containsEntry("web", Map.of("c1", "no GPU"));
    }

    @Test
    void aProblemOfALaterCallIsTheCauseOfItsStage() {
        server.answers(new Answer(404, Map.of(), "<html>not here</html>"));
        assertThatThrownBy(
                        () -> client.version().sendLater().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SmoProblemException.class)
                .hasMessageContaining("not here");
    }

    @Test
    void aTagRestrictsAChange() {
        server.answers(Answer.ok(VERSION), Answer.ok(operation("SUCCEEDED")));
        TaggedValue<SmoVersion> tagged = client.version().sendTagged();
        client.graphs("p")
                .update("g", "{\"hdaGraph\":{}}", Duration.ZERO)
                .onlyIf(tagged.tag())
                .send();
        assertThat(server.received().get(1).header("If-match")).isEqualTo("\"t1\"");
        assertThat(server.received().get(1).header("Content-type")).isEqualTo("application/json");
    }

    /** A proxy that does not find the server: whether the key is gone, nobody knows. */
    @Test
    void aStrangersNotFoundIsNoRemoval() {
        server.answers(Answer.lost(), new Answer(404, Map.of(), "<html>no such place</html>"));
        assertThatThrownBy(() -> client.identity().removeKey("robot").send())
                .isInstanceOf(SmoProblemException.class)
                .hasMessageContaining("no such place");
    }

    @Test
    void theTokenIsReadAnewForEachCall() throws IOException {
        Path file = folder.resolve("token");
        SmoClient withToken = SmoClient.create(settings.with(TokenSource.file(file)));
        server.answers(Answer.ok(VERSION));
        withToken.version().send();
        Files.writeString(file, "first\n");
        withToken.version().send();
        Files.writeString(file, "second\n");
        withToken.version().send();
        assertThat(server.received())
                .extracting(call -> call.header("Authorization"))
                .containsExactly("", "Bearer first", "Bearer second");
    }

    @Test
    void pagesAreReadWhenTheyAreNeeded() {
        server.answers(
                Answer.ok("{\"items\":[" + summary("a") + "," + summary("b") + "],\"nextCursor\":\"b c\"}"),
                Answer.ok("{\"items\":[" + summary("c") + "],\"nextCursor\":null}"));
        assertThat(client.graphs("p").list("RUNNING", "").stream()
                        .map(SmoGraphSummary::name)
                        .limit(2))
                .containsExactly("a", "b");
        assertThat(server.received())
                .extracting(Received::path)
                .containsExactly("/api/v1/projects/p/graphs?phase=RUNNING");
    }

    @Test
    void allPagesAreRead() {
        server.answers(
                Answer.ok("{\"items\":[" + summary("a") + "],\"nextCursor\":\"b c\"}"),
                Answer.ok("{\"items\":[" + summary("c") + "],\"nextCursor\":null}"));
        assertThat(client.graphs("p").list()).extracting(SmoGraphSummary::name).containsExactly("a", "c");
        assertThat(server.received())
                .extracting(Received::path)
                .containsExactly("/api/v1/projects/p/graphs", "/api/v1/projects/p/graphs?cursor=b%20c");
    }

    @Test
    void whatHasNoTypeIsCalledAsItIs() {
        server.answers(Answer.ok("{\"a\":[1,2.5,true,null,12345678901234567890]}"));
        assertThat(client.call("/api/v1/x?y=z").send().at("/a/1").asDouble()).isEqualTo(2.5);
        assertThat(client.call("POST", "/api/v1/x", Optional.empty()).send().path("a"))
                .hasSize(5);
    }

    @Test
    void anAnswerWithoutARequiredMemberSaysWhich() {
        server.answers(Answer.ok("{\"name\":\"SMO\"}"));
        assertThatThrownBy(() -> client.version().send())
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("version");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        URI nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        SmoClient alone = SmoClient.create(ClientSettings.standard(nobody).with(QUICK));
        assertThatThrownBy(() -> alone.version().send())
                .isInstanceOf(SmoUnreachableException.class)
                .hasMessageContaining(nobody.toString());
    }

    private static Answer unavailable() {
        return new Answer(503, Map.of("Retry-After", "0"), "{\"status\":503,\"detail\":\"overloaded\"}");
    }

    private static Answer none() {
        return new Answer(404, Map.of(), "{\"type\":\"urn:smo:problem:not-found\",\"status\":404,\"detail\":\"none\"}");
    }

    private static String operation(String state) {
        return """
            {"id":"o1","kind":"DEPLOY","state":"%s","href":"/api/v1/operations/o1","target":{"kind":"graph","project":"p","name":"g"},
             "generation":1,"progressPercent":0,"message":"","error":null,"principal":"x","createdAt":"2026-11-01T00:00:00Z",
             "finishedAt":null}\
            """.formatted(state);
    }

    private static String summary(String name) {
        return """
            {"project":"p","name":"%s","version":"1","generation":1,"revision":1,"paused":false,"desired":"RUNNING",
             "phase":"RUNNING","staticPlacement":false,"assignment":1,"decisionId":null,"dashboard":null,
             "createdAt":"2026-11-01T00:00:00Z","updatedAt":"2026-11-01T00:00:00Z"}\
            """.formatted(name);
    }
}
