// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.runtime.Tenure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure of an API server, or of a proxy in front of it. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class FaultsTest {

    private static final Duration PATIENCE = Duration.ofMillis(700);
    /** Connections to this machine are slow only if it is busy. */
    private static final Duration REACHED = Duration.ofSeconds(10);

    private static final String MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}";

    private Optional<RawServer> server = Optional.empty();
    private Optional<ApiServerConnection> connection = Optional.empty();

    /** The first client of a process loads many classes, which is no fault of a server. */
    @BeforeAll
    static void loadTheClient() {
        new KubernetesClientBuilder().build().close();
    }

    @AfterEach
    void end() throws IOException {
        connection.ifPresent(ApiServerConnection::close);
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "410, NOT_FOUND",
        "412, CONFLICT",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMED_OUT"
    })
    void everyStatusIsClassifiedWithTheServersOwnWords(int status, Kind kind) throws IOException {
        AdapterException failure = failure(RawServer.status(
                status,
                "Content-Type: application/json\r\n",
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"the words\",\"code\":%d}".formatted(status)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.system()).isEqualTo("raw");
        if (status != 404) {
            assertThat(failure.getMessage()).contains("Try it", "HTTP " + status, "the words");
        }
    }

    @Test
    void whenToTryAgainIsPassedOnFromHeaderAndStatus() throws IOException {
        AdapterException header =
                failure(RawServer.status(429, "Retry-After: 7\r\nContent-Type: text/plain\r\n", "Too many requests"));
        assertThat(header.retryAfter()).contains(Duration.ofSeconds(7));
        end();
        AdapterException status = failure(RawServer.status(
                503,
                "Content-Type: application/json\r\n",
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":503,\"details\":{\"retryAfterSeconds\":3}}"));
        assertThat(status.retryAfter()).contains(Duration.ofSeconds(3));
        end();
        assertThat(failure(RawServer.status(503, "", "")).retryAfter()).isEmpty();
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws IOException {
        // bound and not listening: no other process can get the port meanwhile
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = nobody.getLocalPort();
            AdapterException failure = failure("http://127.0.0.1:" + port);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.getMessage()).contains("no connection");
        }
    }

    @Test
    void aServerThatHangsTimesOut() throws IOException {
        long begin = System.nanoTime();
        assertThat(failure((head, out, socket) -> Thread.sleep(60_000)).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aServerThatDripsTimesOutAlthoughItNeverStops() throws IOException {
        long begin = System.nanoTime();
        AdapterException failure = failure((head, out, socket) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{"
                    .getBytes(UTF_8));
            for (int i = 0; i < 600; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
            }
        });
        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aConnectionThatBreaksInTheMiddleIsUnavailable() throws IOException {
        assertThat(failure((head, out, socket) -> {
                            out.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{\"kind\":".getBytes(UTF_8));
                            out.flush();
                            socket.setSoLinger(true, 0);
                            socket.close();
                        })
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void anAnswerThatIsCutIsUnavailableAndAPageOfAProxyIsRefused() throws IOException {
        assertThat(failure(RawServer.json("{\"kind\":\"ConfigMap\",\"metadata\":{\"na"))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        end();
        assertThat(failure(RawServer.status(200, "Content-Type: text/html\r\n", "<html>Log in</html>"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void anAnswerThatIsTooLargeIsCutOff() throws IOException {
        RawServer.Answer large = RawServer.json(MAP.formatted("m" + "x".repeat(2 << 20)));
        AdapterException failure = failure((head, out, socket) -> {
            large.to(head, out, socket);
            // until the client reaches its limit: an earlier end would be another failure
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage()).contains("larger than 1024 KiB", "maxAnswerKiB");
    }

    @Test
    void aServerWithoutEncryptionWhereSomeIsExpectedIsUnavailable() throws IOException {
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread thread = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                } catch (IOException closed) {
                    // the client has had enough
                }
            });
            thread.setDaemon(true);
            thread.start();
            assertThat(failure("https://127.0.0.1:" + plain.getLocalPort()).kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aTokenThatHasExpiredIsReadAgain() throws IOException {
        AtomicReference<String> token = new AtomicReference<>("old");
        RawServer api = start((head, out, socket) -> (head.contains("Bearer new")
                        ? RawServer.json(MAP.formatted("m"))
                        : RawServer.status(401, "", ""))
                .to(head, out, socket));
        ApiServerConnection link = connect(settings("file:k"), api.port(), token);
        assertThat(catchThrowableOfType(AdapterException.class, () -> read(link))
                        .kind())
                .isEqualTo(Kind.REFUSED);

        token.set("new");
        assertThat(read(link).getMetadata().getName()).isEqualTo("m");
    }

    @Test
    void theProxyIsAskedForTheServer() throws IOException {
        RawServer proxy = start(RawServer.json(MAP.formatted("m")));
        LinkSettings settings = new LinkSettings(
                "raw",
                "file:k",
                PATIENCE,
                PATIENCE,
                1 << 20,
                Optional.of("http://127.0.0.1:" + proxy.port()),
                Optional.empty());
        ApiServerConnection link =
                new ApiServerConnection(settings, any -> Optional.of(kubeconfig("http://far.example:1", "t")));
        connection = Optional.of(link);

        assertThat(read(link).getMetadata().getName()).isEqualTo("m");
        assertThat(proxy.heads()).anyMatch(head -> head.startsWith("GET http://far.example:1/api/v1/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret garbage: [", "apiVersion: v1\nkind: Config\n", ""})
    void aKubeconfigThatIsNoneIsRefusedWithoutTellingWhatIsInIt(String text) {
        ApiServerConnection link = new ApiServerConnection(settings("file:k"), any -> Optional.of(text));
        connection = Optional.of(link);
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> read(link));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage()).contains("file:k").doesNotContain("garbage");
    }

    @Test
    void aKubeconfigOrContextThatIsNotThereIsSaid() {
        ApiServerConnection nothing = new ApiServerConnection(settings("file:k"), any -> Optional.empty());
        assertThat(catchThrowableOfType(AdapterException.class, () -> read(nothing))
                        .getMessage())
                .contains("file:k");
        ApiServerConnection other =
                new ApiServerConnection(settings("file:k#edge"), any -> Optional.of(kubeconfig("http://x:1", "t")));
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> read(other));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage()).contains("edge");
    }

    @Test
    void whenTheServerHasForgottenTheVersionEverythingIsListedAgain() throws Exception {
        AtomicReference<String> present = new AtomicReference<>("first");
        RawServer api = start((head, out, socket) -> {
            if (head.contains("watch=true")) {
                present.set("second");
                out.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":410,\"reason\":\"Expired\"}}\n"
                                .getBytes(UTF_8));
                out.flush();
                Thread.sleep(2000);
            } else {
                RawServer.json(
                                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[%s]}"
                                        .formatted(MAP.formatted(present.get())))
                        .to(head, out, socket);
            }
        });
        ApiServerConnection link = connect(settings("file:k"), api.port(), new AtomicReference<>("t"));
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        try (ResourceCache<ConfigMap, String> resourceCache = new ResourceCache<ConfigMap, String>(
                        link,
                        new ResourceCache.WatchTarget<>(
                                "maps", client -> client.configMaps().inAnyNamespace()),
                        map -> Optional.of(map.getMetadata().getName()),
                        (key, before, now) -> {},
                        scheduler,
                        Duration.ofMinutes(5))
                .start()) {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!resourceCache.kept().equals(Map.of("second", "second")) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(resourceCache.kept()).isEqualTo(Map.of("second", "second"));
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void nothingIsChangedOnceTheLeaseIsOver() throws IOException {
        String configMap = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"m\"}}";
        int port = start(RawServer.status(200, "Content-Type: application/json\r\n", configMap))
                .port();
        AtomicLong left = new AtomicLong(1);
        ApiServerConnection link = new ApiServerConnection(settings("file:k"), new AdapterEnvironment() {
            @Override
            public Optional<String> secret(String reference) {
                return Optional.of(kubeconfig("http://127.0.0.1:" + port, "t"));
            }

            @Override
            public Optional<Tenure> tenure() {
                return Optional.of(new Lasting(left));
            }
        });
        connection = Optional.of(link);
        assertThat(create(link).getMetadata().getName()).isEqualTo("m");

        left.set(0);
        AdapterException refused = catchThrowableOfType(AdapterException.class, () -> create(link));
        assertThat(refused).hasMessageContaining("nothing was sent");
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(read(link).getMetadata().getName()).isEqualTo("m");
    }

    private record Lasting(AtomicLong millis) implements Tenure {
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
            return Duration.ofMillis(millis.get());
        }
    }

    private AdapterException failure(RawServer.Answer answer) throws IOException {
        return failure("http://127.0.0.1:" + start(answer).port());
    }

    private AdapterException failure(String url) {
        ApiServerConnection link =
                new ApiServerConnection(settings("file:k"), any -> Optional.of(kubeconfig(url, "t")));
        connection = Optional.of(link);
        return catchThrowableOfType(AdapterException.class, () -> create(link));
    }

    private static ConfigMap create(ApiServerConnection link) {
        return link.call("Try it", client -> client.configMaps()
                .inNamespace("n")
                .resource(new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("m")
                        .endMetadata()
                        .build())
                .create());
    }

    private static ConfigMap read(ApiServerConnection link) {
        return link.call(
                "Read it",
                client -> client.configMaps().inNamespace("n").withName("m").get());
    }

    private RawServer start(RawServer.Answer answer) throws IOException {
        RawServer started = new RawServer(answer);
        server = Optional.of(started);
        return started;
    }

    private ApiServerConnection connect(LinkSettings settings, int port, AtomicReference<String> token) {
        ApiServerConnection link = new ApiServerConnection(
                settings, any -> Optional.of(kubeconfig("http://127.0.0.1:" + port, token.get())));
        connection = Optional.of(link);
        return link;
    }

    private static LinkSettings settings(String reference) {
        return new LinkSettings("raw", reference, REACHED, PATIENCE, 1 << 20, Optional.empty(), Optional.empty());
    }

    private static String kubeconfig(String url, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: %s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(url, token);
    }
}
