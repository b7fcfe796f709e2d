// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An API server that misbehaves: each call ends soon, with a useful failure. */
class ApiFaultsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n";

    @TempDir
    Path folder;

    private ServerSocket server;
    private Bench bench;
    private volatile Answer answer = (socket, out) -> {};

    private interface Answer {
        void to(Socket socket, OutputStream out) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
        HelmSettings usual = Bench.settings();
        HelmSettings quick = new HelmSettings(
                usual.connection(),
                usual.call(),
                usual.connect(),
                Duration.ofSeconds(1),
                usual.pending(),
                usual.history(),
                usual.replicaValues(),
                false,
                usual.maxReleaseBytes(),
                usual.worker());
        bench = new Bench(folder, quick).cluster("c1", """
                        clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
                        users: [{name: it, user: {token: secret-token}}]
                        contexts: [{name: it, context: {cluster: it, user: it}}]
                        current-context: it
                        """.formatted(server.getLocalPort()));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE"
    })
    void theCodeSaysWhatFollows(int code, Kind kind) {
        String status = """
                {"kind":"Status","apiVersion":"v1","status":"Failure","message":"in its own words","code":%d,
                 "details":{"retryAfterSeconds":7}}""".formatted(code);
        answering((socket, out) ->
                out.write("HTTP/1.1 %d No\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(code, status.length(), status)
                        .getBytes(StandardCharsets.UTF_8)));

        AdapterException failed = failure();

        assertThat(failed.kind()).isEqualTo(kind);
        assertThat(failed).hasMessageContaining("in its own words").hasMessageContaining("c1");
        assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failed.toString()).doesNotContain("secret-token");
    }

    @Test
    void anAnswerThatIsCutOffIsUnavailable() {
        answering((socket, out) -> out.write((OK.formatted("application/json", 1000) + "{\"kind\":\"SecretList\",\"ite")
                .getBytes(StandardCharsets.UTF_8)));
        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aResetInTheMiddleIsUnavailable() {
        answering((socket, out) -> {
            out.write(OK.formatted("application/json", 1000).getBytes(StandardCharsets.UTF_8));
            out.flush();
            socket.setSoLinger(true, 0);
        });
        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aWholeAnswerThatIsNoListIsAFailure() {
        for (String body :
                new String[] {"{\"kind\":\"SecretList\",\"items\":[{", "<html>Log in</html>", "[]", "\"x\""}) {
            answering((socket, out) ->
                    out.write((OK.formatted("text/html", body.length()) + body).getBytes(StandardCharsets.UTF_8)));
            assertThat(failure().kind()).as(body).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void anAnswerThatDripsTimesOut() {
        answering((socket, out) -> {
            out.write(OK.formatted("application/json", 1000).getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout(100);
            while (isOpen(socket)) {
                out.write('{');
                out.flush();
            }
        });
        long start = System.nanoTime();
        assertThat(failure().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    /** Returns after the read timeout of the socket, or as soon as the client closes the connection. */
    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    private AdapterException failure() {
        AdapterException failed =
                catchThrowableOfType(AdapterException.class, () -> bench.deployer.state(Bench.workload("video")));
        assertThat(failed).isNotNull();
        return failed;
    }

    private void answering(Answer next) {
        answer = next;
    }

    /** One answer per connection. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[10_000]);
                answer.to(socket, socket.getOutputStream());
            } catch (IOException gone) {
                // the client has closed the connection, or the test is over
            }
        }
    }
}
