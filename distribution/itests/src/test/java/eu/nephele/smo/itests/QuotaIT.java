// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Quotas of projects and limits of callers in a server that runs. */
class QuotaIT {

    private static final int PORT = Distribution.freePort();
    private static final int BURST = 200;
    private static final Settings SETTINGS = Settings.fresh()
            .world(new int[] {64, 64})
            .with(
                    "eu.nephele.smo.access.security",
                    "requireToken=true",
                    "limitRequests=true",
                    "readsPerSecond=1",
                    "readBurst=" + BURST,
                    "writesPerSecond=1",
                    "writeBurst=20",
                    "bodyMiBPerMinute=1")
            .with("eu.nephele.smo.core.quota", "defaults=plans=1");
    private static ServerProcess server;
    private static RestClient admin;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.ready(PORT, SETTINGS.data());
        admin = RestClient.known(
                PORT,
                Files.readString(SETTINGS.data().resolve("etc/admin.token")).strip());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String descriptor(String name) {
        return """
                {"hdaGraph":{"id":"%s","services":[{"id":"%s-web",
                  "deployment":{"trigger":{},"intent":{"compute":{"cpu":"small","ram":"small","storage":"small"}}},
                  "artifact":{"ociImage":"oci://registry.example/samples/web","ociConfig":{"type":"App","implementer":"HELM"}}}]}}""".formatted(name, name);
    }

    private static RestClient.Answer deploy(String project, String name, String... headers) throws Exception {
        return admin.call("POST", graphs(project), descriptor(name), headers);
    }

    private static String graphs(String project) {
        return "/api/v1/projects/" + project + "/graphs";
    }

    private static void quota(String project, String limits) throws Exception {
        RestClient.Answer set = admin.put("/api/v1/quotas/" + project, "{\"limits\":" + limits + "}");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    private static JsonNode member(String project, String member) throws Exception {
        return admin.get("/api/v1/quotas/" + project).json().path("members").path(member);
    }

    private static void awaitPhase(String project, String name, String phase) throws Exception {
        Eventually.within(60, () -> admin.get(graphs(project) + "/" + name).json(), graph -> assertThat(
                        graph.path("phase").asText())
                .as("%s", graph)
                .isEqualTo(phase));
    }

    @Test
    void graphsAreDeployedUntilTheQuotaIsUsedUpAndARepetitionIsNoneOfThem() throws Exception {
        quota("counted", "{\"graphs\":2}");
        assertThat(deploy("counted", "one").status()).isEqualTo(202);
        assertThat(deploy("counted", "two", "Idempotency-Key", "second").status())
                .isEqualTo(202);

        RestClient.Answer refused = deploy("counted", "three");
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json().path("type").asText()).isEqualTo("urn:smo:problem:quota-exceeded");
        assertThat(refused.json().path("detail").asText()).contains("Quota of project counted: graphs 2 of 2 used");
        assertThat(refused.json().at("/reasons/graphs/limit").asText()).isEqualTo("2");
        assertThat(admin.get(graphs("counted") + "/three").status()).isEqualTo(404);

        assertThat(deploy("counted", "two", "Idempotency-Key", "second").status())
                .isEqualTo(202);
        assertThat(member("counted", "graphs").path("used").asInt()).isEqualTo(2);
        assertThat(admin.delete(graphs("counted") + "/one").status()).isEqualTo(202);
        Eventually.within(30, () -> deploy("counted", "three"), answer -> assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(202));
    }

    @Test
    void aGraphBeyondTheQuotaWaitsWithTheReasonAndGoesOnWhenItIsRaised() throws Exception {
        quota("placed", "{\"cpu\":1500}");
        deploy("placed", "first");
        awaitPhase("placed", "first", "RUNNING");
        deploy("placed", "second");
        JsonNode waits = Eventually.within(
                30, () -> admin.get(graphs("placed") + "/second").json(), graph -> assertThat(graph.toString())
                        .contains("QuotaExceeded"));
        assertThat(waits.path("phase").asText()).isEqualTo("PENDING");
        assertThat(waits.toString()).contains("Quota of project placed: cpu 1 of 1.5 used, 1 more needed");

        quota("placed", "{\"cpu\":2000}");
        awaitPhase("placed", "second", "RUNNING");
        assertThat(member("placed", "cpu").toString()).isEqualTo("{\"used\":2000,\"limit\":2000}");
    }

    @Test
    void replicasAreCutToWhatTheQuotaLeavesAndGrowWhenItIsRaised() throws Exception {
        quota("scaled", "{\"cpu\":3000}");
        deploy("scaled", "wide");
        awaitPhase("scaled", "wide", "RUNNING");
        RestClient.Answer held = admin.put(graphs("scaled") + "/wide/services/wide-web/replicas", "{\"replicas\":5}");
        assertThat(held.status()).as(held.text()).isBetween(200, 202);
        Eventually.within(60, () -> admin.get(graphs("scaled") + "/wide").json(), graph -> {
            assertThat(graph.at("/services/0/replicas").asInt()).isEqualTo(3);
            assertThat(graph.toString()).contains("quota of project scaled: cpu 3 of 3 used, 2 more needed");
        });
        quota("scaled", "{\"cpu\":9000}");
        Eventually.within(60, () -> admin.get(graphs("scaled") + "/wide").json(), graph -> assertThat(
                        graph.at("/services/0/replicas").asInt())
                .isEqualTo(5));
    }

    @Test
    void theUsualQuotaCountsForProjectsWithoutOneOfTheirOwn() throws Exception {
        assertThat(plan("first").status()).isEqualTo(200);
        RestClient.Answer refused = plan("second");
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).contains("plans 1 of 1 used");
        JsonNode quota = admin.get("/api/v1/quotas/usual").json();
        assertThat(quota.path("source").asText()).isEqualTo("default");
        assertThat(quota.at("/members/plans").toString()).isEqualTo("{\"used\":1,\"limit\":1}");
        quota("usual", "{}");
        assertThat(plan("second").status()).isEqualTo(200);
    }

    private static RestClient.Answer plan(String name) throws Exception {
        return admin.postJson(graphs("usual") + "/" + name + "/plan", descriptor(name));
    }

    private static String key(String name) throws Exception {
        RestClient.Answer made = admin.postJson("/api/v1/keys", "{\"name\":\"%s\"}".formatted(name));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(admin.postJson("/api/v1/grants", "{\"subject\":\"key:%s\",\"role\":\"admin\"}".formatted(name))
                        .status())
                .isEqualTo(201);
        return made.json().path("token").asText();
    }

    @Test
    void whoFloodsTheServerIsToldToWaitAndNobodyElseIs() throws Exception {
        String flooding = "Bearer " + key("flooding");
        String calm = "Bearer " + key("calm");
        RestClient caller = RestClient.unchecked(PORT);
        RestClient.Answer last = caller.call("GET", "/api/v1/quotas", "", "Authorization", flooding);
        for (int i = 1; i < 3 * BURST && last.status() == 200; i++) {
            last = caller.call("GET", "/api/v1/quotas", "", "Authorization", flooding);
        }
        assertThat(last.status()).as(last.text()).isEqualTo(429);
        assertThat(last.mediaType()).isEqualTo("application/problem+json");
        assertThat(last.json().path("type").asText()).isEqualTo("urn:smo:problem:too-many-requests");
        assertThat(last.headers().firstValue("Retry-After")).contains("1");
        assertThat(last.headers().firstValue("RateLimit-Policy")).contains("\"reads\";q=200;w=200");
        assertThat(last.headers().firstValue("RateLimit")).contains("\"reads\";r=0;t=1");

        assertThat(caller.call("GET", "/api/v1/quotas", "", "Authorization", calm)
                        .status())
                .isEqualTo(200);
        assertThat(admin.get("/api/v1/quotas").status()).isEqualTo(200);
        assertThat(caller.call("DELETE", "/api/v1/quotas/none", "", "Authorization", flooding)
                        .status())
                .as("changes are counted apart")
                .isEqualTo(404);
        String large = "{\"limits\":{}" + " ".repeat(900_000) + "}";
        caller.call("PUT", "/api/v1/quotas/limited", large, "Authorization", flooding);
        RestClient.Answer tooMuch = caller.call("PUT", "/api/v1/quotas/limited", large, "Authorization", flooding);
        assertThat(tooMuch.status()).as(tooMuch.text()).isEqualTo(429);
        assertThat(tooMuch.headers().firstValue("RateLimit-Policy"))
                .contains("\"bodies\";q=1048576;w=60;qu=\"content-bytes\"");
        assertThat(admin.get("/metrics").text()).contains("smo_access_limited_requests");
    }
}
