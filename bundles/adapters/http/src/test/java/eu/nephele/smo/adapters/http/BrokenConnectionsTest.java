// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.READ;
import static eu.nephele.smo.adapters.http.Opened.connectTimeout;
import static eu.nephele.smo.adapters.http.Opened.failure;
import static eu.nephele.smo.adapters.http.Opened.open;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static eu.nephele.smo.adapters.http.Opened.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures of calls with a broken connection. */
@Timeout(90)
class BrokenConnectionsTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final int ROUNDS = 200;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    @Test
    void aRefusedConnectionIsUnavailable() throws IOException {
        // bound and not listening: no other process can get the port meanwhile
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = nobody.getLocalPort();
            AdapterException failure = failure(settings("http://127.0.0.1:" + port));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("cannot be reached: no connection");
        }
    }

    @Test
    void anUnknownNameIsUnavailable() {
        AdapterException failure = failure(settings("http://no-such-host.invalid:9090"));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("its name is unknown");
    }

    @Test
    void aConnectionThatIsNeverAcceptedIsUnavailable() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = fill(full);
            try {
                AdapterException failure =
                        failure(connectTimeout(settings("http://127.0.0.1:" + full.getLocalPort()), SHORT));
                assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(failure).hasMessageContaining("connectTimeoutMillis");
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    /** Connects until no more connections are accepted. */
    private static List<Socket> fill(ServerSocket full) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()), 200);
            } catch (IOException enough) {
                return waiting;
            }
        }
        return waiting;
    }

    @Test
    void anAnswerThatNeverBeginsIsTimedOut() throws IOException {
        try (RawServer server = new RawServer((connection, out) -> RawServer.awaitEnd(connection))) {
            AdapterException failure = failure(timeout(settings(server.url()), SHORT));
            assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(failure).hasMessageContaining("400 ms (setting timeoutMillis)");
        }
    }

    @Test
    void anAnswerThatDripsIsTimedOutAndItsConnectionClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, out) -> {
            out.write((HEAD + "Content-Length: 1000000\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            try {
                RawServer.drip(connection, out, 20);
            } finally {
                closed.countDown();
            }
        })) {
            long begin = System.nanoTime();
            assertThat(failure(timeout(settings(server.url()), SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAnswerThatBreaksOffIsUnavailable() throws IOException {
        try (RawServer server = new RawServer((connection, out) -> {
            out.write((HEAD + "Content-Length: 1000\r\n\r\n{\"data\":").getBytes(StandardCharsets.UTF_8));
            out.flush();
            connection.setSoLinger(true, 0);
        })) {
            AdapterException failure = failure(settings(server.url()));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("the connection failed");
        }
    }

    @Test
    void somethingThatDoesNotSpeakHttpIsUnavailable() throws IOException {
        try (RawServer server = new RawServer(
                (connection, out) -> out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(failure(settings(server.url())).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aHugeAnswerIsRefusedBeforeItHasCome() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, out) -> {
            out.write((HEAD + "Content-Length: 9000000000\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            try {
                while (true) {
                    out.write(new byte[8192]);
                }
            } catch (IOException gone) {
                cut.countDown();
            }
        })) {
            AdapterException failure = failure(settings(server.url()));
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("64 KiB").hasMessageContaining("maxAnswerKiB");
            assertThat(cut.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAnswerOfExactlyTheLimitIsGood() throws IOException {
        String body = "\"" + "x".repeat(64 * 1024 - 2) + "\"";
        try (RawServer server = RawServer.json(body);
                HttpSystem system = open(settings(server.url()))) {
            assertThat(system.send(READ).body()).isEqualTo(body);
        }
        try (RawServer server = RawServer.json(body + " ")) {
            assertThat(failure(settings(server.url())).kind()).isEqualTo(Kind.REFUSED);
        }
    }

    @Test
    void aCallThatWaitsFailsWhenTheSystemIsClosedAndSoDoesEveryLaterOne() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, out) -> {
            asked.countDown();
            RawServer.awaitEnd(connection);
        })) {
            HttpSystem system = open(settings(server.url()));
            CompletableFuture<AdapterException> waiting = CompletableFuture.supplyAsync(() -> failure(system, READ));
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            system.close();
            AdapterException failure = waiting.get(2, TimeUnit.SECONDS);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("was closed here");
            assertThat(failure(system, READ).kind()).isEqualTo(Kind.UNAVAILABLE);
            system.close();
        }
    }

    @Test
    void anInterruptEndsTheCallAndKeepsTheInterruptStatus() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> RawServer.awaitEnd(connection));
                HttpSystem system = open(settings(server.url()))) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                AdapterException failure = failure(system, READ);
                interrupted.complete(failure.kind() == Kind.TIMED_OUT
                        && Thread.currentThread().isInterrupted());
            });
            caller.start();
            caller.interrupt();
            assertThat(interrupted.get(3, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCallDuringTheCloseOfTheSystemFailsAsClosed() throws Exception {
        try (RawServer server = RawServer.json("{}")) {
            for (int round = 0; round < ROUNDS; round++) {
                HttpSystem system = open(settings(server.url()));
                CountDownLatch begun = new CountDownLatch(round % 5);
                CompletableFuture<RuntimeException> calling = CompletableFuture.supplyAsync(() -> {
                    while (true) {
                        try {
                            system.send(READ);
                            begun.countDown();
                        } catch (RuntimeException ended) {
                            return ended;
                        }
                    }
                });
                assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
                system.close();
                assertThat(calling.get(5, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure)
                                .hasMessageContaining("was closed here"));
            }
        }
    }
}
