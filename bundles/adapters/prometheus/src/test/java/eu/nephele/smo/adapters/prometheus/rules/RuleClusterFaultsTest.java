// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure of the API server of the rules, or of a proxy in front of it. */
@Timeout(90)
class RuleClusterFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 64 * 1024;
    private static final String JSON = "Content-Type: application/json\r\n";

    /** Action for a connection after the head of its request. */
    private interface Behaviour {
        void with(OutputStream out, Socket socket) throws IOException, InterruptedException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ServerSocket> servers = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<RuleCluster> clusters = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() throws IOException {
        clusters.forEach(RuleCluster::close);
        for (ServerSocket server : servers) {
            server.close();
        }
        threads.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
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
        "503, UNAVAILABLE",
        "504, TIMED_OUT"
    })
    void everyStatusIsClassifiedWithTheServersOwnWords(int status, Kind kind) throws IOException {
        AdapterException failure =
                failure(answer(status, JSON, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"so\\nit is\"}"));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.system()).isEqualTo("prometheus-rules");
        assertThat(failure).hasMessage("List rules in monitoring: the API server answered %d: so it is", status);
    }

    @Test
    void whenToComeAgainIsPassedOnFromHeaderAndStatus() throws IOException {
        String status = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"details\":{\"retryAfterSeconds\":3}}";
        assertThat(failure(answer(503, JSON, status)).retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(failure(answer(429, "Retry-After: 7\r\nContent-Type: text/plain\r\n", "too many"))
                        .retryAfter())
                .contains(Duration.ofSeconds(7));
        assertThat(failure(answer(503, "", "")).retryAfter()).isEmpty();
        assertThat(failure(answer(403, "Retry-After: 7\r\n", "")).retryAfter()).isEmpty();
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws IOException {
        // bound and not listening: no other process can get the port meanwhile
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = nobody.getLocalPort();
            AdapterException failure = failure(kubeconfig(port));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("no connection");
        }
    }

    @Test
    void anAnswerThatNeverBeginsIsTimedOut() throws IOException {
        inTime(Kind.TIMED_OUT, (out, socket) -> awaitEnd(socket));
    }

    @Test
    void anAnswerThatDripsIsTimedOutAlthoughItNeverStops() throws IOException {
        inTime(Kind.TIMED_OUT, (out, socket) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 9999\r\n\r\n{").getBytes(UTF_8));
            socket.setSoTimeout(100);
            while (isOpen(socket)) {
                out.write(' ');
                out.flush();
            }
        });
    }

    @Test
    void anAnswerThatBreaksOffIsUnavailable() throws IOException {
        inTime(Kind.UNAVAILABLE, (out, socket) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 9999\r\n\r\n{\"kind\":").getBytes(UTF_8));
            out.flush();
            socket.setSoLinger(true, 0);
        });
        inTime(Kind.UNAVAILABLE, answer(200, JSON, "{\"kind\":\"PrometheusRuleList\",\"items\":[{\"meta"));
    }

    @Test
    void aPageOfSomebodyElseIsRefused() throws IOException {
        inTime(Kind.REFUSED, answer(200, "Content-Type: text/html\r\n", "<html>Sign in</html>"));
    }

    @Test
    void aHugeAnswerIsRefusedBeforeItHasCome() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        AdapterException failure = failure((out, socket) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + JSON + "Content-Length: 900000000\r\n\r\n{\"x\":\"").getBytes(UTF_8));
            byte[] part = "x".repeat(8192).getBytes(UTF_8);
            try {
                for (int i = 0; i < 100_000; i++) {
                    out.write(part);
                }
            } catch (IOException gone) {
                cut.countDown();
            }
        });
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("64 KiB").hasMessageContaining("maxAnswerKiB");
        assertThat(cut.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "apiVersion: v1\nkind: Config\n", "hush: [", "hush"})
    void anInvalidKubeconfigIsRefusedAndNotRevealed(String kubeconfig) {
        for (Optional<String> context : List.of(Optional.<String>empty(), Optional.of("k"))) {
            AdapterException failure =
                    catchThrowableOfType(AdapterException.class, () -> list(cluster(kubeconfig, context)));
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("file:k").hasMessageNotContaining("hush");
        }
    }

    @Test
    void aCallUnderWayFailsWhenTheAdapterEnds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RuleCluster cluster = cluster(
                server((out, socket) -> {
                    asked.countDown();
                    awaitEnd(socket);
                }),
                Optional.empty());
        Future<AdapterException> waiting =
                threads.submit(() -> catchThrowableOfType(AdapterException.class, () -> list(cluster)));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        cluster.close();
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isNotNull();
        AdapterException later = catchThrowableOfType(AdapterException.class, () -> list(cluster));
        assertThat(later.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(later).hasMessageContaining("stopped");
    }

    @Test
    void anInterruptEndsTheCallAndKeepsTheInterruptStatus() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RuleCluster cluster = cluster(
                server((out, socket) -> {
                    asked.countDown();
                    awaitEnd(socket);
                }),
                Optional.empty());
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<Boolean> interrupted = caller.submit(() -> {
            AdapterException failure = catchThrowableOfType(AdapterException.class, () -> list(cluster));
            return failure.kind() == Kind.TIMED_OUT && Thread.currentThread().isInterrupted();
        });
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        caller.shutdownNow();
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Returns when the client closes the connection. */
    private static void awaitEnd(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Returns after the read timeout of the socket, or as soon as the client closes the connection. */
    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    private void inTime(Kind kind, Behaviour behaviour) throws IOException {
        long begin = System.nanoTime();
        assertThat(failure(behaviour).kind()).isEqualTo(kind);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    private AdapterException failure(Behaviour behaviour) throws IOException {
        return failure(server(behaviour));
    }

    private AdapterException failure(String kubeconfig) {
        return catchThrowableOfType(AdapterException.class, () -> list(cluster(kubeconfig, Optional.empty())));
    }

    private static Object list(RuleCluster cluster) {
        return cluster.call("List rules", rules -> rules.list().getItems());
    }

    private RuleCluster cluster(String kubeconfig, Optional<String> context) {
        RuleCluster cluster = new RuleCluster(
                "prometheus-rules",
                "monitoring",
                new RuleClients(
                        "prometheus-rules",
                        "file:k",
                        context,
                        PATIENCE,
                        PATIENCE,
                        MAX_BYTES,
                        reference -> Optional.of(kubeconfig)));
        clusters.add(cluster);
        return cluster;
    }

    private static Behaviour answer(int status, String headers, String body) {
        return (out, socket) -> out.write("HTTP/1.1 %d Whatever\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, headers, body.getBytes(UTF_8).length, body)
                .getBytes(UTF_8));
    }

    private static String kubeconfig(int port) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: k, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: k, user: {token: t}}]
                contexts: [{name: k, context: {cluster: k, user: k}}]
                current-context: k
                """.formatted(port);
    }

    /** @return the kubeconfig of a server that does this with every connection */
    private String server(Behaviour behaviour) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        servers.add(server);
        threads.execute(() -> accept(server, behaviour));
        return kubeconfig(server.getLocalPort());
    }

    private void accept(ServerSocket server, Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket, behaviour));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Behaviour behaviour) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (int newlines = 0; newlines < 2; ) {
                int c = in.read();
                newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
            }
            behaviour.with(socket.getOutputStream(), socket);
        } catch (IOException gone) {
            // the caller has stopped waiting, as the test intends
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
