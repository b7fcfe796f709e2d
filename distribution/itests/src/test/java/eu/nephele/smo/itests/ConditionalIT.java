// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services that wait for events: the simulated monitoring fires by itself, nobody sends an alert by hand. */
class ConditionalIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String SILENCE = "{\"name\":\"up\",\"labels\":{\"prometheus\":\"smo/brussels\"}}";
    private static final String HEARD = "{\"name\":\"up\",\"labels\":{\"prometheus\":\"smo/brussels\"},\"value\":1}";

    private static ServerProcess server;
    private static RestClient client;

    /** World time runs forty times as fast: two minutes of grace are three seconds, an alert repeats every 1.5 s. */
    @BeforeAll
    static void start() throws Exception {
        int port = Distribution.freePort();
        Settings settings = Settings.fresh().with("eu.nephele.smo.lab.simulator", "timeFactor=40");
        server = ServerProcess.ready(port, settings.data());
        client = new RestClient(port);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void theVirtualObjectIsDeployedOnceWhenTheMonitoringFallsSilent() throws Exception {
        Sample sample = Sample.brussels();
        NativeApi api = new NativeApi(client, "site");
        String graph = api.graphs() + "/" + sample.graph();
        try {
            api.deploy(sample.as("application/json"));
            awaitPhase(api, sample.graph(), "WAITING");
            assertThat(states(api, sample.graph())).containsEntry("image-compression-vo", "Pending");
            assertThat(rules("site")).hasSize(1).first().satisfies(rule -> {
                assertThat(rule.path("event").asText()).isEqualTo("monitoring-silent");
                assertThat(rule.path("expression").asText()).isEqualTo("absent(up{prometheus=\"smo/brussels\"})");
                assertThat(rule.path("gracePeriodMillis").asLong()).isEqualTo(120_000);
                assertThat(rule.path("state").asText()).isEqualTo("inactive");
            });

            assertThat(client.call("DELETE", "/lab/series", SILENCE).status()).isEqualTo(204);
            Eventually.within(PATIENCE_SECONDS, () -> rules("site"), rules -> assertThat(rules)
                    .extracting(rule -> rule.path("state").asText())
                    .containsExactly("pending"));
            assertThat(states(api, sample.graph())).containsEntry("image-compression-vo", "Pending");
            awaitPhase(api, sample.graph(), "RUNNING");
            assertThat(World.of(client).ready()).containsKey("image-compression-vo");
            assertNothingChangesByRepetition(api, sample.graph());

            new Followed(client).succeeded(client.post(graph + "/stop?wait=30"));
            assertThat(rules("site")).isEmpty();
            new Followed(client).succeeded(client.post(graph + "/start?wait=30"));
            // a service that an event installed waits for its event again, which still fires
            assertThat(api.graph(sample.graph()).path("phase").asText()).isEqualTo("WAITING");
            assertThat(states(api, sample.graph())).containsEntry("image-compression-vo", "Pending");
            awaitPhase(api, sample.graph(), "RUNNING");

            new Followed(client).succeeded(client.delete(graph + "?wait=30"));
            assertThat(rules("site")).isEmpty();
            assertThat(World.of(client).releases()).noneMatch(release -> belongsTo("site", release));
        } finally {
            client.postJson("/lab/series", HEARD);
        }
    }

    /** Repeated alerts install nothing again, though the reference implementation does. */
    private static void assertNothingChangesByRepetition(NativeApi api, String graph) throws Exception {
        List<JsonNode> alerts = new Followed(client).eventsAfter(0, "&project=site&types=alert.received");
        assertThat(alerts).hasSize(1);
        Trace before = Trace.of(api, graph);
        double heard = notifications();
        String again = Alerts.firing("site", graph, "image-compression-vo")
                .replace(
                        "\"labels\"",
                        "\"fingerprint\":\"%s\",\"labels\""
                                .formatted(alerts.get(0).at("/data/fingerprint").asText()));
        RestClient.Answer answer = client.postJson("/alerts", again);
        assertThat(answer.json().at("/results/0/result").asText())
                .as(answer.text())
                .isEqualTo("unchanged");
        Eventually.within(PATIENCE_SECONDS, ConditionalIT::notifications, now -> assertThat(now)
                .as("the simulator repeats by itself")
                .isGreaterThanOrEqualTo(heard + 3));
        assertThat(Trace.of(api, graph)).isEqualTo(before);
    }

    @Test
    void allEventsMustFireForAServiceThatWaitsForAll() throws Exception {
        NativeApi api = new NativeApi(client, "night");
        String waiting =
                Descriptors.onEvents("filter", "ALL", Map.of("dark", "night_lux < 5", "busy", "night_frames > 20"));
        String graph = api.graphs() + "/night";
        api.deploy(Descriptors.graph("night", Descriptors.service("camera"), waiting));
        awaitPhase(api, "night", "WAITING");
        assertThat(rules("night")).hasSize(2);

        series("night_lux", 1);
        Eventually.within(PATIENCE_SECONDS, () -> alerts("night"), events -> assertThat(events)
                .containsExactly("dark firing"));
        assertThat(states(api, "night")).containsEntry("filter", "Pending");
        series("night_lux", 50);
        Eventually.within(PATIENCE_SECONDS, () -> alerts("night"), events -> assertThat(events)
                .containsExactly("dark firing", "dark resolved"));
        series("night_frames", 30);
        Eventually.within(PATIENCE_SECONDS, () -> alerts("night"), events -> assertThat(events)
                .containsExactly("dark firing", "dark resolved", "busy firing"));
        assertThat(states(api, "night"))
                .as("one has ended before the other began")
                .containsEntry("filter", "Pending");
        series("night_lux", 1);
        awaitPhase(api, "night", "RUNNING");

        new Followed(client).succeeded(client.post(graph + "/stop?wait=30"));
        series("night_lux", 50);
        new Followed(client).succeeded(client.post(graph + "/start?wait=30"));
        int told = alerts("night").size();
        Eventually.within(PATIENCE_SECONDS, ConditionalIT::firing, events -> assertThat(events)
                .contains("busy"));
        double heard = notifications();
        Eventually.within(PATIENCE_SECONDS, ConditionalIT::notifications, now -> assertThat(now)
                .isGreaterThanOrEqualTo(heard + 2));
        assertThat(states(api, "night"))
                .as("what fired before the stop does not count any more: %s after %d", alerts("night"), told)
                .containsEntry("filter", "Pending");
        series("night_lux", 1);
        awaitPhase(api, "night", "RUNNING");
        new Followed(client).succeeded(client.delete(graph + "?wait=30"));
        assertThat(rules("night")).isEmpty();
    }

    @Test
    void theSampleThatWaitsForAllIsDeployedWhenItIsDarkAndBusy() throws Exception {
        Sample sample = Sample.named("on-event.yaml");
        NativeApi api = new NativeApi(client, "street");
        api.deploy(sample.as("application/json"));
        awaitPhase(api, sample.graph(), "WAITING");
        series("camera_lux", 1);
        long[] frames = {0};
        Eventually.within(
                PATIENCE_SECONDS,
                () -> {
                    frames[0] += 100_000;
                    series("frames_total", frames[0]);
                    return api.graph(sample.graph()).path("phase").asText();
                },
                phase -> assertThat(phase).isEqualTo("RUNNING"));
        new Followed(client).succeeded(client.delete(api.graphs() + "/" + sample.graph() + "?wait=30"));
        assertThat(rules("street")).isEmpty();
    }

    /** What a repetition must not change. */
    private record Trace(long generation, long assignment, Map<String, Long> releaseRevisions, int events) {
        static Trace of(NativeApi api, String graph) throws Exception {
            JsonNode view = api.graph(graph);
            Map<String, Long> revisions = new TreeMap<>();
            World.of(client).releases().stream()
                    .filter(release -> belongsTo(api.project(), release))
                    .forEach(release -> revisions.put(
                            release.path("service").asText(),
                            release.path("revision").asLong()));
            int events = new Followed(client)
                    .eventsAfter(0, "&project=" + api.project() + "&types=hdag.*,service.*,placement.*,alert.*")
                    .size();
            return new Trace(
                    view.path("generation").asLong(), view.path("assignment").asLong(), revisions, events);
        }
    }

    private static void series(String name, long value) throws Exception {
        String body = "{\"name\":\"%s\",\"labels\":{},\"value\":%s}".formatted(name, value);
        assertThat(client.postJson("/lab/series", body).status()).isEqualTo(204);
    }

    private static List<String> alerts(String project) throws Exception {
        return new Followed(client)
                .eventsAfter(0, "&project=" + project + "&types=alert.received").stream()
                        .map(event -> event.at("/data/event").asText() + " "
                                + event.at("/data/status").asText())
                        .toList();
    }

    /** Notifications that the server has taken. */
    private static double notifications() throws Exception {
        return client.get("/metrics")
                .text()
                .lines()
                .filter(line ->
                        line.startsWith("smo_http_requests_seconds_count") && line.contains("route=\"/alerts\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<JsonNode> rules(String project) throws Exception {
        return World.of(client).rules().stream()
                .filter(rule -> belongsTo(project, rule))
                .toList();
    }

    private static List<String> firing() throws Exception {
        return World.of(client).rules().stream()
                .filter(rule -> rule.path("state").asText().equals("firing"))
                .map(rule -> rule.path("event").asText())
                .toList();
    }

    private static boolean belongsTo(String project, JsonNode node) {
        return node.path("project").asText().equals(project);
    }

    private static Map<String, String> states(NativeApi api, String graph) throws Exception {
        Map<String, String> states = new TreeMap<>();
        client.get("/graphs/%s?project=%s".formatted(graph, api.project()))
                .json()
                .path("services")
                .forEach(service -> states.put(
                        service.path("name").asText(), service.path("status").asText()));
        return states;
    }

    private static void awaitPhase(NativeApi api, String graph, String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> api.graph(graph), view -> assertThat(
                        view.path("phase").asText())
                .as(view.path("conditions").toString())
                .isEqualTo(phase));
    }
}
