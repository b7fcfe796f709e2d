// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client written for the reference, against the real server: the paths at the root, their statuses, texts and fields. */
class StrangersClientIT {

    private static ServerProcess server;
    private static RestClient client;

    @BeforeAll
    static void startTheServer() throws Exception {
        int port = Distribution.freePort();
        // Many lives, one after the other, because a name has to be the only one: pods are quick here.
        Path data = Distribution.freshData("eu.nephele.smo.lab.simulator", "startupDelayMillis=100");
        server = ServerProcess.ready(port, data);
        client = new RestClient(port);
    }

    @AfterAll
    static void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    static Stream<Arguments> samples() {
        return Sample.all().stream().flatMap(sample -> Stream.of("application/json", "application/x-yaml")
                .map(mediaType -> Arguments.of(sample, mediaType)));
    }

    @Test
    void theClustersOfTheFederationAreListedWithTheReferencesFields() throws Exception {
        RestClient.Answer clusters = client.get("/clusters");
        assertThat(clusters.status()).isEqualTo(200);
        assertThat(clusters.json()).hasSize(3).allSatisfy(cluster -> assertThat(
                        List.of("name", "available_cpu", "available_ram", "availability"))
                .allMatch(cluster::has));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("samples")
    void aGraphLivesThroughItsWholeLife(Sample sample, String mediaType) throws Exception {
        String project = "p-%s-%s"
                .formatted(sample.name().replaceAll("[^a-z0-9]", "-"), mediaType.endsWith("json") ? "json" : "yaml");
        String graph = "/graphs/" + sample.graph();
        RestClient.Answer deployed = client.post("/project/" + project + "/graphs", mediaType, sample.as(mediaType));
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
        assertThat(status(graph, "Running").path("services")).isNotEmpty();
        assertThat(client.post(graph + "/placement").status()).isEqualTo(sample.isPlacedByUs() ? 200 : 409);
        assertAnswer(client.post(graph + "/stop"), "Graph %s stop triggered successfully", sample);
        status(graph, "Stopped");
        assertAnswer(client.post(graph + "/start"), "Graph %s start triggered successfully", sample);
        status(graph, "Running");
        assertAnswer(client.delete(graph), "Graph %s removed successfully", sample);
        assertThat(client.get(graph).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("unknownThings")
    void whatIsUnknownIsAProblemDocument(String path) throws Exception {
        RestClient.Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(404);
        assertThat(answer.json().path("correlationId").asText()).isNotEmpty();
    }

    static List<String> unknownThings() {
        return List.of("/graphs/nobody", "/nowhere", "/api/v1/nowhere", "/api/v1/projects/p/graphs/nobody");
    }

    @ParameterizedTest
    @MethodSource("servedThings")
    void whatIsPromisedIsServed(String path) throws Exception {
        assertThat(client.get(path).status()).isEqualTo(200);
    }

    static List<String> servedThings() {
        return List.of(
                "/health/live",
                "/health/ready",
                "/metrics",
                "/openapi.yaml",
                "/docs/",
                "/api/v1/schemas/hdag",
                "/api/v1/clusters",
                "/api/v1/strategies",
                "/api/v1/intents",
                "/api/v1/projects",
                "/project/none/graphs");
    }

    private static JsonNode status(String graph, String word) throws Exception {
        JsonNode answer = client.get(graph).json();
        assertThat(answer.path("status").asText()).isEqualTo(word);
        return answer;
    }

    private static void assertAnswer(RestClient.Answer answer, String text, Sample sample) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text().strip()).isEqualTo(text.formatted(sample.graph()));
    }
}
