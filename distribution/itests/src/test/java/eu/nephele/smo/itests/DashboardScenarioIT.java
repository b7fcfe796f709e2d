// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The life of a graph by the web page alone; after each step the REST interface says the same. */
class DashboardScenarioIT {

    private static final String GRAPH = "/api/v1/projects/shop/graphs/cart";
    private static final String DESCRIPTOR = """
            id: cart
            version: 1.0.0
            services:
              - id: web
                deployment:
                  trigger: {auto: {dependencies: [store]}}
                  intent: {compute: {cpu: light, ram: light}, connectionPoints: [store]}
                artifact: {ociImage: 'oci://registry.example/samples/any:1.0.0', ociConfig: {type: App, implementer: HELM}}
              - id: store
                deployment:
                  trigger: {auto: {}}
                  intent: {compute: {cpu: light, ram: light}}
                artifact: {ociImage: 'oci://registry.example/samples/any:1.0.0', ociConfig: {type: App, implementer: HELM}}
            """;

    @Test
    void aGraphLivesByThePageAlone() throws Exception {
        int port = Distribution.freePort();
        Path data = Distribution.freshFolder("data");
        try (DashboardPage page = DashboardPage.open(port)) {
            ServerProcess server = ServerProcess.ready(port, data);
            try {
                String token = Files.readString(data.resolve("etc/admin.token")).strip();
                RestClient rest = RestClient.known(port, token);
                new DashboardUsers(rest).add("anna", "admin");
                page.logIn("anna");
                live(page, rest);
                // A graph that was removed is asked for once more, and is not there.
                assertThat(page.browser().complaints())
                        .allSatisfy(complaint -> assertThat(complaint).contains(GRAPH, "404"));
            } finally {
                server.close();
            }
        }
    }

    private static void live(DashboardPage page, RestClient rest) throws Exception {
        deploy(page, rest);
        update(page, rest);
        scale(page, rest);
        explain(page, rest);
        drain(page, rest);
        shadow(page, rest);
        rollBack(page, rest);
        stopAndStart(page, rest);
        remove(page, rest);
    }

    private static void deploy(DashboardPage page, RestClient rest) throws Exception {
        page.click("Deploy").sees("Deploy a graph").fill("Project", "shop").write(DESCRIPTOR);
        page.click("Show the plan").sees("What would happen", "it fits");
        assertThat(rest.get(GRAPH).status()).as("a plan changes nothing").isEqualTo(404);
        page.click("Apply this plan").sees("cart", "running");
        JsonNode graph = await(rest, GRAPH, "/phase", "RUNNING");
        assertThat(page.shown()).contains(graph.at("/placement/web/0/cluster").asText());
    }

    private static void update(DashboardPage page, RestClient rest) throws Exception {
        page.click("Edit and plan").sees("Edit shop/cart");
        page.write(page.written().replaceFirst("any:1\\.0\\.0", "any:2.0.0"));
        page.click("Show the plan").sees("1 changed", "Changes of the descriptor");
        page.click("Apply this plan").sees("revision 2");
        await(rest, GRAPH, "/revision", "2");
        assertThat(rest.get(GRAPH).text()).contains("any:2.0.0");
    }

    private static void scale(DashboardPage page, RestClient rest) throws Exception {
        page.go("/graphs/shop/cart")
                .click("Set the replicas of web")
                .fill("Replicas", "3")
                .sees("smo scale")
                .click("Hold");
        await(rest, GRAPH + "/services/web", "/replicas", "3");
        page.sees("3/3", "held");
        page.click("Release").click("Release web of");
        await(rest, GRAPH + "/services/web", "/hold", "null");
    }

    private static void explain(DashboardPage page, RestClient rest) throws Exception {
        page.go("/graphs/shop/cart").click("Why is web where it is?").sees("Why is web there?");
        JsonNode explanation = rest.get(GRAPH + "/services/web/explanation").json();
        page.sees(
                explanation.at("/strategy").asText(),
                explanation.at("/decisionId").asText());
        explanation
                .path("rejected")
                .forEach(rejected -> page.sees(rejected.path("reason").asText()));
    }

    private static void drain(DashboardPage page, RestClient rest) throws Exception {
        String cluster = rest.get(GRAPH).json().at("/placement/web/0/cluster").asText();
        page.click("Clusters").click(cluster).click("Drain").sees("Where all goes", "web");
        page.fill("Reason", "new disks").click("Drain");
        page.sees("Uncordon", "new disks");
        Eventually.within(60, () -> rest.get(GRAPH).json(), graph -> {
            assertThat(graph.path("placement").toString()).doesNotContain("\"" + cluster + "\"");
            assertThat(graph.path("phase").asText()).isEqualTo("RUNNING");
        });
        page.sees("No service is placed on it");
        page.click("Uncordon").click("Uncordon");
        await(rest, "/api/v1/clusters/" + cluster, "/cordon", "null");
    }

    private static void shadow(DashboardPage page, RestClient rest) throws Exception {
        page.click("Shadows and replays").click("Start a shadow").choose("Strategy", "spread-out");
        page.fill("Of a graph", "shop/cart").click("Start").sees("spread-out in the shadow");
        page.go("/graphs/shop/cart")
                .click("Place anew")
                .click("Show the plan")
                .sees("Plan for shop/cart")
                .click("Apply this plan");
        Eventually.within(
                60, () -> rest.get("/api/v1/shadows").json().at("/items/0/href").asText(), href -> assertThat(
                                rest.get(href).json().path("compared").asInt())
                        .isPositive());
        page.go("/shadows")
                .click(rest.get("/api/v1/shadows")
                                .json()
                                .at("/items/0/strategy/id")
                                .asText() + " "
                        + rest.get("/api/v1/shadows")
                                .json()
                                .at("/items/0/strategy/version")
                                .asText());
        page.sees("Agreement", "Latest comparisons").click("Promote").click("Promote");
        Eventually.within(
                30,
                () -> rest.get(GRAPH + "/decisions?kind=placement&limit=1")
                        .json()
                        .at("/items/0/strategy/id")
                        .asText(),
                strategy -> assertThat(strategy).isEqualTo("spread-out"));
        page.go("/graphs/shop/cart?tab=decisions").sees("spread-out");
    }

    private static void rollBack(DashboardPage page, RestClient rest) throws Exception {
        page.go("/graphs/shop/cart?tab=descriptor").sees("Revisions");
        page.browser().click("//tr[starts-with(normalize-space(td[1]),'1')]//button[normalize-space()='Compare']");
        page.sees("any:1.0.0", "any:2.0.0");
        page.browser()
                .click("//tr[starts-with(normalize-space(td[1]),'1')]//button[normalize-space()='Roll back to it']");
        page.click("Roll back");
        Eventually.within(60, () -> rest.get(GRAPH).json(), graph -> assertThat(
                        graph.path("hdaGraph").toString())
                .doesNotContain("any:2.0.0"));
        await(rest, GRAPH, "/phase", "RUNNING");
    }

    private static void stopAndStart(DashboardPage page, RestClient rest) throws Exception {
        page.go("/graphs/shop/cart").click("Stop").click("Stop").sees("stopped");
        await(rest, GRAPH, "/phase", "STOPPED");
        page.click("Start").click("Start").sees("running");
        await(rest, GRAPH, "/phase", "RUNNING");
        page.click("Pause").click("Pause").sees("paused");
        await(rest, GRAPH, "/paused", "true");
        page.click("Resume").click("Resume");
        await(rest, GRAPH, "/paused", "false");
        assertThat(StreamSupport.stream(
                                rest.get("/api/v1/operations?graph=shop/cart")
                                        .json()
                                        .path("items")
                                        .spliterator(),
                                false)
                        .map(operation -> operation.path("principal").asText()))
                .containsOnly("anna");
    }

    private static void remove(DashboardPage page, RestClient rest) throws Exception {
        page.go("/graphs/shop/cart").click("Remove").sees("Type cart to confirm");
        assertThat(page.browser().count("//dialog//button[normalize-space()='Remove'][@disabled]"))
                .isEqualTo(1);
        page.fill("Type cart", "cart").click("Remove");
        Eventually.within(
                60, () -> rest.get(GRAPH).status(), status -> assertThat(status).isEqualTo(404));
        page.click("Graphs").sees("No graph is like that");
    }

    private static JsonNode await(RestClient rest, String path, String pointer, String wanted) throws Exception {
        return Eventually.within(60, () -> rest.get(path).json(), found -> assertThat(
                        found.at(pointer).asText())
                .isEqualTo(wanted));
    }
}
