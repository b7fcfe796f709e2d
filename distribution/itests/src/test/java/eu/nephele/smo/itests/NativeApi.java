// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One project through {@code /api/v1}. */
record NativeApi(RestClient client, String project) {

    /** Deploys and expects to be accepted; a graph without room waits. */
    void deploy(String descriptor) throws Exception {
        RestClient.Answer answer = client.postJson(graphs(), descriptor);
        assertThat(answer.status()).as(answer.text()).isIn(200, 202);
    }

    void remove(String graph) throws Exception {
        RestClient.Answer answer = client.delete(graphs() + "/" + graph);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    JsonNode graph(String graph) throws Exception {
        RestClient.Answer answer = client.get(graphs() + "/" + graph);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** All graphs of the project by phase. */
    Map<String, List<String>> byPhase() throws Exception {
        Map<String, List<String>> phases = new TreeMap<>();
        for (JsonNode graph : items(graphs() + "?limit=1000")) {
            phases.merge(
                    graph.path("phase").asText(),
                    List.of(graph.path("name").asText()),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        }
        return phases;
    }

    /** Decisions about a graph, the newest first. */
    List<JsonNode> decisions(String graph) throws Exception {
        return items(graphs() + "/" + graph + "/decisions");
    }

    JsonNode decision(String graph, String id) throws Exception {
        RestClient.Answer answer = client.get(graphs() + "/" + graph + "/decisions/" + id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    String graphs() {
        return "/api/v1/projects/" + project + "/graphs";
    }

    private List<JsonNode> items(String path) throws Exception {
        RestClient.Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .toList();
    }
}
