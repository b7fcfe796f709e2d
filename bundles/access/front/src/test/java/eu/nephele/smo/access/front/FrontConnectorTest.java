// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports of the server while it starts, while its front is updated, and at its end; nothing is served yet. */
@Timeout(60)
final class FrontConnectorTest {

    private static final FrontHandlers.FrontSettings SETTINGS = new FrontHandlers.FrontSettings(
            new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
            new ConnectionGuard.ConnectionLimits(50, 50, Duration.ofHours(1)),
            new RequestBodyHandler.RequestBodyLimits(Duration.ofHours(1), Duration.ofHours(1), 0, 2, 1 << 20),
            new FrontHandlers.TransportRules(new AnswerHeaders(0), false));

    private static final AdmissionHandler.AdmissionSources DOORS =
            new AdmissionHandler.AdmissionSources(Optional::empty, Optional::empty, Optional::empty);

    private final Server server = new Server();
    private final ServerConnector felix = new ServerConnector(server, 1, 1);
    private final AtomicBoolean serving = new AtomicBoolean();
    private final List<Socket> sockets = new ArrayList<>();

    /** Bound, and does not listen: the system chooses its port for nobody else. */
    private final Socket held = new Socket();

    /** As Felix does it: its own connector is open before it asks for others. */
    @BeforeEach
    void startServer() throws Exception {
        held.setReuseAddress(true);
        held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(new ContextHandlerCollection(new ServletContextHandler("/")));
        server.start();
        felix.setHost("127.0.0.1");
        server.addConnector(felix);
        felix.start();
    }

    @AfterEach
    void end() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
        held.close();
    }

    @Test
    void thePortIsServedOnlyWithTheHandlersInFront() throws Exception {
        int first = felix.getLocalPort();
        assertThat(answer(first)).startsWith("HTTP/1.1 404").contains("<html>");
        assertClosed(held.getLocalPort());

        FrontConnector front = front();

        assertThat(answer(held.getLocalPort()))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("retry-after: 1")
                .contains("application/problem+json");
        assertThat(front.getLocalPort()).isEqualTo(held.getLocalPort());
        assertClosed(first);
    }

    @Test
    void noConnectionIsLostWhenTheFrontIsExchanged() throws Exception {
        FrontConnector former = front();
        serving.set(true);
        Socket client = connect(held.getLocalPort());
        assertThat(answer(client)).startsWith("HTTP/1.1 503");

        former.stop();
        server.removeConnector(former);
        assertThat(answer(connect(held.getLocalPort()))).startsWith("HTTP/1.1 404");
        front();

        assertThat(answer(client)).startsWith("HTTP/1.1 503");
    }

    @Test
    void atTheEndThePortIsClosedBeforeTheFrontLeaves() throws Exception {
        FrontConnector front = front();
        Socket client = connect(held.getLocalPort());
        assertThat(answer(client)).startsWith("HTTP/1.1 503");

        front.stop();

        assertClosed(held.getLocalPort());
        assertEnded(client);
    }

    @Test
    void aPortThatIsTakenIsReportedAndAnotherFrontMayTakeIt() throws Exception {
        FrontConnector front = new FrontConnector(server, SETTINGS, DOORS, port(), serving::get);
        try (ServerSocket taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            taken.bind(held.getLocalSocketAddress());
            assertThatThrownBy(front::start).hasRootCauseInstanceOf(BindException.class);
        }
        assertThat(server.getErrorHandler()).isNotInstanceOf(ProblemErrorHandler.class);

        front();
        assertThat(answer(held.getLocalPort())).startsWith("HTTP/1.1 503");
    }

    /** Felix takes a connector out that it cannot open, and does not try again. */
    @Test
    void withoutAConnectorOfFelixItListensItself() throws Exception {
        felix.stop();
        server.removeConnector(felix);

        FrontConnector front = front();

        assertThat(front.getLocalPort()).isEqualTo(held.getLocalPort());
        assertThat(front.getHost()).isEqualTo("127.0.0.1");
        Socket client = connect(held.getLocalPort());
        assertThat(answer(client)).startsWith("HTTP/1.1 503").doesNotContainIgnoringCase("server: jetty");

        front.stop();
        server.removeConnector(front);
        assertClosed(held.getLocalPort());
        assertEnded(client);

        front();
        assertThat(answer(held.getLocalPort())).startsWith("HTTP/1.1 503");
    }

    @Test
    void whatIsEncryptedStaysWhereItIs() throws Exception {
        felix.stop();
        server.removeConnector(felix);
        ServerConnector encrypted = new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(new SslContextFactory.Server(), "HTTP/1.1"),
                new HttpConnectionFactory());
        encrypted.setPort(8443);
        server.addConnector(encrypted);

        front();

        assertThat(encrypted.getPort()).isEqualTo(8443);
        assertClosed(held.getLocalPort());
    }

    private FrontConnector.FrontPort port() {
        return new FrontConnector.FrontPort(
                "127.0.0.1", OptionalInt.of(held.getLocalPort()), Optional.empty(), List.of());
    }

    private FrontConnector front() throws Exception {
        FrontConnector front = new FrontConnector(server, SETTINGS, DOORS, port(), serving::get);
        server.addConnector(front);
        front.start();
        return front;
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        sockets.add(socket);
        return socket;
    }

    private String answer(int port) throws IOException {
        return answer(connect(port));
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /graphs/g HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        return RawAnswer.answer(socket);
    }

    /**
     * A thread that accepts keeps the closed port open until the system has woken it, which a busy machine puts off.
     */
    private void assertClosed(int port) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
            try {
                connect(port).close();
            } catch (ConnectException closed) {
                return;
            } catch (SocketException reset) {
                // it was in the queue of a port that was just closed: ask again
                continue;
            }
        }
        fail("port %d is still open", port);
    }

    /** By an end or a reset: which one depends on what was under way. */
    private static void assertEnded(Socket client) throws IOException {
        try {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
