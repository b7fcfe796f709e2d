// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Notifications as Alertmanager sends them, to a server that asks for the secret of alerts. */
class AlertmanagerIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String SECRET = "alerts-with-this-only";

    @Test
    void firingAlertsInstallWithTheSecretOnlyAndRulesOfTheReferenceAreUnderstood() throws Exception {
        int port = Distribution.freePort();
        Settings settings = Settings.fresh()
                .with("eu.nephele.smo.lab.simulator", "alertsUrl=none")
                .with("eu.nephele.smo.access.security", "alertsSecret=file:alerts.secret")
                .file("alerts.secret", SECRET + "\n");
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            assertThat(server.processId()).isPositive();
            RestClient client = new RestClient(port);
            NativeApi api = new NativeApi(client, "shop");
            api.deploy(Descriptors.graph("till", Descriptors.service("scanner"), waiting("queue"), waiting("theft")));
            awaitPhase(api, "WAITING");

            assertRefused(client.postJson("/alerts", notification("queue-busy", ours("queue"))));
            assertRefused(client.call(
                    "POST", "/alerts", notification("queue-busy", ours("queue")), "Authorization", "Bearer wrong"));
            assertThat(api.graph("till").path("phase").asText()).isEqualTo("WAITING");

            assertThat(results(client, bearer(), notification("shop/till/queue/queue-busy", ours("queue"))))
                    .containsExactly("installed");
            // The rules of the reference are named by the event alone and have no label of project or graph.
            assertThat(results(client, basic(), notification("theft-busy", Map.of("service", "theft"))))
                    .containsExactly("installed");
            awaitPhase(api, "RUNNING");
            assertThat(results(client, bearer(), notification("theft-busy", Map.of("service", "theft"))))
                    .containsExactly("unchanged");
            assertThat(results(client, bearer(), notification("other", Map.of("service", "theft"))))
                    .containsExactly("unknown");
            assertThat(results(client, bearer(), notification("theft-busy", Map.of("service", "nobody"))))
                    .containsExactly("unknown");
        }
    }

    private static String waiting(String service) {
        return Descriptors.onEvents(service, "ANY", Map.of(service + "-busy", service + "_load > 3"));
    }

    private static Map<String, String> ours(String service) {
        return Map.of("service", service, "smo_project", "shop", "smo_graph", "till", "smo_event", service + "-busy");
    }

    private static void assertRefused(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    private static List<String> results(RestClient client, String authorization, String body) throws Exception {
        RestClient.Answer answer = client.call("POST", "/alerts", body, "Authorization", authorization);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("results").spliterator(), false)
                .map(result -> result.path("result").asText())
                .toList();
    }

    private static String bearer() {
        return "Bearer " + SECRET;
    }

    private static String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString(("alertmanager:" + SECRET).getBytes(StandardCharsets.UTF_8));
    }

    /** A webhook body of version 4 with everything that Alertmanager puts into it. */
    private static String notification(String rule, Map<String, String> labels) {
        StringBuilder all = new StringBuilder("\"alertname\":\"%s\",\"severity\":\"critical\"".formatted(rule));
        labels.forEach((name, value) -> all.append(",\"%s\":\"%s\"".formatted(name, value)));
        return """
                {"version":"4","groupKey":"{}:{alertname=\\"%1$s\\"}","truncatedAlerts":0,"status":"firing","receiver":"smo",
                 "groupLabels":{"alertname":"%1$s"},"commonLabels":{%2$s},"commonAnnotations":{"summary":"much to do"},
                 "externalURL":"http://alertmanager:9093",
                 "alerts":[{"status":"firing","labels":{%2$s},"annotations":{"summary":"much to do","description":"much to do"},
                   "startsAt":"2026-11-01T10:00:00.000Z","endsAt":"0001-01-01T00:00:00Z",
                   "generatorURL":"http://prometheus:9090/graph?g0.expr=x","fingerprint":"c6f1a0a2d5b6e7f8"}]}
                """.formatted(rule, all);
    }

    private static void awaitPhase(NativeApi api, String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> api.graph("till"), (JsonNode view) -> assertThat(
                        view.path("phase").asText())
                .as(view.path("conditions").toString())
                .isEqualTo(phase));
    }
}
