// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What a service asks for against what it has used: a server on the data of a former one, whose graphs are old enough for a proposal. The
 * steps build on each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsizingIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String GRAPH = "running";
    private static final String SERVICE = "r";
    private static final String PATH = "/api/v1/projects/%s/graphs/%s".formatted(FormerWorld.PROJECT, GRAPH);

    private static ServerProcess server;
    private static RestClient client;
    private static int port;

    /** The class light is half a core and 500 MiB: the one is all in use, of the other there is enough. */
    @BeforeAll
    static void start() throws Exception {
        Path data = Distribution.freshFolder("data");
        FormerData.unpack(FormerData.file("0.2", Database.H2), data);
        Files.createDirectories(data.resolve("etc"));
        FormerWorld.configure(new Settings(data));
        port = Distribution.freePort();
        server = ServerProcess.ready(port, data);
        client = new RestClient(port);
        new PastMetricsPlugin(0.49, 350e6).put(data.resolve("plugins"));
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get("/api/v1/plugins/" + PastMetricsPlugin.ID),
                plugin -> assertThat(plugin.text()).contains("ACTIVE"));
        Eventually.within(PATIENCE_SECONDS, () -> client.get(PATH).json(), graph -> assertThat(
                        graph.path("phase").asText())
                .isEqualTo("RUNNING"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static JsonNode advice() throws Exception {
        RestClient.Answer answer = client.get(PATH + "/rightsizing");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/items/0");
    }

    @Test
    @Order(1)
    void whatIsTooSmallIsProposedWithItsReason() throws Exception {
        JsonNode advice = advice();
        assertThat(advice.path("service").asText()).isEqualTo(SERVICE);
        assertThat(advice.path("proposal").asBoolean()).as(advice.toString()).isTrue();
        assertThat(advice.at("/cpu/class").asText()).isEqualTo("light");
        assertThat(advice.at("/cpu/proposedClass").asText()).isEqualTo("small");
        assertThat(advice.at("/cpu/reason").asText()).isEqualTo("it uses what it asks for, or would use more");
        assertThat(advice.at("/cpu/quality/hours").asDouble()).isGreaterThan(20);
        assertThat(advice.at("/ram/proposedClass").isMissingNode()).isTrue();
        assertThat(smo("graph", "rightsize", FormerWorld.PROJECT, GRAPH)).contains(SERVICE, "light", "small");
    }

    @Test
    @Order(2)
    void onlyWhatWasProposedIsPlanned() throws Exception {
        assertThat(plan("large").status()).isEqualTo(409);
        RestClient.Answer planned = plan("small");
        assertThat(planned.status()).as(planned.text()).isEqualTo(200);
        assertThat(planned.json().path("feasible").asBoolean())
                .as(planned.text())
                .isTrue();
        assertThat(planned.json().at("/services/changed/0").asText()).isEqualTo(SERVICE);
        assertThat(advice().at("/cpu/class").asText())
                .as("a plan changes nothing")
                .isEqualTo("light");
    }

    private static RestClient.Answer plan(String cpu) throws Exception {
        return client.postJson(
                PATH + "/rightsizing/plan", "{\"services\":{\"%s\":{\"cpu\":\"%s\"}}}".formatted(SERVICE, cpu));
    }

    @Test
    @Order(3)
    void aConfirmedProposalIsAnUpdateThatCanBeTakenBack() throws Exception {
        double asked = advice().at("/cpu/podsRequest").asDouble();
        assertThat(asked).isPositive();
        smo("graph", "rightsize", FormerWorld.PROJECT, GRAPH, SERVICE, "--apply", "--wait", "30");
        JsonNode advice = Eventually.within(PATIENCE_SECONDS, RightsizingIT::advice, now -> {
            assertThat(now.at("/cpu/class").asText()).isEqualTo("small");
            assertThat(now.at("/cpu/podsRequest").asDouble())
                    .as("the pods themselves: %s", now)
                    .isGreaterThan(asked);
        });
        assertThat(advice.path("proposal").asBoolean()).as(advice.toString()).isFalse();
        assertThat(advice.at("/cpu/reason").asText()).contains("since the last change");
        Eventually.within(PATIENCE_SECONDS, () -> client.get(PATH).json(), graph -> assertThat(
                        graph.path("phase").asText())
                .isEqualTo("RUNNING"));

        String before =
                client.get(PATH + "/revisions").json().at("/items/1/revision").asText();
        RestClient.Answer back = client.postJson(PATH + "/rollback?wait=30", "{\"revision\":%s}".formatted(before));
        assertThat(back.status()).as(back.text()).isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, RightsizingIT::advice, now -> assertThat(
                        now.at("/cpu/class").asText())
                .isEqualTo("light"));
    }

    private static String smo(String... arguments) throws Exception {
        Path folder = Distribution.freshFolder("shell");
        return new PartnerShell(folder, server.userHome(), port).smo(folder, arguments);
    }
}
