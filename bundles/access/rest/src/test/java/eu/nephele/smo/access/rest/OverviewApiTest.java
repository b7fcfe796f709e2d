// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graphs of all projects, and what is on a cluster. */
final class OverviewApiTest {

    private static final String GRAPHS = "/api/v1/graphs";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private void deploy() {
        for (String sample : List.of(Samples.HELLO, Samples.DIVIDED, Samples.HUGE)) {
            api.post("/api/v1/projects/demo/graphs", sample);
        }
    }

    private static List<String> names(JsonNode page, String member) {
        List<String> names = new ArrayList<>();
        page.path("items").forEach(item -> names.add(item.path(member).asText()));
        return names;
    }

    @Test
    void pagesAreOfAllProjectsAndSayWhatIsWrong() {
        assertThat(api.get(GRAPHS).json().path("items")).isEmpty();
        deploy();
        Api.Answer answer = api.get(GRAPHS + "?limit=2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isNotEmpty();
        JsonNode page = answer.json();
        assertThat(names(page, "name")).containsExactly("divided", "hello");
        assertThat(page.at("/items/0/clusters").toString()).isEqualTo("[\"c1\",\"c2\"]");
        assertThat(page.at("/items/0/replicas").asInt()).isEqualTo(3);
        assertThat(page.at("/items/0/condition").isNull()).isTrue();
        JsonNode rest = api.get(
                        GRAPHS + "?limit=2&cursor=" + page.path("nextCursor").asText())
                .json();
        assertThat(names(rest, "name")).containsExactly("huge");
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(rest.at("/items/0/attention").asText()).isEqualTo("error");
        assertThat(rest.at("/items/0/condition/reason").asText()).isEqualTo("Infeasible");
        assertThat(rest.at("/items/0/condition/remedy").asText()).isNotEmpty();
    }

    @Test
    void filtersAndOrdersAreParameters() {
        deploy();
        assertThat(names(api.get(GRAPHS + "?q=hel").json(), "name")).containsExactly("hello");
        assertThat(names(api.get(GRAPHS + "?phase=pending,FAILED").json(), "name"))
                .containsExactly("huge");
        assertThat(names(api.get(GRAPHS + "?attention=true").json(), "name")).containsExactly("huge");
        assertThat(names(api.get(GRAPHS + "?cluster=c1").json(), "name")).containsExactly("divided");
        assertThat(names(api.get(GRAPHS + "?project=other").json(), "name")).isEmpty();
        JsonNode changed = api.get(GRAPHS + "?sort=-changed&limit=1").json();
        assertThat(api.get(GRAPHS + "?sort=-changed&cursor="
                                + changed.path("nextCursor").asText())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sort=size",
                "?attention=yes",
                "?phase=ASLEEP",
                "?phase=",
                "?limit=0",
                "?cursor=%25",
                "?cursor=aGVsbG8",
                "?sort=-changed&cursor=aGVsbG8AZGVtbw",
                "?sort=-changed&cursor=eABoZWxsbwBkZW1v"
            })
    void whatCannotBeReadIsTold(String query) {
        deploy();
        Api.Answer answer = api.get(GRAPHS + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors")).hasSize(1);
    }

    @Test
    void theSummaryCounts() {
        assertThat(api.get(GRAPHS + "/summary").json().path("graphs").asInt()).isZero();
        deploy();
        JsonNode summary = api.get(GRAPHS + "/summary").json();
        assertThat(summary.path("graphs").asInt()).isEqualTo(3);
        assertThat(summary.at("/phases/RUNNING").asInt()).isEqualTo(2);
        assertThat(summary.at("/projects/largest/0/name").asText()).isEqualTo("demo");
        assertThat(summary.at("/attention/items/0/name").asText()).isEqualTo("huge");
    }

    @Test
    void aClusterSaysWhatIsOnIt() {
        deploy();
        assertThat(api.get("/api/v1/clusters/c2").json().at("/use/services").asInt())
                .isEqualTo(2);
        JsonNode page = api.get("/api/v1/clusters/c2/services?limit=1").json();
        assertThat(names(page, "graph")).containsExactly("divided");
        assertThat(page.at("/items/0/elsewhere/0").asText()).isEqualTo("c1");
        JsonNode rest = api.get("/api/v1/clusters/sim/c2/services?cursor="
                        + page.path("nextCursor").asText())
                .json();
        assertThat(names(rest, "graph")).containsExactly("hello");
        assertThat(api.get("/api/v1/clusters/c2/services?cursor=aGVsbG8").status())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/clusters/none/services").status()).isEqualTo(404);
    }
}
