// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change is an operation. */
final class OperationsApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String HELLO = GRAPHS + "/hello";
    private static final String OPERATIONS = "/api/v1/operations";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP, ''",
        "placement, PLACE, ''",
        "repair, REPAIR, ''",
        "rollback, ROLLBACK, {\"revision\":1}",
    })
    void aChangeIsAcceptedWithTheOperationThatCarriesItOut_D04(String verb, String kind, String body) {
        api.post(GRAPHS, Samples.HELLO);

        Api.Answer answer = api.post(HELLO + "/" + verb, body);

        assertThat(answer.status()).isEqualTo(202);
        JsonNode operation = answer.json();
        assertThat(operation.path("kind").asText()).isEqualTo(kind);
        assertThat(operation.path("graph").path("name").asText()).isEqualTo("hello");
        assertThat(answer.header("Location"))
                .isEqualTo(OPERATIONS + "/" + operation.path("id").asText());
        assertThat(api.get(answer.header("Location")).json()).isEqualTo(operation);
    }

    @Test
    void anOperationShowsStepsStagesAndOutcome() {
        api.post(GRAPHS, Samples.HELLO);

        JsonNode operation = api.get(OPERATIONS + "/op-001").json();

        assertThat(operation.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(operation.path("progressPercent").asInt()).isEqualTo(100);
        assertThat(operation.path("steps").get(0).path("action").asText()).isEqualTo("INSTALL");
        assertThat(operation.path("stages").get(0).path("durationMillis").asInt())
                .isEqualTo(12);
        assertThat(operation.path("stages").get(1).path("durationMillis").isNull())
                .isTrue();
        assertThat(operation.path("error").isNull()).isTrue();
        assertThat(operation.path("principal").asText()).isEqualTo("anonymous");
        assertThat(api.get(OPERATIONS + "/none").status()).isEqualTo(404);
    }

    @Test
    void theCallerAndTheCorrelationIdArePassedOn() {
        api.call(
                "POST",
                GRAPHS,
                java.net.http.HttpRequest.BodyPublishers.ofString(Samples.HELLO),
                "Content-Type",
                "application/json",
                "X-Correlation-Id",
                "mine-1");

        assertThat(api.graphs.origins).containsExactly(new RequestOrigin("anonymous", "mine-1", Optional.empty()));
        assertThat(api.get(OPERATIONS + "/op-001").json().path("correlationId").asText())
                .isEqualTo("mine-1");
    }

    @ParameterizedTest
    @CsvSource({
        "UPSTREAM_FAILED, 502, upstream-failed",
        "UNAVAILABLE, 503, unavailable",
        "TIMED_OUT, 504, timed-out",
        "CONFLICT, 409, conflict",
        "INFEASIBLE, 409, infeasible"
    })
    void anOperationThatFailsWhileItIsWaitedForAnswersItsProblem(SmoException.Kind kind, int status, String word) {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.failure = Optional.of(SmoException.of(kind, "karmada", "it said no", Optional.empty()));

        Api.Answer waited = api.post(HELLO + "/stop?wait=5");

        assertThat(waited.status()).isEqualTo(status);
        assertThat(waited.problem()).isEqualTo(word);
        assertThat(waited.json().path("source").asText()).isEqualTo("karmada");
        assertThat(waited.json().path("detail").asText()).isEqualTo("it said no");
        assertThat(waited.json().path("operation").asText()).isEqualTo("op-002");
        assertThat(api.post(HELLO + "/start").status()).as("without waiting").isEqualTo(202);
        JsonNode shown = api.get(OPERATIONS + "/op-002").json();
        assertThat(shown.path("state").asText()).isEqualTo("FAILED");
        assertThat(shown.path("error").path("kind").asText()).isEqualTo(word);
        assertThat(shown.path("error").path("source").asText()).isEqualTo("karmada");
    }

    @Test
    void waitingEndsWithTheOperationOrWithTheTime() {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;

        Api.Answer stillRunning = api.post(HELLO + "/stop?wait=1");
        assertThat(stillRunning.status()).isEqualTo(202);
        assertThat(stillRunning.json().path("state").asText()).isEqualTo("RUNNING");

        CompletableFuture<Api.Answer> waiting =
                CompletableFuture.supplyAsync(() -> api.get(OPERATIONS + "/op-002?wait=60"));
        api.graphs.operations.end("op-002", State.SUCCEEDED, Optional.empty());
        assertThat(waiting.join().json().path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "SUPERSEDED"})
    void anOperationThatEndedOtherwiseWhileItIsWaitedForIsShown(State state) {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        api.post(HELLO + "/stop");
        CompletableFuture<Api.Answer> waiting = CompletableFuture.supplyAsync(() -> api.delete(HELLO + "?wait=60"));
        while (api.graphs.operations.find("op-003", CallContext.INTERNAL).isEmpty()) {
            Thread.onSpinWait();
        }
        api.graphs.operations.end("op-003", state, Optional.empty());

        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(waiting.join().json().path("state").asText()).isEqualTo(state.name());
    }

    @Test
    void anOperationIsTakenBackAsLongAsNothingWasDone() {
        Operation pending = api.graphs.operations.begin(
                Operation.Kind.DEPLOY,
                Optional.of(new GraphId("demo", "hello")),
                Optional.empty(),
                1,
                RequestOrigin.INTERNAL,
                State.PENDING);

        Api.Answer answer = api.post(OPERATIONS + "/" + pending.id() + "/cancel");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(answer.json().path("finishedAt").isNull()).isFalse();
        assertThat(api.graphs.operations.cancellations)
                .singleElement()
                .satisfies(origin -> assertThat(origin.principal()).isEqualTo("anonymous"));
        assertThat(api.post(OPERATIONS + "/" + pending.id() + "/cancel").status())
                .isEqualTo(409);
        assertThat(api.post(OPERATIONS + "/none/cancel").status()).isEqualTo(404);
    }

    @Test
    void listsOperationsNewestFirstInPagesAndFiltered() {
        api.post(GRAPHS, Samples.HELLO);
        api.post(HELLO + "/stop");
        api.post(GRAPHS, Samples.STATIC);
        api.graphs.quick = false;
        api.post(HELLO + "/start");

        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 2; page++) {
            JsonNode answer = api.get(OPERATIONS + "?limit=2" + cursor).json();
            answer.path("items").forEach(item -> seen.add(item.path("id").asText()));
            cursor = "&cursor=" + answer.path("nextCursor").asText();
        }

        assertThat(seen).containsExactly("op-004", "op-003", "op-002", "op-001");
        assertThat(api.get(OPERATIONS + "?graph=demo/hello").json().path("items"))
                .hasSize(3);
        assertThat(api.get(OPERATIONS + "?open=true").json().path("items")).hasSize(1);
        assertThat(api.get(OPERATIONS + "?open=false").json().path("items")).hasSize(4);
        String tag = api.get(OPERATIONS).header("ETag");
        assertThat(api.get(OPERATIONS, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "graph/demo/hello, graph, demo, hello",
        "cluster/sim/c2, cluster, '', sim/c2",
        "plugin/org.example.cheapest, plugin, '', org.example.cheapest",
        "volume/demo/data, volume, demo, data",
        "licence/main, licence, '', main"
    })
    void anOperationSaysWhatItIsOnAndIsFoundByThat(String target, String kind, String project, String name) {
        api.post(GRAPHS, Samples.STATIC);
        Operation operation = api.graphs.operations.begin(
                Operation.Kind.APPLY, new ResourceRef(kind, project, name), 1, RequestOrigin.INTERNAL, State.PENDING);

        JsonNode items = api.get(OPERATIONS + "?target=" + target).json().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.at("/0/id").asText()).isEqualTo(operation.id());
        assertThat(items.at("/0/kind").asText()).isEqualTo("APPLY");
        JsonNode shown = items.at("/0/target");
        assertThat(shown.path("kind").asText()).isEqualTo(kind);
        assertThat(shown.path("project").asText("none")).isEqualTo(project);
        assertThat(shown.path("name").asText()).isEqualTo(name);
        assertThat(api.get(OPERATIONS + "/" + operation.id()).json().path("target"))
                .isEqualTo(shown);
        assertThat(api.get(OPERATIONS + "?target=" + target + "x").json().path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "graph=hello",
                "graph=/x",
                "graph=x/",
                "open=maybe",
                "limit=0",
                "state=FAILED",
                "target=graph",
                "target=graph/",
                "target=graph/demo/",
                "target=/demo/x",
                "target=Volume/demo/x",
                "target=volume/demo/x/y",
                "target=graph/demo/hello&graph=demo/hello"
            })
    void aQueryThatIsWrongIs400(String query) {
        assertThat(api.get(OPERATIONS + "?" + query).status()).isEqualTo(400);
    }

    @Test
    void removalOfAGraphThatIsBeingRemovedAnswersWithTheOperationThatDoesAndOfAnAbsentOne404_R053() {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;

        Api.Answer first = api.delete(HELLO);
        Api.Answer again = api.delete(HELLO);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(api.delete(GRAPHS + "/none").status()).isEqualTo(404);
    }

    @Test
    void aRemovalThatHangsCanBeForced_F12() {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;
        api.delete(HELLO);

        Api.Answer forced = api.delete(HELLO + "?force=true");

        assertThat(forced.status()).isEqualTo(202);
        assertThat(forced.json().path("kind").asText()).isEqualTo("FORCE_REMOVE");
        assertThat(api.delete(HELLO + "?force=yes").status()).isEqualTo(400);
    }

    @Test
    void whatIsThereAlreadyIs200WithItsOperationOrWithTheGraphWhenThatIsNotKept() {
        api.post(GRAPHS, Samples.HELLO);

        Api.Answer replay = api.post(GRAPHS, Samples.HELLO);
        assertThat(replay.status()).isEqualTo(200);
        assertThat(replay.header("Location")).isEqualTo("/api/v1/operations/op-001");
        assertThat(replay.header("Idempotency-Replayed")).isEmpty();

        api.graphs.operations.forgetAll();
        Api.Answer bare = api.post(GRAPHS, Samples.HELLO);
        assertThat(bare.status()).isEqualTo(200);
        assertThat(bare.header("Location")).isEqualTo(HELLO);
        assertThat(bare.json().path("phase").asText()).isEqualTo("RUNNING");
    }
}
