// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources of kinds that bundles bring. */
final class ResourcesApiTest {

    private static final String KINDS = "/api/v1/kinds";
    private static final String VOLUMES = KINDS + "/volume/resources";
    private static final String DATA = VOLUMES + "/data?project=demo";
    private static final String MAIN = KINDS + "/licence/resources/main";
    private static final String TEN =
            "{\"desired\":{\"size\":10,\"tier\":\"fast\"},\"labels\":{\"team\":\"a\",\"env\":\"b\"}}";
    private static final String TWENTY = "{\"desired\":{\"size\":20}}";
    private static final ResourceRef DATA_REF = new ResourceRef("volume", "demo", "data");

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void kindsAreThoseWhoseControllerIsThere() {
        Api.Answer list = api.get(KINDS);

        assertThat(list.json().path("items"))
                .extracting(item -> item.path("name").asText())
                .containsExactly("cluster", "graph", "licence", "plugin", "volume");
        JsonNode volume = list.json().at("/items/4");
        assertThat(volume.toString())
                .isEqualTo("{\"name\":\"volume\",\"scope\":\"project\",\"documentVersion\":2,"
                        + "\"fields\":[\"/size\",\"/tier\"],\"schema\":{\"type\":\"object\"},"
                        + "\"href\":\"/api/v1/kinds/volume\"}");
        assertThat(list.json().at("/items/2/scope").asText()).isEqualTo("server");
        assertThat(api.get(KINDS, "If-None-Match", list.header("ETag")).status())
                .isEqualTo(304);
        Api.Answer one = api.get(volume.path("href").asText());
        assertThat(one.json()).isEqualTo(volume);
        assertThat(api.get(KINDS + "/volume", "If-None-Match", one.header("ETag"))
                        .status())
                .isEqualTo(304);

        api.resources.kinds = List.of(InMemoryResources.LICENCE);
        Api.Answer gone = api.get(KINDS + "/volume");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.problem()).isEqualTo("not-found");
        assertThat(gone.json().path("detail").asText()).contains("volume", "[licence]");
        assertThat(api.get(KINDS, "If-None-Match", list.header("ETag")).status())
                .isEqualTo(200);
    }

    @Test
    void kindsOfTheServerItselfAreListedWithTheirOwnPaths() {
        Api.Answer graph = api.get(KINDS + "/graph");
        assertThat(graph.status()).isEqualTo(200);
        assertThat(api.get(KINDS).json().path("items")).contains(graph.json());
        assertThat(graph.json().path("href").asText()).isEqualTo("/api/v1/projects/{project}/graphs");
        assertThat(graph.json().path("ownPath").asBoolean()).isTrue();
        assertThat(api.get(api.get(KINDS + "/plugin").json().path("href").asText())
                        .status())
                .isEqualTo(200);
        assertThat(api.get(api.get(KINDS + "/cluster").json().path("href").asText())
                        .status())
                .isEqualTo(200);

        for (Api.Answer answer : List.of(
                api.get(KINDS + "/graph/resources"),
                api.get(KINDS + "/graph/resources/hello?project=demo"),
                api.put(KINDS + "/graph/resources/hello?project=demo", TEN),
                api.delete(KINDS + "/graph/resources/hello?project=demo"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("detail").asText()).contains("/api/v1/projects/{project}/graphs");
        }
    }

    @Test
    void aKindOfWhichNothingIsKnownIsNotThere() {
        api.put(DATA, TEN);
        assertThat(api.get(KINDS + "/licence/resources").status())
                .as("none yet")
                .isEqualTo(200);
        Api.Answer unknown = api.get(KINDS + "/volumes/resources");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.problem()).isEqualTo("not-found");

        api.resources.kinds = List.of();
        assertThat(api.get(VOLUMES + "?label=team=nobody").status())
                .as("one is stored, though not chosen")
                .isEqualTo(200);
        assertThat(api.get(KINDS + "/licence/resources").status()).isEqualTo(404);
    }

    @Test
    void aResourceIsMadeAndShownAsAWhole() {
        Api.Answer made = api.put(DATA, TEN);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(DATA);
        assertThat(made.json().at("/operation/id").asText()).isEqualTo("op-001");
        assertThat(made.json().at("/operation/kind").asText()).isEqualTo("APPLY");
        assertThat(made.json().at("/operation/state").asText()).isEqualTo("PENDING");
        assertThat(api.get(made.json().at("/operation/href").asText()).json().path("target"))
                .hasToString("{\"kind\":\"volume\",\"project\":\"demo\",\"name\":\"data\"}");

        api.resources.observe(DATA_REF, Phase.READY);
        JsonNode shown = api.get(made.header("Location")).json();
        assertThat(shown.path("kind").asText()).isEqualTo("volume");
        assertThat(shown.path("project").asText()).isEqualTo("demo");
        assertThat(shown.path("name").asText()).isEqualTo("data");
        assertThat(shown.path("uid").asText()).isEqualTo("uid-data");
        assertThat(shown.path("href").asText()).isEqualTo(DATA);
        assertThat(shown.path("generation").asInt()).isEqualTo(1);
        assertThat(shown.path("documentVersion").asInt()).isEqualTo(2);
        assertThat(shown.path("phase").asText()).isEqualTo("READY");
        assertThat(shown.path("desired")).hasToString("{\"size\":10,\"tier\":\"fast\"}");
        assertThat(shown.path("labels")).hasToString("{\"env\":\"b\",\"team\":\"a\"}");
        assertThat(shown.path("observed")).hasToString("{\"used\":3}");
        assertThat(shown.path("observedGeneration").asInt()).isEqualTo(1);
        assertThat(shown.at("/conditions/0/type").asText()).isEqualTo("Ready");
        assertThat(shown.at("/conditions/0/status").asText()).isEqualTo("True");
        assertThat(shown.path("leaving").asBoolean()).isFalse();
        assertThat(shown.path("createdAt").asText()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(shown.has("operation")).isFalse();
    }

    @Test
    void aResourceOfTheServerHasNoProject() {
        Api.Answer made = api.put(MAIN, TWENTY);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(MAIN);
        assertThat(made.json().path("project").isNull()).isTrue();
        assertThat(api.get(MAIN).json().path("name").asText()).isEqualTo("main");
    }

    @Test
    void aChangeIs202WithItsOperationAndNothingChanged200() {
        api.put(DATA, TEN);

        Api.Answer changed = api.put(DATA, TWENTY);
        assertThat(changed.status()).isEqualTo(202);
        assertThat(changed.header("Location")).isEqualTo("/api/v1/operations/op-002");
        assertThat(changed.json().path("generation").asInt()).isEqualTo(2);
        assertThat(changed.json().path("labels")).as("instead of those before").isEmpty();

        Api.Answer same = api.put(DATA, TWENTY);
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.header("Location")).isEqualTo(DATA);
        assertThat(same.json().path("operation").isNull()).isTrue();
        assertThat(api.get("/api/v1/operations").json().path("items")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|/desired",
                "{}|/desired",
                "{\"desired\":7}|/desired",
                "{\"desired\":null}|/desired",
                "{\"desired\":{\"size\":1},\"labels\":[]}|/labels",
                "{\"desired\":{\"size\":1},\"labels\":{\"a/b\":7}}|/labels/a~1b",
                "{\"desired\":{\"size\":1},\"status\":{}}|/status",
                "{\"desired\":{\"size\":1},\"desired\":{}}|''",
                "[]|''",
                "{|''",
                "{\"desired\":{\"size\":1e999}}|/desired/size",
                "{\"desired\":{\"size\":\"1\"}}|/desired/size"
            })
    void aWrongBodyIs400WithPointers(String body, String pointer) {
        Api.Answer answer = api.put(DATA, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .contains(pointer);
        assertThat(api.get(DATA).status()).isEqualTo(404);
    }

    @Test
    void allErrorsOfADocumentAreReportedTogether() {
        Api.Answer ours = api.put(DATA, "{\"desired\":[],\"labels\":{\"a\":1,\"b\":2},\"x\":0}");
        assertThat(ours.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactly("/x", "/desired", "/labels/a", "/labels/b");

        Api.Answer ofTheRuntime = api.put(VOLUMES + "/data", "{\"desired\":{}}");
        assertThat(ofTheRuntime.status()).isEqualTo(400);
        assertThat(ofTheRuntime.json().path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .containsExactly("/project", "/desired/size");
    }

    @Test
    void anotherMediaTypeIs415AndALargeBody413() {
        assertThat(api.call("PUT", DATA, BodyPublishers.ofString("desired: {}"), "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(415);
        try (Api small = new Api(100)) {
            assertThat(small.put(DATA, " ".repeat(200) + TEN).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VOLUMES + "/data", MAIN + "?project=demo"})
    void theProjectIsSaidWhereThereIsOneAndOnlyThere(String path) {
        for (Api.Answer answer : List.of(api.get(path), api.delete(path))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/message").asText()).contains("project", "belong");
        }
        assertThat(api.put(path, TEN).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {VOLUMES + "/none?project=demo", KINDS + "/Volume/resources/x", KINDS + "/v/resources/x"})
    void whatIsNotThereIs404(String path) {
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.delete(path).status()).isEqualTo(404);
        assertThat(api.get(path).problem()).isEqualTo("not-found");
    }

    @Test
    void aNameThatNoKindCanHaveIs404() {
        assertThat(api.get(KINDS + "/Volume/resources").status()).isEqualTo(404);
        assertThat(api.put(KINDS + "/Volume/resources/x", TEN).status()).isEqualTo(404);
        assertThat(api.get(KINDS + "/Volume").status()).isEqualTo(404);
        assertThat(api.get(KINDS + "/graph/resources/hello?project=demo").status())
                .isEqualTo(404);
    }

    @Test
    void listsInPagesInTheOrderOfProjectAndName() {
        for (String path : List.of("b?project=demo", "a?project=other", "c?project=demo", "a?project=demo")) {
            api.put(VOLUMES + "/" + path, TEN);
        }
        api.put(MAIN, TWENTY);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(VOLUMES + "?limit=3" + cursor).json();
            page.path("items")
                    .forEach(item -> seen.add(item.path("project").asText() + "/"
                            + item.path("name").asText()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("demo/a", "demo/b", "demo/c", "other/a");
        Api.Answer first = api.get(KINDS + "/licence/resources?limit=1");
        assertThat(first.json().path("items")).hasSize(1);
        assertThat(api.get(KINDS + "/licence/resources?limit=1", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(api.get(KINDS + "/licence/resources")
                        .json()
                        .path("nextCursor")
                        .isNull())
                .isTrue();
        assertThat(api.get(KINDS + "/unknown/resources").json().path("items")).isEmpty();
    }

    @Test
    void theNextPageOfResourcesOfTheServerBeginsBehindTheOneBefore() {
        for (String name : List.of("a", "b", "c")) {
            api.put(KINDS + "/licence/resources/" + name, TWENTY);
        }
        String cursor = api.get(KINDS + "/licence/resources?limit=2")
                .json()
                .path("nextCursor")
                .asText();

        JsonNode rest =
                api.get(KINDS + "/licence/resources?limit=2&cursor=" + cursor).json();

        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.at("/items/0/name").asText()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "project=demo|data,logs",
                "project=none|",
                "phase=READY|data",
                "phase=pending|logs,data",
                "label=team=a|data",
                "label=team=a&label=env=b|data",
                "label=team=a&label=env=c|",
                "label=team=|",
                "field=/size=20|logs,data",
                "field=/size=20&project=demo|logs",
                "field=/tier=fast&field=/size=10|data",
                "phase=READY&label=team=a&field=/size=10&project=demo|data"
            })
    void filtersChooseWhatHasAllOfThem(String query, String names) {
        api.put(DATA, TEN);
        api.put(VOLUMES + "/logs?project=demo", TWENTY);
        api.put(VOLUMES + "/data?project=other", TWENTY);
        api.resources.observe(DATA_REF, Phase.READY);

        JsonNode items = api.get(VOLUMES + "?" + query).json().path("items");

        assertThat(items)
                .extracting(item -> item.path("name").asText())
                .isEqualTo(names == null ? List.of() : List.of(names.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phase=HAPPY|expected one of",
                "label=team|expected name=value",
                "label==a|expected name=value",
                "label=a=1&label=a=2|is given twice",
                "field=size=1|expected /pointer=value",
                "field=/size|expected /pointer=value",
                "field=/size=1&field=/size=2|is given twice",
                "field=/colour=red|not chosen by /colour",
                "limit=0|limit",
                "cursor=%21|cursor",
                "cursor=YQ|cursor",
                "cursor=YS8|cursor",
                "cursor=YS8A|cursor",
                "cursor=YS9iL2M|cursor",
                "project=a&project=b|is given twice",
                "colour=red|unknown query parameter"
            })
    void aWrongFilterIs400AndSaysWhy(String query, String message) {
        Api.Answer answer = api.get(VOLUMES + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid");
        assertThat(answer.json().at("/errors/0/message").asText()).contains(message);
    }

    @Test
    void aProjectIsNoFilterOfResourcesOfTheServer() {
        Api.Answer answer = api.get(KINDS + "/licence/resources?project=demo");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/message").asText()).contains("belong to no project");
    }

    @Test
    void aListAcceptsThirtyTwoLabelFilters() {
        String most = IntStream.range(0, 32)
                .mapToObj(number -> "label=a%d=1".formatted(number))
                .collect(Collectors.joining("&"));

        assertThat(api.get(VOLUMES + "?" + most).status()).isEqualTo(200);
        Api.Answer more = api.get(VOLUMES + "?label=b=1&" + most);
        assertThat(more.status()).isEqualTo(400);
        assertThat(more.json().at("/errors/0/message").asText()).contains("at most 32");
    }

    @Test
    void whatIsThereIsReadAndRemovedWhileItsControllerIsAway() {
        api.put(DATA, TEN);
        api.put(MAIN, TWENTY);
        api.resources.kinds = List.of();

        assertThat(api.get(VOLUMES).json().path("items")).hasSize(1);
        assertThat(api.get(VOLUMES + "?field=/size=10&label=team=a").json().path("items"))
                .hasSize(1);
        assertThat(api.get(DATA).status()).isEqualTo(200);
        assertThat(api.get(MAIN).status()).isEqualTo(200);
        assertThat(api.get(VOLUMES + "/data").status())
                .as("nobody knows that it has a project")
                .isEqualTo(404);
        Api.Answer refused = api.put(DATA, TWENTY);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(api.delete(DATA).status()).isEqualTo(202);

        Api.Answer forgotten = api.delete(DATA + "&force=true");
        assertThat(forgotten.status()).isEqualTo(202);
        assertThat(forgotten.json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(api.get(DATA).status()).isEqualTo(404);
        assertThat(api.delete(MAIN + "?force=perhaps").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/kinds",
        "GET, /api/v1/kinds/volume",
        "GET, /api/v1/kinds/volume/resources",
        "GET, /api/v1/kinds/volume/resources/data?project=demo",
        "PUT, /api/v1/kinds/volume/resources/data?project=demo",
        "DELETE, /api/v1/kinds/volume/resources/data?project=demo"
    })
    void whileTheRuntimeIsAwayEachCallIs503(String method, String path) {
        api.inMemoryCoreServices.runtime = Optional.empty();

        Api.Answer answer = method.equals("PUT") ? api.put(path, TEN) : api.call(method, path, BodyPublishers.noBody());

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.json().path("detail").asText()).startsWith("The runtime is unavailable");
        assertThat(api.get("/api/v1/projects").status()).isEqualTo(200);
    }

    @Test
    void theTagChangesWithWhatIsWantedAndWithWhatIsSeen() {
        api.put(DATA, TEN);
        String made = api.get(DATA).header("ETag");
        assertThat(api.get(DATA, "If-None-Match", made).status()).isEqualTo(304);

        api.resources.observe(DATA_REF, Phase.READY);
        String seen = api.get(DATA).header("ETag");
        api.put(DATA, TWENTY);
        String changed = api.get(DATA).header("ETag");

        assertThat(List.of(made, seen, changed)).doesNotHaveDuplicates();
        assertThat(api.get(DATA, "If-None-Match", seen).status()).isEqualTo(200);
    }

    @Test
    void onlyWhatIsComparedIsChanged() {
        assertThat(put(TEN, "If-Match", "*").status()).as("nothing is there").isEqualTo(412);
        assertThat(put(TEN, "If-None-Match", "*").status()).isEqualTo(201);
        Api.Answer there = put(TEN, "If-None-Match", "*");
        assertThat(there.status()).isEqualTo(412);
        assertThat(there.problem()).isEqualTo("precondition-failed");
        String tag = api.get(DATA).header("ETag");

        assertThat(put(TWENTY, "If-Match", "\"stale\"").status()).isEqualTo(412);
        assertThat(put(TWENTY, "If-Match", "W/" + tag).status()).isEqualTo(412);
        assertThat(put(TWENTY, "If-Match", "stale").status()).isEqualTo(400);
        assertThat(put(TWENTY, "If-Match", tag).status()).isEqualTo(202);
        assertThat(put(TEN, "If-Match", tag).status()).as("changed since").isEqualTo(412);
        assertThat(put(TEN, "If-Match", "*").status()).isEqualTo(202);
        assertThat(remove("If-Match", tag).status()).isEqualTo(412);
        assertThat(remove("If-Match", api.get(DATA).header("ETag")).status()).isEqualTo(202);
    }

    @Test
    void aChangeBetweenComparisonAndWriteIsAConflict() {
        api.resources.beforeChange = () -> others(1);
        assertThat(put(TEN, "If-None-Match", "*").status()).isEqualTo(412);

        String tag = api.get(DATA).header("ETag");
        api.resources.beforeChange = () -> others(2);
        assertThat(put(TEN, "If-Match", tag).status()).isEqualTo(412);

        api.resources.beforeChange = () -> others(3);
        assertThat(remove("If-Match", api.get(DATA).header("ETag")).status()).isEqualTo(412);

        api.resources.beforeChange = () -> others(4);
        assertThat(put(TEN, "If-Match", "*").status())
                .as("something is there, as it says, but another thing than was looked at")
                .isEqualTo(409);
        assertThat(api.get(DATA).json().path("desired")).hasToString("{\"size\":4}");
    }

    private void others(long size) {
        api.resources.apply(
                DATA_REF,
                new ResourceWish(JsonObject.EMPTY.with("size", JsonNumber.of(size)), Map.of(), OptionalLong.empty()),
                CallContext.INTERNAL);
    }

    @Test
    void aRemovalIsOneOperationHoweverOftenItIsAskedFor() {
        api.put(DATA, TEN);

        Api.Answer first = api.delete(DATA);
        Api.Answer again = api.delete(DATA);

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.json().path("kind").asText()).isEqualTo("DELETE");
        assertThat(first.header("Location")).isEqualTo("/api/v1/operations/op-002");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(api.get(DATA).json().path("leaving").asBoolean()).isTrue();
        Api.Answer changed = api.put(DATA, TWENTY);
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.problem()).isEqualTo("conflict");

        api.resources.forget(DATA_REF);
        assertThat(api.delete(DATA).status()).isEqualTo(404);
    }

    @Test
    void aKeyMakesARepetitionHarmless() {
        Api.Answer made = put(TEN, "Idempotency-Key", "k-1");
        put(TWENTY, "Idempotency-Key", "k-2");

        Api.Answer again = put(TEN, "Idempotency-Key", "k-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/operation/id").asText()).isEqualTo("op-001");
        assertThat(again.json().at("/desired/size").asInt()).as("as it is now").isEqualTo(20);
        assertThat(made.header("Idempotency-Replayed")).isEmpty();
        Api.Answer changed = put(TWENTY, "Idempotency-Key", "k-2");
        assertThat(changed.status()).isEqualTo(202);
        assertThat(changed.header("Location")).isEqualTo("/api/v1/operations/op-002");

        Api.Answer other = put(TWENTY, "Idempotency-Key", "k-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");

        Api.Answer removed = remove("Idempotency-Key", "k-3");
        api.resources.forget(DATA_REF);
        Api.Answer repeated = remove("Idempotency-Key", "k-3");
        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.header("Location")).isEqualTo(removed.header("Location"));
        assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(remove("Idempotency-Key", "k-4").status()).isEqualTo(404);
    }

    @Test
    void aRequestThatComesAgainIsAnsweredWhateverHoldsByNow() {
        String[] first = {"Idempotency-Key", "k-1", "If-None-Match", "*"};
        assertThat(put(TEN, first).status()).isEqualTo(201);
        String[] second = {"Idempotency-Key", "k-2", "If-Match", api.get(DATA).header("ETag")};
        Api.Answer changed = put(TWENTY, second);
        assertThat(changed.status()).isEqualTo(202);

        Api.Answer madeAgain = put(TEN, first);
        assertThat(madeAgain.status()).as("it is there, as its own doing").isEqualTo(201);
        assertThat(madeAgain.header("Idempotency-Replayed")).isEqualTo("true");
        Api.Answer changedAgain = put(TWENTY, second);
        assertThat(changedAgain.status()).isEqualTo(202);
        assertThat(changedAgain.header("Location")).isEqualTo(changed.header("Location"));
        assertThat(put(TWENTY, "Idempotency-Key", "k-3", "If-None-Match", "*").status())
                .as("a new request compares")
                .isEqualTo(412);
        assertThat(put(TEN, "Idempotency-Key", "k-2", "If-Match", second[3]).problem())
                .isEqualTo("idempotency-key-reused");

        String[] third = {"Idempotency-Key", "k-4", "If-Match", api.get(DATA).header("ETag")};
        Api.Answer removed = remove(third);
        assertThat(removed.status()).isEqualTo(202);
        assertThat(remove(third).header("Location")).as("it leaves").isEqualTo(removed.header("Location"));
        api.resources.forget(DATA_REF);
        api.resources.kinds = List.of();
        assertThat(remove(third).header("Location")).as("it is gone").isEqualTo(removed.header("Location"));
        Api.Answer gone = put(TWENTY, second);
        assertThat(gone.status()).isEqualTo(202);
        assertThat(gone.header("Location")).isEqualTo(changed.header("Location"));
        assertThat(gone.json().path("leaving").asBoolean()).isTrue();
        assertThat(api.get(DATA).status()).as("it was not made again").isEqualTo(404);
    }

    @Test
    void aRequestThatChangedNothingIsRecognisedToo() {
        put(TEN);
        Api.Answer same = put(TEN, "Idempotency-Key", "k-1");
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.header("Location")).isEqualTo(DATA);
        assertThat(same.json().at("/operation/state").asText()).isEqualTo("SUCCEEDED");
        put(TWENTY);

        Api.Answer again = put(TEN, "Idempotency-Key", "k-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/operation/id")).isEqualTo(same.json().at("/operation/id"));
        assertThat(api.get(DATA).json().at("/desired/size").asInt())
                .as("what was asked for since")
                .isEqualTo(20);
    }

    @Test
    void waitingEndsWithTheOperationAndShowsWhatWasSeen() {
        CompletableFuture<Api.Answer> making = CompletableFuture.supplyAsync(() -> api.put(DATA + "&wait=60", TEN));
        awaitOperation("op-001");
        api.resources.observe(DATA_REF, Phase.READY);
        api.graphs.operations.end("op-001", State.SUCCEEDED, Optional.empty());
        assertThat(making.join().status()).isEqualTo(201);
        assertThat(making.join().json().path("phase").asText()).isEqualTo("READY");
        assertThat(making.join().json().at("/operation/state").asText()).isEqualTo("SUCCEEDED");

        CompletableFuture<Api.Answer> changing =
                CompletableFuture.supplyAsync(() -> api.put(DATA + "&wait=60", TWENTY));
        awaitOperation("op-002");
        api.graphs.operations.end("op-002", State.SUCCEEDED, Optional.empty());
        assertThat(changing.join().status()).isEqualTo(200);
        assertThat(changing.join().header("Location")).isEqualTo("/api/v1/operations/op-002");

        assertThat(api.put(DATA + "&wait=1", TEN).status()).as("not yet").isEqualTo(202);
        CompletableFuture<Api.Answer> removing = CompletableFuture.supplyAsync(() -> api.delete(DATA + "&wait=60"));
        awaitOperation("op-004");
        api.resources.forget(DATA_REF);
        api.graphs.operations.end("op-004", State.SUCCEEDED, Optional.empty());
        assertThat(removing.join().status()).isEqualTo(200);
        assertThat(api.put(DATA + "&wait=-1", TEN).status()).isEqualTo(400);
    }

    @Test
    void anOperationThatFailsWhileItIsWaitedForAnswersItsProblem() {
        CompletableFuture<Api.Answer> making = CompletableFuture.supplyAsync(() -> api.put(DATA + "&wait=60", TEN));
        awaitOperation("op-001");
        api.graphs.operations.end(
                "op-001",
                State.FAILED,
                Optional.of(new Operation.Fault(SmoException.Kind.UPSTREAM_FAILED, "array", "it is full")));

        assertThat(making.join().status()).isEqualTo(502);
        assertThat(making.join().json().path("operation").asText()).isEqualTo("op-001");
        assertThat(making.join().json().path("detail").asText()).isEqualTo("it is full");
        assertThat(api.get(DATA).status()).as("it stays").isEqualTo(200);
    }

    private void awaitOperation(String id) {
        while (api.graphs.operations.find(id, CallContext.INTERNAL).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private Api.Answer put(String body, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return api.call("PUT", DATA, BodyPublishers.ofString(body), all);
    }

    private Api.Answer remove(String... headers) {
        return api.call("DELETE", DATA, BodyPublishers.noBody(), headers);
    }
}
