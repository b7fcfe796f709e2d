// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans of the fleet over HTTP. */
class FleetApiTest {

    private static final String PLANS = "/api/v1/fleet/plans";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aPlanIsMadeShownAppliedOnceAndForgotten() {
        Api.Answer made = api.post(PLANS, "{\"graphs\": [\"demo/hello\"], \"objectives\": {\"carbon\": 1}}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(api.platform.fleet.asked().graphs()).isEqualTo(Set.of(new GraphId("demo", "hello")));
        assertThat(api.platform.fleet.asked().objectives()).isEqualTo(Map.of("carbon", 1.0));
        String plan = PLANS + "/" + made.json().path("id").asText();
        assertThat(api.get(plan).json()).isEqualTo(made.json());

        Api.Answer applied = api.post(plan + "/apply");
        assertThat(applied.status()).isEqualTo(202);
        assertThat(applied.json().path("state").asText()).isEqualTo("applying");
        Api.Answer again = api.post(plan + "/apply");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("plan-stale");

        assertThat(api.delete(plan).status()).isEqualTo(204);
        assertThat(api.get(plan).status()).isEqualTo(404);
        assertThat(api.delete(plan).status()).isEqualTo(404);
        assertThat(api.post(plan + "/apply").status()).isEqualTo(404);
    }

    @Test
    void theKeptPlansAreListedInShort() {
        assertThat(api.get(PLANS).json().path("items")).isEmpty();
        api.post(PLANS, "{}");
        api.post(PLANS, "{\"whatIf\": {\"clusters\": {\"c1\": \"lost\"}}}");

        Api.Answer listed = api.get(PLANS);
        assertThat(listed.json().path("items"))
                .map(plan -> plan.path("id").asText())
                .containsExactly("plan-2", "plan-1");
        assertThat(listed.json().at("/items/0/hypothetical").asBoolean()).isTrue();
        assertThat(listed.json().at("/items/1/origin").asText()).isEqualTo("asked");
        assertThat(api.get(PLANS, "If-None-Match", listed.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void whatWouldBeIsNotApplied() {
        JsonNode plan = api.post(PLANS, "{\"whatIf\": {\"clusters\": {\"c1\": \"lost\"}}}")
                .json();
        assertThat(plan.path("hypothetical").asBoolean()).isTrue();
        Api.Answer refused =
                api.post("%s/%s/apply".formatted(PLANS, plan.path("id").asText()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isNotEqualTo("plan-stale");
    }

    @Test
    void aQuestionIsAnsweredAndNotKept() {
        JsonNode answer = api.post("/api/v1/fleet/what-if", "{\"whatIf\": {\"clusters\": {\"c1\": \"lost\"}}}")
                .json();
        assertThat(answer.path("hypothetical").asBoolean()).isTrue();
        assertThat(api.get(PLANS).json().path("items")).isEmpty();
    }

    @Test
    void whatIsWrongWithTheQuestionIsPointedAtAndNothingIsPlanned() {
        Api.Answer answer = api.post(PLANS, "{\"maxMoves\": -1, \"whatIf\": {\"demand\": 0}, \"x\": 1}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .map(error -> error.path("pointer").asText())
                .containsExactlyInAnyOrder("/maxMoves", "/whatIf/demand", "/x");
        assertThat(api.get(PLANS + "/plan-1").status()).isEqualTo(404);
    }
}
