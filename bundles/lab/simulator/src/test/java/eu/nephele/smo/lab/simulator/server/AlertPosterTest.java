// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.Notification;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class AlertPosterTest {

    private static final Notification NOTIFICATION = new Notification(
            "{}:{}",
            Map.of(),
            List.of(new Notification.NotifiedAlert(
                    Map.of("service", "web"), Map.of(), Instant.EPOCH, Optional.empty(), "", "0123456789abcdef")));

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final BundleContext context = mock(BundleContext.class);
    private HttpServer server;

    private record Received(String path, String type, String authorization, JsonNode body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                new ObjectMapper().readTree(exchange.getRequestBody())));
        exchange.sendResponseHeaders(Optional.ofNullable(answers.poll()).orElse(200), -1);
        exchange.close();
    }

    @Test
    void postsToThisServerByDefault() {
        when(context.getProperty("smo.port")).thenReturn(Integer.toString(port()));
        new AlertReceiver(context).at("", "").accept(NOTIFICATION);

        Received post = received.remove();
        assertThat(post.path()).isEqualTo("/alerts");
        assertThat(post.type()).isEqualTo("application/json");
        assertThat(post.authorization()).isEqualTo("null");
        assertThat(post.body().at("/alerts/0/labels/service").textValue()).isEqualTo("web");
    }

    @Test
    void postsNowhereWhenThisServerSpeaksTls() {
        when(context.getProperty("smo.port")).thenReturn(Integer.toString(port()));
        when(context.getProperty("smo.tls.certificate")).thenReturn("/etc/smo/tls.crt");
        new AlertReceiver(context).at("", "").accept(NOTIFICATION);
        assertThat(received).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void bringsTheTokenThatItsReferenceNames() throws Exception {
        ServiceReference<SecretSource> reference = mock(ServiceReference.class);
        SecretSource source = mock(SecretSource.class);
        when(context.getServiceReferences(SecretSource.class, "(smo.secret.scheme=file)"))
                .thenReturn(List.of(reference));
        when(context.getService(reference)).thenReturn(source);
        when(source.resolve("file:alerts.token")).thenReturn(Optional.of("s3cret"));
        new AlertReceiver(context).at(url(), "file:alerts.token").accept(NOTIFICATION);

        assertThat(received.remove().authorization()).isEqualTo("Bearer s3cret");
    }

    @Test
    void comesAgainWhenTheTokenIsNotThereYet() throws Exception {
        when(context.getServiceReferences(SecretSource.class, "(smo.secret.scheme=file)"))
                .thenReturn(List.of());
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(
                        () -> new AlertReceiver(context).at(url(), "file:none").accept(NOTIFICATION))
                .withMessageContaining("Secret file:none, named by alertsSecret");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 302})
    void comesAgainWhenTheReceiverCannotTakeIt(int status) {
        answers.add(status);
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> new AlertReceiver(context).at(url(), "").accept(NOTIFICATION))
                .withMessageContaining("status " + status);
    }

    @Test
    void comesAgainWhenNobodyAnswers() {
        int gone = port();
        server.stop(0);
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> new AlertReceiver(context)
                        .at("http://127.0.0.1:" + gone, "")
                        .accept(NOTIFICATION))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(AdapterException.Kind.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 401, 404})
    void doesNotComeAgainWhenItWasTakenOrRefused(int status) {
        answers.add(status);
        assertThatCode(() -> new AlertReceiver(context).at(url(), "").accept(NOTIFICATION))
                .doesNotThrowAnyException();
    }

    @Test
    void goesNowhereWhenThatIsWantedOrThePortIsNotKnown() {
        new AlertReceiver(context).at("none", "").accept(NOTIFICATION);
        new AlertReceiver(context).at("", "").accept(NOTIFICATION);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/alerts", "alerts", "http://a b"})
    void refusesAddressesThatAreNone(String address) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> new AlertReceiver(context).at(address, ""))
                .withMessageContaining("alertsUrl=" + address);
    }

    @Test
    void arrivesFromAWorldInRealTimeWithoutHoldingItUpAndAgainAfterAFailure() throws InterruptedException {
        answers.add(503);
        Scenario scenario = ScenarioFile.builtIn();
        try (SimulatedFederation federation =
                SimulatedFederation.inRealTime(scenario, 20, new AlertReceiver(context).at(url(), ""))) {
            federation
                    .alertRules()
                    .ensure(
                            new WorkloadRef(new GraphId("p", "g"), "web"),
                            new EventRule("silent", "absent(pulse)", Duration.ofSeconds(1), ""),
                            "me");
            for (int i = 0; i < 2; i++) {
                Received post = received.poll(10, TimeUnit.SECONDS);
                assertThat(post).isNotNull();
                assertThat(post.body().at("/alerts/0/labels/alertname").textValue())
                        .isEqualTo("p/g/web/silent");
            }
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String url() {
        return "http://127.0.0.1:%d/alerts".formatted(port());
    }
}
