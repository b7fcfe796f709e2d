// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.placement.DecisionReason;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates, revisions, plans, automation, and directives of operators for clusters. */
final class ChangesApiTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";
    private static final String HELLO = GRAPHS + "/hello";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aNewDescriptorIsANewRevisionAndAnOldOneCanComeBack() {
        api.post(GRAPHS, Samples.HELLO);

        Api.Answer updated = api.put(HELLO, Samples.OTHER_HELLO);
        assertThat(updated.status()).isEqualTo(202);
        assertThat(updated.json().path("kind").asText()).isEqualTo("UPDATE");
        assertThat(api.get(HELLO).json().path("revision").asInt()).isEqualTo(2);
        assertThat(api.put(HELLO, Samples.OTHER_HELLO).status()).as("as it is").isEqualTo(200);

        assertThat(api.post(HELLO + "/rollback", "{\"revision\":1}").status()).isEqualTo(202);
        JsonNode revisions = api.get(HELLO + "/revisions").json().path("items");
        assertThat(revisions.findValuesAsText("cause")).containsExactly("rollback to 1", "update", "deploy");
        JsonNode first = api.get(HELLO + "/revisions/1").json();
        assertThat("{\"hdaGraph\":%s}".formatted(first.path("hdaGraph"))).isEqualTo(Samples.HELLO);
        assertThat(first.path("principal").asText()).isEqualTo("anonymous");
    }

    @Test
    void revisionsComeInPages() {
        api.post(GRAPHS, Samples.HELLO);
        api.put(HELLO, Samples.OTHER_HELLO);
        api.put(HELLO, Samples.HELLO);

        JsonNode page = api.get(HELLO + "/revisions?limit=2").json();
        assertThat(page.path("items").findValuesAsText("revision")).containsExactly("3", "2");
        JsonNode next = api.get(HELLO + "/revisions?limit=2&cursor="
                        + page.path("nextCursor").asText())
                .json();
        assertThat(next.path("items").findValuesAsText("revision")).containsExactly("1");
        assertThat(next.path("nextCursor").isNull()).isTrue();
        assertThat(api.get(HELLO + "/revisions?cursor=eA").status()).isEqualTo(400);
    }

    @Test
    void revisionsThatAreNotThereAre404() {
        assertThat(api.get(HELLO + "/revisions").status()).isEqualTo(404);
        api.post(GRAPHS, Samples.HELLO);
        assertThat(api.get(HELLO + "/revisions/9").status()).isEqualTo(404);
        assertThat(api.get(HELLO + "/revisions/x").status()).isEqualTo(404);
        assertThat(api.post(HELLO + "/rollback", "{\"revision\":9}").status()).isEqualTo(404);
    }

    @Test
    void anUpdateOfAnAbsentGraphSaysHowToMakeOne() {
        Api.Answer answer = api.put(HELLO, Samples.HELLO);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).contains("POST " + GRAPHS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/other/plan"})
    void theDescriptorsNameIsThatOfThePath(String path) {
        Api.Answer answer =
                path.endsWith("plan") ? api.post(GRAPHS + path, Samples.HELLO) : api.put(GRAPHS + path, Samples.HELLO);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).containsExactly("/hdaGraph/id");
    }

    @Test
    void anUpdateReadsYaml() {
        api.post(GRAPHS, Samples.OTHER_HELLO);

        assertThat(api.call(
                                "PUT",
                                HELLO,
                                BodyPublishers.ofString(Samples.HELLO_YAML),
                                "Content-Type",
                                "application/yaml")
                        .status())
                .isEqualTo(202);
        assertThat(api.call("PUT", HELLO, BodyPublishers.ofString("x"), "Content-Type", "text/csv")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {GRAPHS, "/project/demo/graphs"})
    void anotherGraphUnderTheSameNameIs409ThatPointsToPut(String path) {
        api.post(path, Samples.HELLO);

        Api.Answer answer = api.post(path, Samples.OTHER_HELLO);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains("PUT " + HELLO);
    }

    @Test
    void automationIsPausedAndGoesOnAndDriftIsShown() {
        api.post(GRAPHS, Samples.HELLO);

        JsonNode paused = api.put(HELLO + "/automation", "{\"paused\":true}").json();
        assertThat(paused.path("paused").asBoolean()).isTrue();
        assertThat(api.get(HELLO).json().path("drift").get(0).path("field").asText())
                .isEqualTo("replicas");
        assertThat(api.put(HELLO + "/automation", "{\"paused\":false}")
                        .json()
                        .path("paused")
                        .asBoolean())
                .isFalse();
        assertThat(api.put(GRAPHS + "/none/automation", "{\"paused\":true}").status())
                .isEqualTo(404);
    }

    @Test
    void replicasAreSetByHandForAWhileAndGivenBack() {
        api.post(GRAPHS, Samples.HELLO);
        String replicas = HELLO + "/services/web/replicas";

        JsonNode hold = service(
                api.put(replicas, "{\"replicas\":3,\"forSeconds\":7200}").json());
        assertThat(hold.path("replicas").asInt()).isEqualTo(3);
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(hold.path("until").asText())))
                .isBetween(Duration.ofMinutes(115), Duration.ofMinutes(120));
        assertThat(service(api.put(replicas, "{\"replicas\":0}").json())
                        .path("until")
                        .isNull())
                .isTrue();
        assertThat(service(api.delete(replicas).json()).isNull()).isTrue();
        assertThat(api.put(HELLO + "/services/none/replicas", "{\"replicas\":3}")
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode service(JsonNode graph) {
        return graph.path("services").get(0).path("hold");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /services/web/replicas | {} | /replicas",
                "PUT | /services/web/replicas | {'replicas':-1} | /replicas",
                "PUT | /services/web/replicas | {'replicas':1,'forSeconds':0} | /forSeconds",
                "PUT | /services/web/replicas | {'replicas':1,'until':'noon'} | /until",
                "PUT | /automation | {} | /paused",
                "PUT | /automation | {'paused':'yes'} | /paused",
                "PUT | /automation | {'pause':true} | /pause",
                "PUT | /automation | [] | ''",
                "POST | /rollback | {} | /revision",
                "POST | /rollback | {'revision':0} | /revision",
                "POST | /rollback | {'revision':1.5} | /revision",
                "POST | /rollback | {'revision':99999999999999999999} | /revision",
                "POST | /plan | {'placement':[]} | /placement",
                "POST | /plan | {'placement':{},'hdaGraph':{}} | /placement",
                "POST | /plan | {'placement':{'reason':'because'}} | /placement/reason",
                "POST | /plan | {'placement':{'colour':1}} | /placement/colour",
                "POST | /plan | {'placement':{'override':{'placement':{'id':'no'}}}} |"
                        + " /placement/override/placement/id",
                "POST | /plan | {} | /hdaGraph",
            })
    void aBodyThatIsWrongIsRefusedWithAPointer_R041(String verb, String path, String body, String pointer) {
        api.post(GRAPHS, Samples.HELLO);

        String json = body.replace('\'', '"');
        Api.Answer answer = verb.equals("PUT") ? api.put(HELLO + path, json) : api.post(HELLO + path, json);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer")).contains(pointer == null ? "" : pointer);
    }

    @Test
    void aPlanOfANewGraphTouchesNothingUntilItIsApplied() {
        Api.Answer answer = api.post(HELLO + "/plan", Samples.HELLO);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode plan = answer.json();
        assertThat(plan.path("kind").asText()).isEqualTo("DEPLOY");
        assertThat(plan.path("services").path("added").get(0).asText()).isEqualTo("web");
        assertThat(plan.path("steps").get(0).path("to").get(0).path("cluster").asText())
                .isEqualTo("c2");
        assertThat(api.get(HELLO).status()).isEqualTo(404);
        assertThat(api.get(plan.path("href").asText()).json()).isEqualTo(plan);
        JsonNode takeover = plan.path("takeovers").path("web").path(0);
        assertThat(takeover.path("maker").asText()).isEqualTo("chart web-1, revision 3");
        assertThat(takeover.at("/differences/0/present").asText()).isEqualTo("theirs");
        assertThat(takeover.at("/differences/0/wanted").asText()).isEqualTo("ours");
        assertThat(takeover.path("omitted").asInt()).isEqualTo(2);

        Api.Answer applied = api.post(plan.path("href").asText() + "/apply?wait=5");
        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.json().path("kind").asText()).isEqualTo("DEPLOY");
        assertThat(api.get(HELLO).status()).isEqualTo(200);
    }

    @Test
    void aPlanThatTheWorldHasOvertakenIsRefused() {
        JsonNode plan = api.post(HELLO + "/plan", Samples.HELLO).json();
        api.engine.changed = true;

        Api.Answer stale = api.post(plan.path("href").asText() + "/apply");

        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.problem()).isEqualTo("plan-stale");
        assertThat(stale.json().path("detail").asText()).isEqualTo("c2 is another one now");
        assertThat(api.get(HELLO).status()).isEqualTo(404);
    }

    @Test
    void aPlacementIsPlannedWithTheParametersOfAPlacementCall() {
        api.post(GRAPHS, Samples.HELLO);

        JsonNode plan = api.post(
                        HELLO + "/plan",
                        "{\"placement\":{\"reason\":\"offload\",\"services\":[\"web\"],\"target\":\"c1\"}}")
                .json();

        assertThat(plan.path("kind").asText()).isEqualTo("PLACE");
        assertThat(api.engine.placements.get(0).reason()).isEqualTo(DecisionReason.OFFLOAD);
        assertThat(api.engine.placements.get(0).target()).contains(InMemoryGraphs.C1);
        assertThat(api.post(GRAPHS + "/none/plan", "{\"placement\":{}}").status())
                .isEqualTo(404);
    }

    @Test
    void aPlanIsOneOfItsGraph() {
        JsonNode plan = api.post(HELLO + "/plan", Samples.HELLO).json();

        String elsewhere = GRAPHS + "/other/plans/" + plan.path("id").asText();
        assertThat(api.get(elsewhere).status()).isEqualTo(404);
        assertThat(api.post(elsewhere + "/apply").status()).isEqualTo(404);
    }

    @Test
    void aClusterIsCordonedDrainedAndUsedAgain() {
        assertThat(api.get("/api/v1/clusters/c1").json().path("cordon").isNull())
                .isTrue();

        JsonNode said = api.post("/api/v1/clusters/c1/cordon", "{\"reason\":\"new disks\"}")
                .json();
        assertThat(said.path("cordoned").asBoolean()).isTrue();
        JsonNode cordon = api.get("/api/v1/clusters/sim/c1").json().path("cordon");
        assertThat(cordon.path("reason").asText()).isEqualTo("new disks");
        assertThat(cordon.path("draining").asBoolean()).isFalse();

        Api.Answer drained = api.post("/api/v1/clusters/sim/c1/drain");
        assertThat(drained.status()).isEqualTo(202);
        assertThat(drained.json().path("cluster").asText()).isEqualTo("sim/c1");
        assertThat(drained.json().path("graph").isNull()).isTrue();
        assertThat(api.get("/api/v1/clusters")
                        .json()
                        .path("items")
                        .get(0)
                        .path("cordon")
                        .path("operation")
                        .asText())
                .isEqualTo(drained.header("Location"));

        assertThat(api.post("/api/v1/clusters/c1/uncordon", "{}").status()).isEqualTo(200);
        assertThat(api.get("/api/v1/clusters/c1").json().path("cordon").isNull())
                .isTrue();
    }

    @Test
    void aClusterThatIsAwayCanStillBeUsedAgain() {
        api.post("/api/v1/clusters/c1/cordon");
        api.outside.registries.clear();
        api.outside.registries.add(InMemoryOutside.unreachable("sim"));

        assertThat(api.post("/api/v1/clusters/c1/uncordon").status()).isEqualTo(200);
        // whether it is there cannot be known while its source is silent, or nobody is there to tell
        assertThat(api.post("/api/v1/clusters/c2/cordon").status()).isEqualTo(503);
        api.outside.registries.clear();
        assertThat(api.post("/api/v1/clusters/c2/cordon").status()).isEqualTo(503);
    }

    @Test
    void aClusterIsMeantByItsNameOrWithItsSource() {
        api.outside.registries.add(InMemoryOutside.registry("karmada", "c2"));

        for (String verb : List.of("cordon", "uncordon", "drain")) {
            assertThat(api.post("/api/v1/clusters/c2/" + verb).status()).isEqualTo(409);
            assertThat(api.post("/api/v1/clusters/none/" + verb).status()).isEqualTo(404);
            assertThat(api.post("/api/v1/clusters/karmada/c2/" + verb).status()).isIn(200, 202);
        }
        assertThat(api.post("/api/v1/clusters/c1/cordon", "{\"reason\":7}").status())
                .isEqualTo(400);
    }
}
