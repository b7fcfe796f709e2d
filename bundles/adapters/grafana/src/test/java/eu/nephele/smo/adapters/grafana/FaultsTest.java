// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.grafana.FakeGrafana.Answer;
import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.runtime.Tenure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of Grafana as reported to the engine, and retries afterwards. */
class FaultsTest {

    private static final Graph SHOP = Samples.graph("brussels", "shop", "cart");
    private static final ClusterId EDGE = new ClusterId("karmada", "edge-1");
    private static final String READ = "/api/dashboards/uid/";
    private static final String SAVE = "/api/dashboards/db";

    private FakeGrafana grafana;

    @BeforeEach
    void open() throws IOException {
        grafana = new FakeGrafana();
    }

    @AfterEach
    void close() {
        grafana.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMED_OUT"
    })
    void aDashboardThatIsNotTakenIsAFailureOfItsKind(int status, Kind kind) {
        grafana.answers("POST", SAVE, status, "{\"message\":\"the words of Grafana\"}");
        AdapterException failure = publishing(grafana.url());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("edge-1").hasMessageContaining("the words of Grafana");
        grafana.answersByItself();
        publish(grafana.url());
        assertThat(grafana.dashboards).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 503})
    void whoMayNotLookDoesNotWrite(int status) {
        grafana.answers("GET", READ, status, "{\"message\":\"no\"}");
        assertThat(publishing(grafana.url()).kind()).isEqualTo(status < 500 ? Kind.REFUSED : Kind.UNAVAILABLE);
        assertThat(grafana.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void aFolderThatIsNotMadeIsAFailure(int status) {
        grafana.answers("POST", "/api/folders", status, "{\"message\":\"no folders for you\"}");
        assertThat(publishing(grafana.url())).hasMessageContaining("no folders for you");
        assertThat(grafana.writes()).containsExactly("POST /api/folders");
    }

    /** A lease that ends after so many reads of its remaining time. */
    private record Looks(AtomicInteger looks) implements Tenure {
        @Override
        public String holder() {
            return "me";
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Duration left() {
            return looks.getAndDecrement() > 0 ? Duration.ofSeconds(1) : Duration.ZERO;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whenTheLeaseEndsWithinACallNothingMoreIsWritten(int looks) {
        GrafanaPublisher publisher = publisher(grafana.url());
        publisher.bindTenure(new Looks(new AtomicInteger(looks)));
        AdapterException refused = failure(() -> publisher.ensureGraph(SHOP));
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("nothing was sent");
        assertThat(grafana.writes()).hasSize(looks);
        publisher.bindTenure(new Looks(new AtomicInteger(1000)));
        publisher.ensureGraph(SHOP);
        assertThat(grafana.dashboards).hasSize(2);
        publisher.end();
    }

    @Test
    void grafanaSaysWhenToTryAgain() {
        grafana.answers("POST", SAVE, new Answer(503, "text/html", "<h1>later</h1>", Map.of("Retry-After", "7")));
        assertThat(publishing(grafana.url()).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"dashboard\": {\"uid\"", "<html>log in</html>", "", "{}", "[]", "{\"dashboard\": 7}"})
    void anAnswerThatIsNotGrafanasIsNotTakenForADashboard(String body) {
        grafana.answers("GET", READ, 200, body);
        assertThat(publishing(grafana.url()).kind()).isEqualTo(Kind.REFUSED);
        assertThat(grafana.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[{\"uid\":", "{\"message\":\"search is off\"}"})
    void aSearchThatIsNoListRemovesNothing(String body) {
        GrafanaPublisher publisher = publisher(grafana.url());
        publisher.ensureGraph(SHOP);
        grafana.answers("GET", "/api/search", 200, body);
        assertThat(failure(() -> publisher.removeGraph(SHOP.id())).kind()).isEqualTo(Kind.REFUSED);
        assertThat(grafana.dashboards).hasSize(2);
        publisher.end();
    }

    @Test
    void aRefusalWithoutWordsIsNoJsonEither() {
        grafana.answers("POST", SAVE, new Answer(412, "text/html", "<h1>no</h1>", Map.of()));
        AdapterException failure = publishing(grafana.url());
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("not JSON");
    }

    @Test
    void whatIsNotFoundIsGoneWhateverThePageSays() {
        GrafanaPublisher publisher = publisher(grafana.url());
        publisher.ensureGraph(SHOP);
        grafana.answers("DELETE", READ, new Answer(404, "text/html", "<h1>gone</h1>", Map.of()));
        publisher.removeGraph(SHOP.id());
        grafana.answersByItself();
        publisher.removeGraph(SHOP.id());
        assertThat(grafana.dashboards).isEmpty();
        publisher.end();
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        grafana.answers("GET", READ, 200, "{\"dashboard\":{\"title\":\"" + "x".repeat(2000) + "\"}}");
        GrafanaPublisher publisher = publisher(grafana.url(), Map.of("maxAnswerKiB", 1));
        assertThat(failure(() -> publisher.ensureCluster(EDGE)).kind()).isEqualTo(Kind.REFUSED);
        publisher.end();
    }

    @Test
    void aGrafanaThatIsAwayIsUnavailableAndIsNoReasonNotToStart() throws IOException {
        // bound and not listening: no other process can get the port meanwhile
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = nobody.getLocalPort();
            assertThat(publishing("http://127.0.0.1:" + port).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aGrafanaThatStaysSilentTimesOut() throws IOException {
        // accepts by its backlog and never answers
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            GrafanaPublisher publisher =
                    publisher("http://127.0.0.1:" + silent.getLocalPort(), Map.of("timeoutMillis", 200));
            assertThat(failure(() -> publisher.ensureCluster(EDGE)).kind()).isEqualTo(Kind.TIMED_OUT);
            publisher.end();
        }
    }

    @Test
    void aSecretThatNobodyKnowsIsReportedByItsSetting() {
        GrafanaPublisher publisher = publisher(grafana.url(), Map.of("token", "file:secrets/grafana"));
        assertThat(failure(() -> publisher.ensureCluster(EDGE))).hasMessageContaining("token");
        assertThat(grafana.calls).isEmpty();
        publisher.end();
    }

    @Test
    void halfAGraphIsMadeWholeByTheNextTry() {
        GrafanaPublisher publisher = publisher(grafana.url());
        grafana.beforeSave = () -> {
            if (grafana.dashboards.size() == 1) {
                grafana.answers("POST", SAVE, 500, "{}");
            }
        };
        failure(() -> publisher.ensureGraph(SHOP));
        assertThat(grafana.dashboards).hasSize(1);
        grafana.beforeSave = () -> {};
        grafana.answersByItself();
        publisher.ensureGraph(SHOP);
        assertThat(grafana.dashboards).hasSize(2);
        publisher.end();
    }

    private static AdapterException publishing(String url) {
        return failure(() -> publish(url));
    }

    private static void publish(String url) {
        GrafanaPublisher publisher = publisher(url);
        try {
            publisher.ensureCluster(EDGE);
        } finally {
            publisher.end();
        }
    }

    private static GrafanaPublisher publisher(String url) {
        return publisher(url, Map.of());
    }

    private static GrafanaPublisher publisher(String url, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("url", url);
        return new GrafanaPublisher(new JdkHttpSystems(Path.of("")), Configured.with(values));
    }

    private static AdapterException failure(Runnable work) {
        AdapterException failure = catchThrowableOfType(AdapterException.class, work::run);
        assertThat(failure).isNotNull();
        assertThat(failure.system()).isEqualTo("grafana");
        return failure;
    }
}
