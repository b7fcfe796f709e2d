// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.VirtualClock;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabServletTest {

    private final Scenario scenario = ScenarioFile.builtIn();
    private final SimulatedFederation world =
            SimulatedFederation.inVirtualTime(scenario, new VirtualClock(scenario.startsAt()));
    private final LabServlet servlet = new LabServlet(world);

    private record Answer(int status, String type, JsonNode body) {}

    @Test
    void showsTheWorld() throws IOException {
        install("web");
        Answer answer = ask("GET", "/world", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/json");
        JsonNode json = answer.body();
        assertThat(json.at("/overbookedEver").booleanValue()).isFalse();
        assertThat(json.at("/clusters/0/name").textValue()).isEqualTo("c1");
        assertThat(json.at("/clusters/0/allocatable/cpu").longValue()).isEqualTo(12000);
        assertThat(json.at("/clusters/0/allocated/cpu").longValue()).isEqualTo(2000);
        assertThat(json.at("/releases/0/replicas/c1").intValue()).isEqualTo(2);
        assertThat(json.at("/releases/0/assignment").longValue()).isEqualTo(4);
        assertThat(json.at("/pods/1/phase").textValue()).isEqualTo("starting");
        assertThat(json.at("/requestsPerSecond/image-detection").doubleValue()).isEqualTo(1);
    }

    private void install(String service) {
        install(new GraphId("p", "g"), service);
    }

    private void install(GraphId graph, String service) {
        world.deployer()
                .ensureInstalled(new InstallRequest(
                        new StepKey(new WorkloadRef(graph, service), 4, "install"),
                        new Artifact("oci://registry.example.com/web", "App", "HELM", "HELM", JsonObject.EMPTY),
                        JsonObject.EMPTY,
                        List.of(),
                        2,
                        new Resources(1000, 0, 0, 0),
                        1,
                        "installation-1",
                        Set.of()));
    }

    @Test
    void letsLoadRise() throws IOException {
        assertThat(ask("POST", "/load", "{\"service\":\"image-detection\",\"requestsPerSecond\":40}")
                        .status())
                .isEqualTo(204);
        assertThat(world.snapshot().requestsPerSecond()).containsEntry("image-detection", 40.0);
    }

    @Test
    void loadIsOfOneGraphAndNotOfAllThatHaveAServiceOfThatName() throws IOException {
        install(new GraphId("t", "sc"), "web");
        assertThat(load("web")).isEqualTo(204);
        assertThat(world.snapshot().requestsPerSecond())
                .containsEntry("t/sc/web", 40.0)
                .doesNotContainKey("web");

        install(new GraphId("u", "minimal"), "web");
        assertThat(load("web")).isEqualTo(400);
        assertThat(load("u/web")).isEqualTo(204);
        assertThat(world.snapshot().requestsPerSecond())
                .containsKeys("t/sc/web", "u/minimal/web")
                .doesNotContainKey("web");
        assertThat(load("*")).isEqualTo(204);
    }

    private int load(String service) throws IOException {
        return ask("POST", "/load", "{\"service\":\"%s\",\"requestsPerSecond\":40}".formatted(service))
                .status();
    }

    @Test
    void failsAndRestoresClusters() throws IOException {
        assertThat(ask("POST", "/clusters/c2/fail", "").status()).isEqualTo(204);
        assertThat(world.snapshot().clusters())
                .extracting(cluster -> cluster.ready())
                .containsExactly(true, false, true);
        assertThat(ask("POST", "/clusters/c2/restore", "").status()).isEqualTo(204);
        assertThat(world.snapshot().clusters()).allMatch(cluster -> cluster.ready());
    }

    @Test
    void addsAndRemovesClusters() throws IOException {
        ask("POST", "/clusters", "{\"name\":\"c4\",\"cpuCores\":8,\"memoryGib\":32}");
        assertThat(world.snapshot().clusters()).hasSize(4);
        ask("DELETE", "/clusters/c4", "");
        assertThat(world.snapshot().clusters()).hasSize(3);
    }

    @Test
    void drainsAndFillsClusters() throws IOException {
        ask("POST", "/clusters/c3/drain", "{\"fraction\":0.5}");
        ask("POST", "/clusters/c3/foreign-load", "{\"cpuCores\":1.5}");
        assertThat(world.snapshot().clusters().get(2).allocatable().cpuMillis()).isEqualTo(2000);
        assertThat(world.snapshot().clusters().get(2).foreign().cpuMillis()).isEqualTo(1500);
    }

    @Test
    void beginsAndEndsOutages() throws IOException {
        ask("POST", "/outages/metrics", "");
        assertThat(ask("GET", "/world", "").body().at("/outages/0").textValue()).isEqualTo("metrics");
        ask("DELETE", "/outages/metrics", "");
        assertThat(world.snapshot().outages()).isEmpty();
    }

    @Test
    void setsAndDropsSeries() throws IOException {
        String series = "{\"name\":\"errors_total\",\"labels\":{\"job\":\"web\"},\"value\":7.5}";
        assertThat(ask("POST", "/series", series).status()).isEqualTo(204);
        JsonNode said = ask("GET", "/world", "").body().at("/series/0");
        assertThat(said.toString()).isEqualTo(series);
        assertThat(ask("DELETE", "/series", "{\"name\":\"errors_total\"}").status())
                .isEqualTo(204);
        assertThat(world.snapshot().series()).doesNotContainKey(new MetricSeries("errors_total", Map.of("job", "web")));
    }

    @Test
    void tampersWithReleasesAndRules() throws IOException {
        install("web");
        WorkloadRef ref = new WorkloadRef(new GraphId("p", "g"), "web");
        world.alertRules().ensure(ref, new EventRule("silent", "absent(x)", Duration.ofSeconds(5), ""), "me");
        JsonNode rule = ask("GET", "/world", "").body().at("/rules/0");
        assertThat(rule.at("/state").textValue()).isEqualTo("inactive");
        assertThat(rule.at("/gracePeriodMillis").longValue()).isEqualTo(5000);
        assertThat(rule.at("/owner").textValue()).isEqualTo("me");
        String digest = world.snapshot().releases().get(0).state().digest();

        assertThat(tamper("replicas", ",\"cluster\":\"c2\",\"replicas\":3")).isEqualTo(204);
        assertThat(world.snapshot().releases().get(0).replicas()).containsEntry("c2", 3);
        assertThat(tamper("values", "")).isEqualTo(204);
        assertThat(world.snapshot().releases().get(0).state().digest()).isNotEqualTo(digest);
        assertThat(tamper("rule", ",\"event\":\"silent\"")).isEqualTo(204);
        assertThat(world.snapshot().rules()).isEmpty();
        assertThat(tamper("delete-release", ",\"graph\":\"g\"")).isEqualTo(204);
        assertThat(world.snapshot().releases()).isEmpty();
        assertThat(ask("GET", "/world", "").body().at("/writes/0/release").intValue())
                .isEqualTo(1);
    }

    @Test
    void asksWhichRuleIsMeantWhereThereAreSeveral() throws IOException {
        WorkloadRef ref = new WorkloadRef(new GraphId("p", "g"), "web");
        world.alertRules().ensure(ref, new EventRule("silent", "absent(x)", Duration.ZERO, ""), "me");
        world.alertRules().ensure(ref, new EventRule("loud", "absent(x)", Duration.ZERO, ""), "me");

        assertThat(tamper("rule", "")).isEqualTo(400);
        assertThat(world.snapshot().rules()).hasSize(2);
    }

    private int tamper(String what, String more) throws IOException {
        return ask("POST", "/tamper", "{\"project\":\"p\",\"service\":\"web\",\"what\":\"%s\"%s}".formatted(what, more))
                .status();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POST   | /load                | {"service":"x"}                         | 400 | body: expected exactly one of constant, steps, sine
            POST   | /load                | {"service":"x","requestsPerSecond":-1}  | 400 | expected 0 or more
            POST   | /load                | {"service":"x","requestsPerSecond":1,"per":2} | 400 | unknown key
            POST   | /load                | {"service"                              | 400 | The body is not JSON
            POST   | /load                | []                                      | 400 | body: expected an object
            POST   | /clusters            | {"name":"c1"}                           | 409 | c1 is in the federation already
            POST   | /clusters/c9/fail    | {}                                      | 404 | Cluster c9 is not in the federation
            POST   | /clusters/c1/explode | {}                                      | 404 | Unknown command POST /clusters/c1/explode
            PUT    | /load                | {}                                      | 404 | Unknown command PUT /load
            POST   | /outages/sun         | {}                                      | 400 | unknown outage
            GET    | /                    | ~~                                      | 404 | Unknown command GET /
            POST   | /series              | {"name":"a b","value":1}                | 400 | 'a b' is not a metric name
            POST   | /series              | {"name":"a","labels":{"__name__":"b"},"value":1} | 400 | '__name__' is not a label name
            POST   | /series              | {"name":"a"}                            | 400 | 'value' is missing
            DELETE | /series              | {"name":"a","value":1}                  | 400 | unknown key 'value'
            POST   | /tamper              | {"project":"p","service":"x","what":"values"} | 404 | Unknown release of service x in project p
            POST   | /tamper              | {"project":"p","service":"x","what":"rule"} | 404 | Unknown alert rule of service x in project p
            POST   | /tamper              | {"project":"p","service":"x","what":"boo"} | 400 | body.what: expected one of delete-release, replicas, values, rule
            """)
    void saysWhatIsWrong(String method, String path, String body, int status, String detail) throws IOException {
        Answer answer = ask(method, path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body().at("/status").intValue()).isEqualTo(status);
        assertThat(answer.body().at("/source").textValue()).isEqualTo("simulator");
        assertThat(answer.body().at("/correlationId").textValue()).isEqualTo("c-17");
        assertThat(answer.body().at("/detail").textValue()).contains(detail);
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws IOException {
        assertThat(ask("POST", "/load", " ".repeat(65 * 1024))
                        .body()
                        .at("/detail")
                        .textValue())
                .isEqualTo("The body is larger than 65536 bytes");
    }

    private Answer ask(String method, String path, String body) throws IOException {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getMethod()).thenReturn(method);
        when(request.getPathInfo()).thenReturn(path);
        when(request.getAttribute("smo.correlationId")).thenReturn("c-17");
        when(request.getInputStream()).thenReturn(new Incoming(body));
        HttpServletResponse response = mock(HttpServletResponse.class);
        Outgoing outgoing = new Outgoing();
        when(response.getOutputStream()).thenReturn(outgoing);
        var status = org.mockito.ArgumentCaptor.forClass(Integer.class);
        var type = org.mockito.ArgumentCaptor.forClass(String.class);

        servlet.service(request, response);

        verify(response).setStatus(status.capture());
        byte[] bytes = outgoing.bytes.toByteArray();
        if (bytes.length > 0) {
            verify(response).setContentType(type.capture());
        }
        return new Answer(
                status.getValue(), bytes.length > 0 ? type.getValue() : "", new ObjectMapper().readTree(bytes));
    }

    private static final class Incoming extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Incoming(String text) {
            bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Outgoing extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
