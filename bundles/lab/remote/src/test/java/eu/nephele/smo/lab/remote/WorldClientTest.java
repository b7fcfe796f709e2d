// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.runtime.Tenure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that end at bad moments. */
class WorldClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TypeReference<String> TEXT = new TypeReference<>() {};
    private static final String WHOLE = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\"done\"";
    private static final String CUT = "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n\"do";

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket world;
    private WorldClient client;

    /** Answers a request. */
    private interface Service {
        /** @return whether the connection stays open */
        boolean answer(Socket socket) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        world = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new WorldClient(URI.create("http://127.0.0.1:" + world.getLocalPort()), LIMIT, LIMIT);
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Test
    void aChangeIsNotSentOnceTheLeaseIsOver() {
        serve(socket -> say(socket, WHOLE, true));
        AtomicLong left = new AtomicLong(1);
        Tenure held = new Tenure() {
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
                return Duration.ofMillis(left.get());
            }
        };
        WorldClient owner = new WorldClient(
                URI.create("http://127.0.0.1:" + world.getLocalPort()), LIMIT, LIMIT, () -> Optional.of(held));
        assertThat(owner.put("/x", "body", "Put", TEXT)).isEqualTo("done");
        left.set(0);
        assertThat(catchThrowableOfType(AdapterException.class, () -> owner.put("/x", "body", "Put", TEXT)))
                .hasMessageContaining("nothing was sent")
                .extracting(AdapterException::kind)
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(catchThrowableOfType(AdapterException.class, () -> owner.delete("/x", "Delete")))
                .isNotNull();
        assertThat(owner.get("/x", "Get", TEXT)).isEqualTo("done");
        assertThat(owner.post("/x", "question", "Observe", TEXT)).isEqualTo("done");
        assertThat(requests).hasValue(3);
    }

    @Test
    void aConnectionIsKept() {
        serve(socket -> say(socket, WHOLE, true));
        for (int i = 0; i < 5; i++) {
            assertThat(client.put("/x", "body", "Put", TEXT)).isEqualTo("done");
        }
        assertThat(requests).hasValue(5);
        assertThat(connections).hasValue(1);
    }

    /** The world was killed and restarted meanwhile. */
    @Test
    void aKeptConnectionThatIsClosedIsNoFailure() {
        serve(socket -> say(socket, WHOLE, false));
        for (int i = 0; i < 5; i++) {
            assertThat(client.put("/x", "body", "Put", TEXT)).isEqualTo("done");
            assertThat(client.get("/x", "Get", TEXT)).isEqualTo("done");
            assertThat(client.post("/x", "body", "Post", TEXT)).isEqualTo("done");
        }
        assertThat(requests).hasValue(15);
    }

    @Test
    void anAnswerThatIsCutOffIsUnavailable() {
        serve(socket -> say(socket, CUT, false));
        assertThat(failure()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aWorldThatEndsBeforeItsAnswerIsUnavailable() {
        serve(socket -> false);
        assertThat(failure()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "abcd", ""})
    void anAnswerThatIsNotUnderstoodIsUnavailable(String text) {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(text.length(), text);
        serve(socket -> say(socket, answer, true));
        assertThat(failure()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void whatIsNoHttpIsUnavailable() {
        serve(socket -> say(socket, "SSH-2.0-OpenSSH\r\n\r\n", false));
        assertThat(failure()).isEqualTo(Kind.UNAVAILABLE);
    }

    private Kind failure() {
        return catchThrowableOfType(AdapterException.class, () -> client.put("/x", "body", "Put", TEXT))
                .kind();
    }

    private void serve(Service service) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            Socket socket = world.accept();
                            connections.incrementAndGet();
                            Thread connection = new Thread(() -> serve(socket, service), "connection");
                            connection.setDaemon(true);
                            connection.start();
                        }
                    } catch (IOException e) {
                        // the test is over
                    }
                },
                "world");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket, Service service) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            boolean open = true;
            while (open && read(in)) {
                requests.incrementAndGet();
                open = service.answer(socket);
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    /** @return false without another request */
    private static boolean read(BufferedReader in) throws IOException {
        int length = 0;
        String line = in.readLine();
        if (line == null) {
            return false;
        }
        for (; !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        return in.skip(length) == length;
    }

    private static boolean say(Socket socket, String answer, boolean stays) throws IOException {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return stays;
    }
}
