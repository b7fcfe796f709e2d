// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What services are seen to serve becomes a profile: a server with a simulated federation, in which a replica of half a core serves ten
 * requests per second. The steps build on each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LearnedProfilesIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final String PROFILES = "/api/v1/kinds/service-profile/resources";

    private static final String PROJECT = "shop";
    private static final List<String> ARTIFACTS = List.of("web", "api");
    private static final int MOST_REPLICAS = 3;

    private static Settings settings;
    private static ServerProcess server;
    private static RestClient client;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        settings = Settings.fresh()
                .world(new int[] {100})
                .with(
                        "eu.nephele.smo.core.engine",
                        "rateWindowSeconds=4",
                        "scrapeIntervalSeconds=1",
                        "scalingIntervalSeconds=1");
        begin();
        for (String artifact : ARTIFACTS) {
            for (int replicas = 1; replicas <= MOST_REPLICAS; replicas++) {
                String name = artifact + replicas;
                deploy(name, artifact, replicas, replicas);
                // as a share of what they can serve: always much, never all
                load(name, 7.5 * replicas, 1.5 * replicas);
            }
        }
    }

    private static void begin() throws Exception {
        port = Distribution.freePort();
        server = ServerProcess.ready(port, settings.data());
        client = new RestClient(port);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    @Order(1)
    void whatIsMeasuredIsProposedWithItsQuality() throws Exception {
        for (String artifact : ARTIFACTS) {
            JsonNode proposal = Eventually.within(PATIENCE_SECONDS, () -> profile(artifact), profile -> assertThat(
                                    profile.at("/desired/proposal/quality/maxReplicas")
                                            .asInt())
                            .as(profile.toString())
                            .isEqualTo(MOST_REPLICAS))
                    .at("/desired/proposal");
            assertThat(proposal.path("alpha").asDouble()).isBetween(9.5, 10.5);
            assertThat(proposal.path("beta").asDouble()).isBetween(-1.0, 1.0);
            assertThat(proposal.path("origin").asText()).startsWith("learned from ");
        }
        assertThat(smo("profile", "list")).contains("samples/web").contains("alpha 10");
    }

    @Test
    @Order(2)
    void itCountsWhenItIsConfirmedAtTheCommandLine() throws Exception {
        String name = profile("web").path("name").asText();
        assertThat(smo("profile", "show", name)).contains(name, "samples/web", "proposal: alpha 10", "learned from ");
        assertThat(smo("profile", "apply", name)).contains(name + ": applied");
        Eventually.within(PATIENCE_SECONDS, () -> profile("web"), now -> assertThat(
                        now.at("/observed/state").asText())
                .as(now.toString())
                .startsWith("APPLIED"));
        decidesBy("first", "web");
    }

    @Test
    @Order(3)
    void itCountsWhenItIsConfirmedOverRest() throws Exception {
        JsonNode seen = profile("api");
        ObjectNode desired = seen.path("desired").deepCopy();
        desired.set("applied", desired.remove("proposal"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("desired", desired);
        String path = PROFILES + "/" + seen.path("name").asText();
        String tag = client.get(path).headers().firstValue("ETag").orElseThrow();
        assertThat(client.call("PUT", path, body.toString(), "If-Match", "\"another\"")
                        .status())
                .isEqualTo(412);
        RestClient.Answer answer = client.call("PUT", path + "?wait=30", body.toString(), "If-Match", tag);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        decidesBy("second", "api");
    }

    @Test
    @Order(4)
    void aProfileUnderAnotherNameDoesNotCountAndSaysSo() throws Exception {
        RestClient.Answer answer = client.put(
                PROFILES + "/mine?wait=30",
                "{\"desired\":{\"artifact\":\"oci://registry.example/samples/web\",\"version\":\"1.0.0\","
                        + "\"applied\":{\"alpha\":1,\"beta\":0}}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text())
                .contains("the profile of oci://registry.example/samples/web:1.0.0 is called web-1-0-0-");
        client.delete(PROFILES + "/mine?wait=30");
    }

    @Test
    @Order(5)
    void afterARestartItCountsFromTheFirstDecisionOn() throws Exception {
        server.close();
        begin();
        assertThat(profile("web").at("/desired/applied/origin").asText()).startsWith("learned from ");
        decidesBy("third", "web");
        for (JsonNode decision : new NativeApi(client, PROJECT).decisions("third")) {
            JsonNode whole = new NativeApi(client, PROJECT)
                    .decision("third", decision.path("id").asText());
            if (decision.path("kind").asText().equalsIgnoreCase("scaling")) {
                assertThat(whole.toString()).contains("learned from ");
            }
        }
    }

    /** A graph that has load for some replicas gets them by the profile, and the decision names where it comes from. */
    private static void decidesBy(String graph, String artifact) throws Exception {
        deploy(graph, artifact, 1, 6);
        load(graph, 35, 0);
        NativeApi api = new NativeApi(client, PROJECT);
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client).ready(), ready -> assertThat(ready)
                .as("10 requests per second each, and a careful scaler")
                .hasEntrySatisfying(graph, replicas -> assertThat(replicas).isBetween(4, 5)));
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get(api.graphs() + "/%s/decisions?kind=scaling".formatted(graph)),
                decisions -> assertThat(decisions.json().at("/items/0/id").asText())
                        .as(decisions.text())
                        .isNotEmpty());
        JsonNode newest = client.get(api.graphs() + "/%s/decisions?kind=scaling".formatted(graph))
                .json()
                .at("/items/0");
        assertThat(api.decision(graph, newest.path("id").asText()).toString()).contains("learned from ");
    }

    private static JsonNode profile(String artifact) throws Exception {
        RestClient.Answer answer = client.get(PROFILES);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .filter(item -> item.path("name").asText().startsWith(artifact + "-"))
                .findFirst()
                .orElse(JsonNodeFactory.instance.missingNode());
    }

    private static void deploy(String graph, String artifact, int minReplicas, int maxReplicas) throws Exception {
        new NativeApi(client, PROJECT)
                .deploy(Descriptors.graph(
                        graph,
                        Descriptors.service(graph)
                                .replace("samples/any", "samples/" + artifact)
                                .replace(
                                        "\"deployment\"",
                                        "\"scaling\":{\"minReplicas\":%d,\"maxReplicas\":%d},\"deployment\""
                                                .formatted(minReplicas, maxReplicas))));
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client).ready(), ready -> assertThat(ready)
                .containsKey(graph));
    }

    private static void load(String service, double mean, double amplitude) throws Exception {
        RestClient.Answer answer = client.postJson(
                "/lab/load",
                "{\"service\":\"%s\",\"sine\":{\"mean\":%s,\"amplitude\":%s,\"periodSeconds\":37}}"
                        .formatted(service, mean, amplitude));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private static String smo(String... arguments) throws Exception {
        Path folder = Distribution.freshFolder("shell");
        return new PartnerShell(folder, server.userHome(), port).smo(folder, arguments);
    }
}
