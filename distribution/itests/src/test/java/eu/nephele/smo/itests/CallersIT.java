// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Who may do what is asked in the core, for every way in; what was done and refused is told. Public, because Pax Exam looks for
 * public methods.
 */
@ExtendWith(PaxExamExtension.class)
public class CallersIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String SHADOWS = "/api/v1/shadows";
    private static final String STRATEGIES = "/api/v1/strategies";
    private static final String SHADOW_OF = "{\"strategy\":{\"id\":\"first-fit\"},\"project\":\"%s\"}";

    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();

    @Inject
    private BundleContext context;

    @Configuration
    static Option[] options() {
        return ContainerOptions.profile(
                "sim",
                Map.of(
                        "eu.nephele.smo.lab.simulator.cfg",
                        "startupDelayMillis=100\n",
                        // what the gate asks a token for would not come as far as the rooms
                        "eu.nephele.smo.access.security.cfg",
                        "guardedChanges=/api/v1/nothing\n"));
    }

    @Test
    public void aCallerWithOneReadableProjectSeesNoOther() throws Exception {
        RestClient client = RestClient.unchecked(Integer.parseInt(context.getProperty("smo.port")));
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/health/ready"), ready -> assertThat(ready.status())
                .as(ready.text())
                .isEqualTo(200));
        context.registerService(AuditSink.class, audit::add, null);
        Sample sample = Sample.all().stream()
                .filter(each -> each.name().equals("minimal.yaml"))
                .findFirst()
                .orElseThrow();
        String mine = "/api/v1/projects/mine/graphs";
        String theirs = "/api/v1/projects/theirs/graphs";
        assertThat(client.postJson(mine, sample.as("application/json")).status())
                .isEqualTo(202);
        assertThat(client.postJson(theirs, sample.as("application/json")).status())
                .isEqualTo(202);
        told("graph.deploy", "graph/mine/" + sample.graph(), "accepted");

        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get(mine + "/" + sample.graph() + "/decisions"),
                decisions -> assertThat(decisions.json().path("items")).isNotEmpty());
        String webhook = made(client.postJson(WEBHOOKS, "{\"url\":\"https://example.org/in\",\"paused\":true}"));
        String shadowOfTheirs = made(client.postJson(SHADOWS, SHADOW_OF.formatted("theirs")));
        String shadowOfMine = made(client.postJson(SHADOWS, SHADOW_OF.formatted("mine")));
        String strategy = client.get(STRATEGIES + "/placement").json().path("items").findParents("id").stream()
                .filter(item -> item.path("id").asText().equals("first-fit"))
                .map(item -> STRATEGIES + "/placement/first-fit/"
                        + item.path("version").asText())
                .findFirst()
                .orElseThrow();

        ServiceRegistration<Permissions> rules =
                context.registerService(Permissions.class, new OnlyReadsMine(), ranked());
        RestClient.Answer stopped = client.post(mine + "/" + sample.graph() + "/stop");
        assertThat(stopped.status()).as(stopped.text()).isEqualTo(403);
        assertThat(stopped.json().path("type").asText()).isEqualTo("urn:smo:problem:forbidden");
        assertThat(stopped.json().path("detail").asText()).contains("graph/mine/" + sample.graph(), "operate");
        told("graph.stop", "graph/mine/" + sample.graph(), "forbidden");
        assertThat(client.post("/graphs/" + sample.graph() + "/stop?project=mine")
                        .status())
                .as("the path of the reference")
                .isEqualTo(403);

        assertThat(client.get(mine + "/" + sample.graph()).status()).isEqualTo(200);
        assertThat(client.get(theirs + "/" + sample.graph()).status()).isEqualTo(404);
        assertThat(client.post(theirs + "/" + sample.graph() + "/stop").status())
                .isEqualTo(404);
        for (String list : List.of(
                "/api/v1/projects", "/api/v1/operations", "/api/v1/events?limit=1000", "/project/theirs/graphs")) {
            RestClient.Answer answer = client.get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.text()).as(list).doesNotContain("theirs");
        }
        assertThat(client.get("/api/v1/operations").text()).contains("mine");
        assertThat(client.get("/api/v1/events?limit=1000").text()).contains("mine");
        assertThat(client.get("/api/v1/clusters").json().path("items")).isEmpty();
        assertThat(client.get("/api/v1/runtime").status()).isEqualTo(404);

        assertThat(client.get(mine + "/" + sample.graph() + "/decisions").json().path("items"))
                .isNotEmpty();
        assertThat(client.get(theirs + "/" + sample.graph() + "/decisions").status())
                .isEqualTo(404);
        for (String list : List.of(WEBHOOKS, "/api/v1/replays", "/api/v1/plugins")) {
            assertThat(client.get(list).json().path("items")).as(list).isEmpty();
        }
        assertThat(client.get(SHADOWS).text()).contains(shadowOfMine).doesNotContain(shadowOfTheirs, "theirs");
        for (String hidden : List.of(
                WEBHOOKS + "/" + webhook,
                WEBHOOKS + "/" + webhook + "/deliveries",
                SHADOWS + "/" + shadowOfTheirs,
                "/api/v1/plugins/acme/uses")) {
            assertThat(client.get(hidden).status()).as(hidden).isEqualTo(404);
        }
        for (List<String> change : List.of(
                List.of("POST", WEBHOOKS, "{\"url\":\"https://example.org/in\"}"),
                List.of("PUT", WEBHOOKS + "/" + webhook + "/paused", "{\"paused\":false}"),
                List.of("DELETE", WEBHOOKS + "/" + webhook, ""),
                List.of("POST", SHADOWS, SHADOW_OF.formatted("theirs")),
                List.of("DELETE", SHADOWS + "/" + shadowOfTheirs, ""),
                List.of("POST", SHADOWS + "/" + shadowOfTheirs + "/promote", ""),
                List.of("DELETE", "/api/v1/plugins/acme", ""),
                List.of("POST", strategy + "/eject", ""),
                List.of("PUT", "/api/v1/defaults/initialPlacement", "{\"value\":\"greedy\"}"))) {
            RestClient.Answer refused = client.call(change.get(0), change.get(1), change.get(2));
            assertThat(refused.status()).as("%s: %s", change, refused.text()).isEqualTo(404);
        }
        told("webhook.register", "webhook/*", "not-found");
        told("default.set", "default/initialPlacement", "not-found");
        for (List<String> change : List.of(
                List.of("POST", SHADOWS, SHADOW_OF.formatted("mine")),
                List.of("DELETE", SHADOWS + "/" + shadowOfMine, ""),
                List.of("POST", SHADOWS + "/" + shadowOfMine + "/promote", ""))) {
            RestClient.Answer refused = client.call(change.get(0), change.get(1), change.get(2));
            assertThat(refused.status()).as("%s: %s", change, refused.text()).isEqualTo(403);
        }
        told("shadow.promote", "shadow/mine/" + shadowOfMine, "forbidden");
        assertThat(client.get("/api/v1/kinds").status())
                .as("what is installed is nobody's")
                .isEqualTo(200);
        assertThat(streamed()).contains("mine/" + sample.graph()).doesNotContain("theirs");

        rules.unregister();
        assertThat(client.get(WEBHOOKS + "/" + webhook)
                        .json()
                        .path("registeredBy")
                        .asText())
                .isEqualTo("anonymous");
        assertThat(client.get(WEBHOOKS + "/" + webhook).json().path("paused").asBoolean())
                .isTrue();
        assertThat(client.get(SHADOWS).text()).contains(shadowOfMine, shadowOfTheirs);
        assertThat(client.get(theirs + "/" + sample.graph()).status()).isEqualTo(200);
        assertThat(client.post(theirs + "/" + sample.graph() + "/stop?wait=60").status())
                .isEqualTo(200);
    }

    private static String made(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    /** What the stream of events has from the beginning, until nothing comes for a while. */
    private String streamed() throws IOException {
        URLConnection stream = URI.create(
                        "http://127.0.0.1:%s/api/v1/events/stream?after=0".formatted(context.getProperty("smo.port")))
                .toURL()
                .openConnection();
        stream.setReadTimeout(3_000);
        StringBuilder text = new StringBuilder();
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            while (System.nanoTime() < end) {
                String line = lines.readLine();
                if (line == null) {
                    break;
                }
                text.append(line).append('\n');
            }
        } catch (SocketTimeoutException nothingMore) {
            assertThat(text).isNotEmpty();
        }
        return text.toString();
    }

    private void told(String action, String target, String outcome) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, () -> audit, records -> assertThat(records).anySatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo(action);
                    assertThat(entry.target()).isEqualTo(target);
                    assertThat(entry.outcome()).isEqualTo(outcome);
                    assertThat(entry.principal()).isEqualTo("anonymous");
                    assertThat(entry.sourceAddress()).isEqualTo("127.0.0.1");
                    assertThat(entry.correlationId()).isNotEmpty();
                }));
    }

    private static Dictionary<String, Object> ranked() {
        return FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 100));
    }

    private static final class OnlyReadsMine implements Permissions {

        @Override
        public boolean allow(CallContext call, Verb verb, ResourceRef target) {
            return verb == Verb.READ && target.project().equals("mine");
        }

        @Override
        public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
            return verb == Verb.READ && Set.of("mine").contains(project);
        }
    }
}
