// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a server tells about what was asked of it: operations and events. */
record Followed(RestClient client) {

    static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "SUPERSEDED");

    private static final long PATIENCE_SECONDS = 60;

    /** The path of the operation that carries out what was asked. */
    static String operationOf(RestClient.Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isIn(200, 202);
        return accepted.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("No operation: " + accepted.text()));
    }

    /** The path of the operation on a resource of a kind. */
    static String operationOnResource(RestClient.Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isIn(200, 201, 202);
        return accepted.json().at("/operation/href").asText();
    }

    /** The operation of an accepted request, at its end. */
    JsonNode end(RestClient.Answer accepted) throws Exception {
        return end(operationOf(accepted));
    }

    JsonNode end(String path) throws Exception {
        return Eventually.within(
                PATIENCE_SECONDS, () -> client.get(path + "?wait=10").json(), operation -> assertThat(
                                operation.path("state").asText())
                        .as(operation.toString())
                        .isIn(FINAL));
    }

    JsonNode succeeded(RestClient.Answer accepted) throws Exception {
        JsonNode operation = end(accepted);
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation;
    }

    /** All published events of a project, oldest first. */
    List<JsonNode> events(String project) throws Exception {
        return eventsAfter(0, "&project=" + project);
    }

    /** @param filter further parameters of the query, each with its ampersand */
    List<JsonNode> eventsAfter(long sequence, String filter) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        long after = sequence;
        boolean more = true;
        while (more) {
            RestClient.Answer answer = client.get("/api/v1/events?limit=1000&after=" + after + filter);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json().path("items").forEach(events::add);
            after = answer.json().path("nextAfter").asLong();
            more = answer.json().path("more").asBoolean();
        }
        return events;
    }

    static long sequence(JsonNode event) {
        return Long.parseLong(event.path("sequence").asText());
    }
}
