// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Changes of graphs over REST: planned, applied, repeated, taken back, and what operators and others do to them. */
class UpdateIT {

    private static final long PATIENCE_SECONDS = 60;

    private static ServerProcess server;
    private static RestClient client;
    private static Followed followed;

    @BeforeAll
    static void start() throws Exception {
        int port = Distribution.freePort();
        Settings settings = Settings.fresh()
                .world(new int[] {16, 16, 8})
                .with("eu.nephele.smo.core.engine", "driftSeconds=1", "sweepSeconds=2", "pollMillis=100");
        server = ServerProcess.ready(port, settings.data());
        client = new RestClient(port);
        followed = new Followed(client);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void aPlanTouchesNothingAndIsDoneExactlyOrNotAtAll() throws Exception {
        NativeApi api = new NativeApi(client, "planned");
        String graph = api.graphs() + "/g";
        String first = Descriptors.graph("g", service("pa", "1.0.0"), service("pb", "1.0.0"));
        String second = Descriptors.graph("g", service("pa", "2.0.0"), service("pc", "1.0.0"));
        String third = Descriptors.graph("g", service("pa", "3.0.0"), service("pc", "1.0.0"));
        followed.succeeded(client.postJson(api.graphs() + "?wait=30", first));

        String before = world("planned") + api.graph("g");
        JsonNode plan = plan(graph, second);
        JsonNode stale = plan(graph, third);
        assertThat(plan.path("feasible").asBoolean()).as(plan.toString()).isTrue();
        assertThat(texts(plan.at("/services/added"))).containsExactly("pc");
        assertThat(texts(plan.at("/services/removed"))).containsExactly("pb");
        assertThat(texts(plan.at("/services/changed"))).containsExactly("pa");
        assertThat(world("planned") + api.graph("g"))
                .as("planning touches nothing")
                .isEqualTo(before);

        JsonNode applied = followed.succeeded(client.post(plan.path("href").asText() + "/apply?wait=30"));
        assertThat(steps(applied, "subject")).isEqualTo(steps(plan, "service"));
        assertThat(applied.path("steps"))
                .allSatisfy(step -> assertThat(step.path("state").asText())
                        .as(step.toString())
                        .isEqualTo("DONE"));
        assertThat(charts("planned")).containsOnlyKeys("pa", "pc").hasEntrySatisfying("pa", chart -> assertThat(chart)
                .contains("2.0.0"));
        assertThat(api.graph("g").path("placement")).isEqualTo(plan.path("placement"));

        String now = world("planned") + api.graph("g");
        RestClient.Answer refused = client.post(stale.path("href").asText() + "/apply");
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(world("planned") + api.graph("g"))
                .as("a stale plan touches nothing")
                .isEqualTo(now);
    }

    @Test
    void eachDescriptorIsARevisionAndAnyOfThemComesBackOnRequest() throws Exception {
        NativeApi api = new NativeApi(client, "revised");
        String graph = api.graphs() + "/g";
        String first = Descriptors.graph("g", service("ra", "1.0.0"), service("rb", "1.0.0"));
        followed.succeeded(client.postJson(api.graphs() + "?wait=30", first));
        followed.succeeded(client.put(graph + "?wait=30", Descriptors.graph("g", service("ra", "2.0.0"))));
        assertThat(charts("revised")).containsOnlyKeys("ra");
        followed.succeeded(
                client.put(graph + "?wait=30", Descriptors.graph("g", service("ra", "3.0.0"), service("rc", "1.0.0"))));
        RestClient.Answer same =
                client.put(graph + "?wait=30", Descriptors.graph("g", service("ra", "3.0.0"), service("rc", "1.0.0")));
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(numbers(graph)).as("the same again is no revision").containsExactly(3L, 2L, 1L);

        followed.succeeded(client.postJson(graph + "/rollback?wait=30", "{\"revision\":1}"));
        assertThat(charts("revised")).containsOnlyKeys("ra", "rb").allSatisfy((service, chart) -> assertThat(chart)
                .contains("1.0.0"));
        assertThat(numbers(graph)).containsExactly(4L, 3L, 2L, 1L);
        JsonNode newest = client.get(graph + "/revisions/4").json();
        assertThat(newest.path("cause").asText()).contains("rollback");
        assertThat(newest.path("hdaGraph"))
                .isEqualTo(client.get(graph + "/revisions/1").json().path("hdaGraph"));
        RestClient.Answer unknown = client.postJson(graph + "/rollback", "{\"revision\":99}");
        assertThat(unknown.status()).as(unknown.text()).isEqualTo(404);
    }

    @Test
    void anUpdateThatIsRefusedOutsideGoesBackByItself() throws Exception {
        NativeApi api = new NativeApi(client, "refused");
        String graph = api.graphs() + "/g";
        followed.succeeded(client.postJson(api.graphs() + "?wait=30", Descriptors.graph("g", service("fa", "1.0.0"))));
        String wrong = Descriptors.onEvents("fb", "ANY", Map.of("strange", "histogram_quantile(0.9, x)"));

        JsonNode failed = followed.end(client.put(graph, Descriptors.graph("g", service("fa", "2.0.0"), wrong)));
        assertThat(failed.path("state").asText()).as(failed.toString()).isEqualTo("FAILED");
        assertThat(failed.at("/error/source").asText()).as(failed.toString()).isNotEqualTo("smo");
        assertThat(failed.at("/error/message").asText()).contains("histogram_quantile");
        Eventually.within(PATIENCE_SECONDS, () -> api.graph("g"), view -> {
            assertThat(view.path("phase").asText()).as(view.toString()).isEqualTo("RUNNING");
            assertThat(view.path("revision").asLong()).isEqualTo(1);
        });
        Eventually.within(PATIENCE_SECONDS, () -> charts("refused"), charts -> assertThat(charts)
                .containsOnlyKeys("fa")
                .hasEntrySatisfying("fa", chart -> assertThat(chart).contains("1.0.0")));
        Eventually.within(PATIENCE_SECONDS, () -> followed.events("refused"), events -> assertThat(events)
                .extracting(event -> event.path("type").asText())
                .contains("hdag.rolled_back"));
    }

    @Test
    void aRequestWithAKeyIsDoneOnce() throws Exception {
        NativeApi api = new NativeApi(client, "keyed");
        String body = Descriptors.graph("g", service("ka", "1.0.0"));
        RestClient.Answer first = client.call("POST", api.graphs(), body, "Idempotency-Key", "deploy-1");
        RestClient.Answer again = client.call("POST", api.graphs(), body, "Idempotency-Key", "deploy-1");
        assertThat(Followed.operationOf(again)).isEqualTo(Followed.operationOf(first));
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        followed.succeeded(first);
        RestClient.Answer other = client.call(
                "POST",
                api.graphs(),
                Descriptors.graph("other", service("kb", "1.0.0")),
                "Idempotency-Key",
                "deploy-1");
        assertThat(other.status()).as(other.text()).isEqualTo(422);

        RestClient.Answer removed = client.call("DELETE", api.graphs() + "/g", "", "Idempotency-Key", "remove-1");
        followed.succeeded(removed);
        RestClient.Answer repeated = client.call("DELETE", api.graphs() + "/g", "", "Idempotency-Key", "remove-1");
        assertThat(Followed.operationOf(repeated)).isEqualTo(Followed.operationOf(removed));
        assertThat(client.delete(api.graphs() + "/g").status()).isEqualTo(404);
    }

    @Test
    void aDeploymentThatWaitsForCapacityIsTakenBack() throws Exception {
        NativeApi api = new NativeApi(client, "waiting");
        String[] huge = {"wa", "wb", "wc", "wd", "we", "wf"};
        for (int i = 0; i < huge.length; i++) {
            huge[i] = Descriptors.service(huge[i], "1.0.0", "large");
        }
        RestClient.Answer accepted = client.postJson(api.graphs() + "?wait=1", Descriptors.graph("huge", huge));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String operation = Followed.operationOf(accepted);
        JsonNode open = client.get(operation).json();
        assertThat(open.path("state").asText()).as(open.toString()).isEqualTo("PENDING");
        assertThat(api.graph("huge").path("phase").asText()).isEqualTo("PENDING");

        RestClient.Answer cancelled = client.post(operation + "/cancel");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        assertThat(cancelled.json().path("state").asText()).isEqualTo("CANCELLED");
        Eventually.within(
                PATIENCE_SECONDS, () -> client.get(api.graphs() + "/huge"), answer -> assertThat(answer.status())
                        .isEqualTo(404));
        assertThat(world("waiting")).isEmpty();
        assertThat(client.post(operation + "/cancel").status()).isEqualTo(409);
    }

    @Test
    void aDrainedClusterIsEmptyAndStaysSo() throws Exception {
        NativeApi api = new NativeApi(client, "drained");
        followed.succeeded(client.postJson(
                api.graphs() + "?wait=30", Descriptors.graph("one", service("da", "1.0.0"), service("db", "1.0.0"))));
        followed.succeeded(client.postJson(
                api.graphs() + "?wait=30", Descriptors.graph("two", service("dc", "1.0.0"), service("dd", "1.0.0"))));
        for (String graph : List.of("one", "two")) {
            followed.succeeded(client.postJson(
                    api.graphs() + "/" + graph + "/placement?wait=30", "{\"reason\":\"offload\",\"target\":\"c3\"}"));
        }
        assertThat(clusters("drained")).containsOnly("c3");

        JsonNode drain =
                followed.succeeded(client.postJson("/api/v1/clusters/c3/drain?wait=30", "{\"reason\":\"new disks\"}"));
        assertThat(drain.path("steps"))
                .extracting(step -> step.path("subject").asText())
                .contains("drained/one", "drained/two");
        assertThat(clusters("drained")).isNotEmpty().doesNotContain("c3");
        followed.succeeded(
                client.postJson(api.graphs() + "?wait=30", Descriptors.graph("three", service("de", "1.0.0"))));
        assertThat(clusters("drained")).as("nothing new goes there").doesNotContain("c3");
        assertThat(client.post("/api/v1/clusters/c3/uncordon").status()).isEqualTo(200);
        assertThat(World.of(client).overbookedEver()).isFalse();
    }

    @Test
    void whatOthersChangeIsRepairedAndOnlyReportedWhilePaused() throws Exception {
        NativeApi api = new NativeApi(client, "drifting");
        String graph = api.graphs() + "/g";
        followed.succeeded(client.postJson(
                api.graphs() + "?wait=30", Descriptors.graph("g", service("ta", "1.0.0"), service("tb", "1.0.0"))));

        tamper("ta", "delete-release");
        Eventually.within(PATIENCE_SECONDS, () -> charts("drifting"), charts -> assertThat(charts)
                .containsOnlyKeys("ta", "tb"));
        Eventually.within(PATIENCE_SECONDS, () -> followed.events("drifting"), events -> assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsOnlyOnce("hdag.drifted"));

        assertThat(client.put(graph + "/automation", "{\"paused\":true}").status())
                .isEqualTo(200);
        tamper("tb", "values");
        String tampered = digest("tb");
        JsonNode drifted =
                Eventually.within(PATIENCE_SECONDS, () -> api.graph("g"), view -> assertThat(view.path("drift"))
                        .as(view.toString())
                        .hasSize(1));
        assertThat(drifted.at("/drift/0/service").asText()).isEqualTo("tb");
        assertThat(drifted.at("/drift/0/field").asText()).isEqualTo("values");
        assertThat(digest("tb")).as("not repaired while paused").isEqualTo(tampered);

        followed.succeeded(client.post(graph + "/repair?wait=30"));
        assertThat(digest("tb")).as("repaired on request").isNotEqualTo(tampered);
        Eventually.within(PATIENCE_SECONDS, () -> api.graph("g"), view -> assertThat(view.path("drift"))
                .as(view.toString())
                .isEmpty());
        assertThat(client.put(graph + "/automation", "{\"paused\":false}").status())
                .isEqualTo(200);
        tamper("tb", "values");
        Eventually.within(PATIENCE_SECONDS, () -> digest("tb"), digest -> assertThat(digest)
                .as("repaired by itself")
                .isNotEqualTo(tampered));
    }

    private static String service(String id, String version) {
        return Descriptors.service(id, version, "light");
    }

    private static JsonNode plan(String graph, String descriptor) throws Exception {
        RestClient.Answer answer = client.postJson(graph + "/plan", descriptor);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void tamper(String service, String what) throws Exception {
        RestClient.Answer answer = client.postJson(
                "/lab/tamper",
                "{\"project\":\"drifting\",\"service\":\"%s\",\"what\":\"%s\"}".formatted(service, what));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private static List<JsonNode> releases(String project) throws Exception {
        return World.of(client).releases().stream()
                .filter(release -> release.path("project").asText().equals(project))
                .toList();
    }

    private static String world(String project) throws Exception {
        return releases(project).stream().map(JsonNode::toString).reduce("", String::concat);
    }

    private static Map<String, String> charts(String project) throws Exception {
        Map<String, String> charts = new TreeMap<>();
        releases(project)
                .forEach(release -> charts.put(
                        release.path("service").asText(), release.path("chart").asText()));
        return charts;
    }

    private static List<String> clusters(String project) throws Exception {
        return releases(project).stream()
                .flatMap(release -> release.path("replicas").properties().stream())
                .filter(share -> share.getValue().asInt() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String digest(String service) throws Exception {
        return releases("drifting").stream()
                .filter(release -> release.path("service").asText().equals(service))
                .map(release -> release.path("digest").asText())
                .findFirst()
                .orElse("");
    }

    private static List<Long> numbers(String graph) throws Exception {
        return StreamSupport.stream(
                        client.get(graph + "/revisions").json().path("items").spliterator(), false)
                .map(revision -> revision.path("revision").asLong())
                .toList();
    }

    private static List<String> steps(JsonNode of, String subject) {
        return StreamSupport.stream(of.path("steps").spliterator(), false)
                .map(step ->
                        step.path("action").asText() + " " + step.path(subject).asText())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
