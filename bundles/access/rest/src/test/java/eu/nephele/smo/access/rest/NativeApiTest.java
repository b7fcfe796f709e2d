// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths under {@code /api/v1}. */
final class NativeApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String HELLO = GRAPHS + "/hello";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void deploysInTheBackgroundAndSaysWhereToLook() {
        Api.Answer answer = api.post(GRAPHS, Samples.HELLO);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/operations/op-001");
        assertThat(answer.json().path("kind").asText()).isEqualTo("DEPLOY");
        assertThat(answer.json().path("graph").path("href").asText()).isEqualTo(HELLO);
        assertThat(api.graphs.deployments.get(0).keepIfInfeasible()).isTrue();
        JsonNode graph = api.get(HELLO).json();
        assertThat(graph.path("phase").asText()).isEqualTo("RUNNING");
        assertThat(graph.path("placement").path("web").get(0).path("cluster").asText())
                .isEqualTo("c2");
        assertThat(graph.path("conditions").get(0).path("status").asText()).isEqualTo("True");
        assertThat(graph.path("hdaGraph").path("id").asText()).isEqualTo("hello");
    }

    @Test
    void aGraphIsShownAlsoWhereItsDescriptorHasHalfACharacter() {
        String half = Samples.HELLO.replace("\"services\"", "\"x-note\":\"half \\ud83d, whole 😀\",\"services\"");
        assertThat(api.post(GRAPHS, half).status()).isEqualTo(202);

        Api.Answer answer = api.get(HELLO);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/hdaGraph/x-note").asText()).isEqualTo("half ?, whole 😀");
        assertThat(answer.text()).contains("whole 😀");
    }

    @Test
    void eachShareOfADividedServiceHasItsReadyReplicas() {
        api.post(GRAPHS, Samples.DIVIDED);

        JsonNode service = api.get(GRAPHS + "/divided").json().path("services").get(0);
        assertThat(service.path("shares").toString())
                .isEqualTo("[{\"cluster\":\"c1\",\"replicas\":1,\"readyReplicas\":1},"
                        + "{\"cluster\":\"c2\",\"replicas\":2,\"readyReplicas\":1}]");
        assertThat(service.path("replicas").asInt()).isEqualTo(3);
        assertThat(service.path("readyReplicas").asInt()).isEqualTo(2);
    }

    @Test
    void theSameGraphAgainIs200_StoppedOrDifferent409() {
        api.post(GRAPHS, Samples.HELLO);

        assertThat(api.post(GRAPHS, Samples.HELLO).status()).isEqualTo(200);
        assertThat(api.post(GRAPHS, Samples.OTHER_HELLO).status()).isEqualTo(409);
        api.post(HELLO + "/stop");
        assertThat(api.post(GRAPHS, Samples.HELLO).status()).isEqualTo(409);
    }

    @Test
    void aGraphWithoutCapacityStaysAndSaysSo() {
        assertThat(api.post(GRAPHS, Samples.HUGE).status()).isEqualTo(202);

        JsonNode graph = api.get(GRAPHS + "/huge").json();
        assertThat(graph.path("phase").asText()).isEqualTo("PENDING");
        assertThat(graph.path("conditions").get(0).path("reason").asText()).isEqualTo("Infeasible");
        Api.Answer explanation = api.get(GRAPHS + "/huge/services/big/explanation");
        assertThat(explanation.status()).isEqualTo(404);
        assertThat(explanation.json().path("detail").asText()).contains("conditions");

        api.core.decisions.add(InMemoryCore.decision(new GraphId("demo", "huge"), "d9", DecisionKind.PLACEMENT));
        JsonNode attempt = api.get(GRAPHS + "/huge/services/big/explanation").json();
        assertThat(attempt.path("decisionId").asText()).as("the last attempt").isEqualTo("d9");
        assertThat(attempt.path("text")).hasSize(1);
    }

    @Test
    void changesAreAcceptedAtOnceAndWaitedForOnRequest() {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;

        assertThat(api.post(HELLO + "/stop").status()).isEqualTo(202);
        assertThat(api.post(HELLO + "/start?wait=0").status()).isEqualTo(202);
        assertThat(api.post(HELLO + "/placement?wait=1").status()).isEqualTo(202);
        api.graphs.quick = true;
        assertThat(api.post(HELLO + "/stop?wait=5").status()).isEqualTo(200);
        assertThat(api.post(HELLO + "/start?wait=5").status()).isEqualTo(200);
        assertThat(api.delete(HELLO + "?wait=5").status()).isEqualTo(200);
        assertThat(api.get(HELLO).status()).isEqualTo(404);
    }

    @Test
    void removalIsAcceptedAtOnce() {
        api.post(GRAPHS, Samples.HELLO);
        api.graphs.quick = false;

        assertThat(api.delete(HELLO).status()).isEqualTo(202);
        assertThat(api.get(HELLO).json().path("phase").asText()).isEqualTo("REMOVING");
        assertThat(api.get(HELLO).json().path("operation").path("kind").asText())
                .isEqualTo("REMOVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "301", "soon", ""})
    void waitIsANumberOfSeconds(String wait) {
        assertThat(api.post(GRAPHS + "?wait=" + wait, Samples.HELLO).status()).isEqualTo(400);
        assertThat(api.graphs.deployments).isEmpty();
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        api.post(GRAPHS, Samples.HELLO);
        String tag = api.get(HELLO).header("ETag");

        Api.Answer unchanged = api.get(HELLO, "If-None-Match", tag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).isEqualTo(tag);
        api.post(HELLO + "/stop");
        assertThat(api.get(HELLO, "If-None-Match", tag).status()).isEqualTo(200);
        String listTag = api.get(GRAPHS).header("ETag");
        assertThat(api.get(GRAPHS, "If-None-Match", listTag).status()).isEqualTo(304);
    }

    @Test
    void listsGraphsInPages() {
        for (int i = 0; i < 5; i++) {
            api.post(GRAPHS, "{\"hdaGraph\":{\"id\":\"g%d\",\"services\":[{\"id\":\"s%d\"}]}}".formatted(i, i));
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = api.get(GRAPHS + "?limit=2" + cursor).json();
            seen.addAll(answer.path("items").findValuesAsText("name"));
            cursor = "&cursor=" + answer.path("nextCursor").asText();
        }

        assertThat(seen).containsExactly("g0", "g1", "g2", "g3", "g4");
        assertThat(api.get(GRAPHS + "?limit=5").json().path("nextCursor").isNull())
                .isTrue();
        assertThat(api.get("/api/v1/projects?limit=1")
                        .json()
                        .path("items")
                        .get(0)
                        .path("graphs")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void filtersGraphs() {
        api.post(GRAPHS, Samples.HELLO);
        api.post(GRAPHS, Samples.STATIC);
        api.post(HELLO + "/stop");

        assertThat(api.get(GRAPHS + "?phase=stopped").json().findValuesAsText("name"))
                .containsExactly("hello");
        assertThat(api.get(GRAPHS + "?namePrefix=fi").json().findValuesAsText("name"))
                .containsExactly("fixed");
        assertThat(api.get(GRAPHS + "?phase=RUNNING&namePrefix=he").json().path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=", "cursor=%25", "phase=HAPPY", "colour=blue"})
    void aQueryThatIsWrongIs400(String query) {
        Api.Answer answer = api.get(GRAPHS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors")).hasSize(1);
    }

    @Test
    void showsServices() {
        api.post(GRAPHS, Samples.CONDITIONAL);

        assertThat(api.get(GRAPHS + "/brussels/services").json().path("items")).hasSize(2);
        JsonNode service = api.get(GRAPHS + "/brussels/services/detection").json();
        assertThat(service.path("conditional").asBoolean()).isTrue();
        assertThat(service.path("perReplica").path("cpuMillis").asInt()).isEqualTo(500);
        assertThat(api.get(GRAPHS + "/brussels/services/none").status()).isEqualTo(404);
        assertThat(api.get(GRAPHS + "/none/services").status()).isEqualTo(404);
    }

    @Test
    void explainsWhereAServiceIs() {
        api.post(GRAPHS, Samples.HELLO);
        assertThat(api.get(HELLO + "/services/web/explanation").status()).isEqualTo(404);
        api.core.decisions.add(InMemoryCore.decision(new GraphId("demo", "hello"), "d1", DecisionKind.PLACEMENT));

        assertThat(api.get(HELLO + "/services/web/explanation")
                        .json()
                        .path("decisionId")
                        .asText())
                .isEqualTo("d1");
        assertThat(api.get(HELLO + "/services/none/explanation").status()).isEqualTo(404);
        api.core.decisions.add(InMemoryCore.decision(new GraphId("demo", "hello"), "s1", DecisionKind.SCALING));
        JsonNode both = api.get(HELLO + "/services/web/explanation").json();
        assertThat(both.path("text").get(0).asText()).isEqualTo("2 to 3 replicas");
        assertThat(both.has("scaling")).isTrue();
        api.post(GRAPHS, Samples.STATIC);
        assertThat(api.get(GRAPHS + "/fixed/services/chart/explanation").status())
                .isEqualTo(404);
    }

    @Test
    void showsDecisionsNewestFirstAlsoOfGraphsThatAreGone() {
        GraphId gone = new GraphId("demo", "gone");
        for (int i = 1; i <= 3; i++) {
            api.core.decisions.add(
                    InMemoryCore.decision(gone, "d" + i, i == 2 ? DecisionKind.SCALING : DecisionKind.PLACEMENT));
        }
        String decisions = GRAPHS + "/gone/decisions";

        JsonNode page = api.get(decisions + "?limit=2").json();
        assertThat(page.path("items").findValuesAsText("id").stream().filter(id -> id.startsWith("d")))
                .containsExactly("d3", "d2");
        JsonNode next = api.get(
                        decisions + "?limit=2&cursor=" + page.path("nextCursor").asText())
                .json();
        assertThat(next.path("items").get(0).path("id").asText()).isEqualTo("d1");
        assertThat(next.path("nextCursor").isNull()).isTrue();
        assertThat(api.get(decisions + "?kind=scaling").json().path("items")).hasSize(1);
        assertThat(api.get(decisions + "?kind=other").status()).isEqualTo(400);
        JsonNode one = api.get(decisions + "/d1").json();
        assertThat(one.path("durationMillis").asDouble()).isEqualTo(1.234567);
        assertThat(one.path("inputs").path("digest").asText()).isEqualTo("abc");
        assertThat(api.get(decisions + "/d2").json().path("inputs").isNull()).isTrue();
        assertThat(api.get(decisions + "/d9").status()).isEqualTo(404);
        assertThat(api.get(GRAPHS + "/never/decisions").status()).isEqualTo(404);
        api.post(GRAPHS, Samples.HELLO);
        assertThat(api.get(HELLO + "/decisions").json().path("items")).isEmpty();
    }

    @Test
    void showsClustersWithWhatIsReservedAndWhatTheyCost() {
        JsonNode page = api.get("/api/v1/clusters").json();

        assertThat(page.path("items")).hasSize(2);
        JsonNode c1 = api.get("/api/v1/clusters/c1").json();
        assertThat(c1.path("allocatable").path("gpus").asText()).isEqualTo("unlimited");
        assertThat(c1.path("signals").path("carbonGramsPerKwh").asDouble()).isEqualTo(120);
        assertThat(c1.path("signals").path("pricePerCpuHour").isNull()).isTrue();
        JsonNode c2 = api.get("/api/v1/clusters/sim/c2").json();
        assertThat(c2.path("reserved").path("cpuMillis").asInt()).isEqualTo(4000);
        assertThat(c2.path("available").path("cpuMillis").asInt()).isEqualTo(8000);
        assertThat(api.get("/api/v1/clusters/none").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/clusters?limit=1").json().path("nextCursor").isNull())
                .isFalse();
    }

    @Test
    void aClusterNameOfSeveralSourcesNeedsItsSource() {
        api.outside.registries.add(InMemoryOutside.registry("karmada", "c2"));

        assertThat(api.get("/api/v1/clusters/c2").status()).isEqualTo(409);
        assertThat(api.get("/api/v1/clusters/karmada/c2").json().path("name").asText())
                .isEqualTo("karmada/c2");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = api.get("/api/v1/clusters?limit=1" + cursor).json();
            seen.add(answer.path("items").get(0).path("name").asText());
            cursor = "&cursor=" + answer.path("nextCursor").asText();
        }
        assertThat(seen).containsExactly("c1", "karmada/c2", "sim/c2");
    }

    @Test
    void showsWhatIsInstalled() {
        assertThat(api.get("/api/v1/strategies").json().path("items"))
                .map(item -> item.path("id").asText())
                .contains("first-fit");
        assertThat(api.get("/api/v1/objectives")
                        .json()
                        .path("items")
                        .get(0)
                        .path("name")
                        .asText())
                .isEqualTo("moves");
        assertThat(api.get("/api/v1/defaults")
                        .json()
                        .path("items")
                        .get(1)
                        .path("remark")
                        .asText())
                .contains("'doesnotexist'");
        setsDefaults();
        assertThat(api.get("/api/v1/intents")
                        .json()
                        .path("items")
                        .get(0)
                        .path("schemas")
                        .has("service"))
                .isTrue();
        assertThat(api.get("/api/v1/schemas/hdag").json().path("$id").asText()).isEqualTo("urn:test:hdag");
        assertThat(api.get("/api/v1/schemas/hdag", "Accept", "application/json").status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/version").json().path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    private void setsDefaults() {
        assertThat(api.put("/api/v1/defaults/initialPlacement", "{\"value\": \"greedy\"}")
                        .json()
                        .path("value")
                        .asText())
                .isEqualTo("greedy");
        Api.Answer wrong = api.put("/api/v1/defaults/initialPlacement", "{\"value\": \"wrong\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/errors/0/pointer").asText()).isEqualTo("/value");
        assertThat(api.put("/api/v1/defaults/initialPlacement", "{\"value\": 3}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/value");
        assertThat(api.put("/api/v1/defaults/none", "{\"value\": \"greedy\"}").status())
                .isEqualTo(404);
    }

    @Test
    void placementAcceptsDecisionParameters() {
        api.post(GRAPHS, Samples.HELLO);

        assertThat(api.post(HELLO + "/placement").status()).isEqualTo(202);
        assertThat(api.post(
                                HELLO + "/placement",
                                "{\"reason\":\"offload\",\"services\":[\"web\"],\"target\":\"c1\",\"force\":true,"
                                        + "\"override\":{\"placement\":{\"id\":\"first-fit\",\"objectives\":"
                                        + "{\"moves\":2,\"carbon\":{\"weight\":0.5,\"level\":1}},\"normalised\":true}}}")
                        .status())
                .isEqualTo(202);

        assertThat(api.graphs.placements.get(0)).isEqualTo(PlaceRequest.replace());
        PlaceRequest offload = api.graphs.placements.get(1);
        assertThat(offload.reason()).isEqualTo(DecisionReason.OFFLOAD);
        assertThat(offload.services()).isEqualTo(Set.of("web"));
        assertThat(offload.target()).contains(InMemoryGraphs.C1);
        assertThat(offload.force()).isTrue();
        assertThat(offload.override().id()).contains("first-fit");
        assertThat(offload.override().objectives().orElseThrow())
                .containsEntry("carbon", new ObjectiveWeight(0.5, 1, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'reason':'because'} | /reason",
                "{'reason':'offload'} | /target",
                "{'reason':'offload','target':'mars'} | /target",
                "{'target':'c1'} | /target",
                "{'reason':'move'} | /services",
                "{'services':'web'} | /services",
                "{'services':[1]} | /services/0",
                "{'force':'yes'} | /force",
                "{'colour':1} | /colour",
                "{'override':1} | /override",
                "{'override':{'scaling':{}}} | /override/scaling",
                "{'override':{'placement':[]}} | /override/placement",
                "{'override':{'placement':{'id':1}}} | /override/placement/id",
                "{'override':{'placement':{'id':'unknown'}}} | /override/placement/id",
                "{'override':{'placement':{'parameters':1}}} | /override/placement/parameters",
                "{'override':{'placement':{'optional':1}}} | /override/placement/optional",
                "{'override':{'placement':{'objectives':1}}} | /override/placement/objectives",
                "{'override':{'placement':{'objectives':{'moves':-1}}}} | /override/placement/objectives/moves",
                "{'override':{'placement':{'objectives':{'moves':{'level':1}}}}} |"
                        + " /override/placement/objectives/moves",
                "{'override':{'placement':{'objectives':{'moves':1},'normalised':1}}} | /override/placement/normalised",
                "{'override':{'placement':{'normalised':true}}} | /override/placement/normalised",
                "[] | ''",
            })
    void aPlacementBodyThatIsWrongIsRefusedWithAPointer_R041(String body, String pointer) {
        api.post(GRAPHS, Samples.HELLO);

        Api.Answer answer = api.post(HELLO + "/placement", body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactly(pointer == null ? "" : pointer);
        assertThat(api.graphs.placements).isEmpty();
    }
}
