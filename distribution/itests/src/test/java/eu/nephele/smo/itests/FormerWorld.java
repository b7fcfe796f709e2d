// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Fills a server with one of everything that it keeps, so that a later version can be started on its data. */
final class FormerWorld {

    static final String PROJECT = "former";
    static final String PLUGIN = "org.example.former";
    static final String KEY = "former-deploy";
    static final String ZONE = "/api/v1/kinds/zone/resources/former.example?project=" + PROJECT;
    /** What the controller of zones brings about, in the data directory. */
    static final String ZONES = "zones";
    /** A zone that cannot be brought about before the server is killed, and can afterwards. */
    static final String LATER_ZONE = "/api/v1/kinds/zone/resources/later.example?project=" + PROJECT;
    /** Its provider is not installed: it waits. */
    static final String WAITING_CLUSTER = "/api/v1/kinds/infrastructure/resources/spare";

    private static final String ZONE_PLUGIN = "eu.h3ni.dns-zones";

    /** Clusters of the simulated federation, in cores: the last one alone has room for a {@code large}, and for no second one. */
    private static final int[] CORES = {6, 6, 6, 10};

    private static final String LARGEST = "c4";

    private static final long PATIENCE_SECONDS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    /** What a graph's phase is when the server is killed; each is named after it. */
    private static final Map<String, String> SETTLED = Map.of(
            "running", "RUNNING",
            "waiting", "WAITING",
            "stopped", "STOPPED",
            "pending", "PENDING",
            "failed", "FAILED");

    /** The same of those that nothing goes on with, because nothing can be installed. */
    private static final Map<String, String> UNDER_WAY = Map.of(
            "deploying", "DEPLOYING",
            "updating", "UPDATING",
            "degraded", "DEGRADED",
            "stopping", "STOPPING",
            "removing", "REMOVING");

    private final int port;
    private final RestClient client;
    private final NativeApi api;
    private final Path data;

    FormerWorld(int port, Path data) {
        this.port = port;
        this.client = new RestClient(port);
        this.api = new NativeApi(client, PROJECT);
        this.data = data;
    }

    /** The same world and the same pace for the server that is filled and for those that are started on its data. */
    static void configure(Settings settings) throws IOException {
        Path zones = Files.createDirectories(settings.data().resolve(ZONES));
        settings.world(CORES)
                .with("eu.nephele.smo.core.engine", "driftSeconds=1", "sweepSeconds=2", "pollMillis=100")
                .with("eu.nephele.smo.core.events.webhooks", "allowedTargets=127.0.0.1")
                .with(ZONE_PLUGIN, "folder=" + zones);
    }

    /** @return what a later version has to find: phases of the graphs, ids of what was told */
    ObjectNode fill() throws Exception {
        Files.copy(TemplatePlugin.jar(PLUGIN, "1.0.0"), data.resolve("plugins").resolve(PLUGIN + ".jar"));
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/api/v1/plugins").json(), plugins -> assertThat(
                        plugins.at("/items/0/state").asText())
                .as(plugins.toString())
                .isEqualTo("ACTIVE"));
        makeZone();
        String keyed = deploySettled();
        byToken("PUT", "/api/v1/defaults/initialPlacement", "{\"value\":\"greedy\"}");
        String shadow = byToken("POST", "/api/v1/shadows", """
                {"kind":"placement","strategy":{"id":"%s"},"graph":"%s/running"}""".formatted(PLUGIN, PROJECT));
        String webhook = byToken("POST", "/api/v1/webhooks", """
                {"url":"http://127.0.0.1:9/","projects":["%s"]}""".formatted(PROJECT));
        RestClient.Answer again =
                client.postJson(api.graphs() + "/running/placement?wait=30", "{\"reason\":\"replace\"}");
        assertThat(again.status()).as(again.text()).isIn(200, 202);
        String plan = plan();
        beginTheRest();
        String laterZone = beginZone();
        RestClient.Answer cluster = call("PUT", WAITING_CLUSTER, """
                {"desired": {"provider": "elsewhere", "wish": {"name": "spare"}}}""");

        ObjectNode facts = JSON.createObjectNode();
        facts.put("shadow", shadow);
        facts.put("webhook", webhook);
        facts.put("plan", plan);
        facts.put("zone", "192.0.2.7");
        facts.put("laterZone", laterZone);
        facts.put("cluster", Followed.operationOnResource(cluster).replaceFirst(".*/", ""));
        ObjectNode graphs = facts.putObject("graphs");
        SETTLED.forEach(graphs::put);
        UNDER_WAY.forEach(graphs::put);
        ids(facts.putArray("decisions"), client.get(api.graphs() + "/running/decisions"));
        ids(facts.putArray("operations"), client.get("/api/v1/operations?limit=1000"));
        facts.put("keyed", keyed);
        return facts;
    }

    /** A resource of a kind that a bundle brings. */
    private void makeZone() throws Exception {
        new Bundles(client, port, data).install(ZONE_PLUGIN, Distribution.HOME.resolve("examples/dns-zones-1.0.0.jar"));
        RestClient.Answer zone = client.put(ZONE, """
                {"desired": {"nameServer": "ns.example", "records": [{"name": "web", "address": "192.0.2.7"}]},\
                 "labels": {"tier": "t1"}}""");
        assertThat(zone.status()).as(zone.text()).isIn(200, 201, 202);
        awaitZone(client, ZONE);
    }

    /** @return id of the operation that is under way, because a file has taken the place of the folder */
    private String beginZone() throws Exception {
        Path folder = data.resolve(ZONES);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        Files.createFile(folder);
        RestClient.Answer zone = client.put(LATER_ZONE, """
                {"desired": {"nameServer": "ns.example", "records": [{"name": "web", "address": "192.0.2.8"}]}}""");
        return Followed.operationOnResource(zone).replaceFirst(".*/", "");
    }

    static void awaitZone(RestClient client, String path) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> client.get(path), zone -> assertThat(
                        zone.json().path("phase").asText())
                .as(zone.text())
                .isEqualTo("READY"));
    }

    /** @return the path of the operation that was asked for with {@link #KEY} */
    private String deploySettled() throws Exception {
        RestClient.Answer keyed =
                client.call("POST", api.graphs() + "?wait=30", light("running", "r", "1.0.0"), "Idempotency-Key", KEY);
        RestClient.Answer second = client.put(api.graphs() + "/running?wait=30", light("running", "r", "1.1.0"));
        assertThat(second.status()).as(second.text()).isIn(200, 202);
        api.deploy(
                Descriptors.graph("waiting", Descriptors.onEvents("w", "ANY", Map.of("busy", "never_measured > 1"))));
        api.deploy(Descriptors.graph("degraded", Descriptors.service("degraded", "1.0.0", "large")));
        awaitPhase("degraded", "RUNNING");
        api.deploy(Descriptors.graph("pending", Descriptors.service("p", "1.0.0", "large")));
        api.deploy(Descriptors.graph(
                "failed", Descriptors.onEvents("f", "ANY", Map.of("strange", "histogram_quantile(0.9, x)"))));
        for (String later : new String[] {"stopped", "updating", "stopping", "removing"}) {
            api.deploy(light(later, later, "1.0.0"));
            awaitPhase(later, "RUNNING");
        }
        assertThat(client.post(api.graphs() + "/stopped/stop?wait=30").status()).isIn(200, 202);
        for (Map.Entry<String, String> graph : SETTLED.entrySet()) {
            awaitPhase(graph.getKey(), graph.getValue());
        }
        return Followed.operationOf(keyed);
    }

    /** From here on nothing can be installed or removed. */
    private void beginTheRest() throws Exception {
        assertThat(client.post("/lab/outages/deployer").status()).isLessThan(300);
        assertThat(client.post("/lab/clusters/" + LARGEST + "/fail").status()).isLessThan(300);
        api.deploy(light("deploying", "deploying", "1.0.0"));
        RestClient.Answer updated = client.put(api.graphs() + "/updating", light("updating", "updating", "2.0.0"));
        assertThat(updated.status()).as(updated.text()).isIn(200, 202);
        assertThat(client.post(api.graphs() + "/stopping/stop").status()).isIn(200, 202);
        api.remove("removing");
        for (Map.Entry<String, String> graph : UNDER_WAY.entrySet()) {
            if (!graph.getKey().equals("removing")) {
                awaitPhase(graph.getKey(), graph.getValue());
            }
        }
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get("/api/v1/operations?limit=1000&graph=" + PROJECT + "/removing")
                        .json(),
                operations -> assertThat(operations.at("/items/0/state").asText())
                        .as(operations.toString())
                        .isEqualTo("RUNNING"));
    }

    private String plan() throws Exception {
        RestClient.Answer plan = client.postJson(api.graphs() + "/running/plan", light("running", "r", "1.2.0"));
        assertThat(plan.status()).as(plan.text()).isIn(200, 201);
        return plan.json().path("id").asText();
    }

    private String byToken(String method, String path, String body) throws Exception {
        return call(method, path, body).json().path("id").asText();
    }

    private RestClient.Answer call(String method, String path, String body) throws Exception {
        String token = Files.readString(data.resolve("etc/admin.token")).strip();
        RestClient.Answer answer = client.call(method, path, body, "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201, 202);
        return answer;
    }

    private void awaitPhase(String graph, String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> api.graph(graph), view -> assertThat(
                        view.path("phase").asText())
                .as(view.toString())
                .isEqualTo(phase));
    }

    private static void ids(ArrayNode into, RestClient.Answer list) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        for (JsonNode item : list.json().path("items")) {
            into.add(item.path("id").asText());
        }
    }

    static String light(String graph, String service, String version) {
        return Descriptors.graph(graph, Descriptors.service(service, version, "light"));
    }
}
