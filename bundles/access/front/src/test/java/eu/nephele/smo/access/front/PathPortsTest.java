// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for at a further port, and what of it arrives behind the front. */
@Timeout(60)
final class PathPortsTest {

    private static final FrontHandlers.FrontSettings SETTINGS = new FrontHandlers.FrontSettings(
            new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
            new ConnectionGuard.ConnectionLimits(50, 50, Duration.ofHours(1)),
            new RequestBodyHandler.RequestBodyLimits(Duration.ofHours(1), Duration.ofHours(1), 0, 2, 1 << 20),
            new FrontHandlers.TransportRules(new AnswerHeaders(0), false));

    private final Server server = new Server();
    private final ServerConnector felix = new ServerConnector(server, 1, 1);
    private int own;
    private int further;

    @BeforeEach
    void startServer() throws Exception {
        ServletContextHandler served = new ServletContextHandler("/");
        served.addServlet(
                new ServletHolder(new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.setContentType("text/plain");
                        response.getWriter()
                                .print("got %s %s"
                                        .formatted(
                                                request.getRequestURI(),
                                                Optional.ofNullable(request.getQueryString())
                                                        .orElse("-")));
                    }
                }),
                "/*");
        server.setHandler(new ContextHandlerCollection(served));
        server.start();
        felix.setHost("127.0.0.1");
        server.addConnector(felix);
        felix.start();
        own = freePort();
        further = freePort();
    }

    @AfterEach
    void end() throws Exception {
        server.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private FrontConnector front() throws Exception {
        FrontConnector front = new FrontConnector(
                server,
                SETTINGS,
                new AdmissionHandler.AdmissionSources(Optional::empty, Optional::empty, Optional::empty),
                new FrontConnector.FrontPort(
                        "127.0.0.1",
                        OptionalInt.of(own),
                        Optional.empty(),
                        List.of(new PathConnector.PathPort(further, "/containers"))),
                () -> true);
        server.addConnector(front);
        front.start();
        return front;
    }

    private static String answer(int port, String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(target)
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/status, /containers/status -",
        "/, /containers/ -",
        "/services/web/scale/up?dryRun=true, /containers/services/web/scale/up dryRun=true",
        "/a/../b, /containers/b -",
        "/a%20b, /containers/a%20b -"
    })
    void thePathIsTheRootAtItsPort(String asked, String arrived) throws Exception {
        front();
        assertThat(answer(further, asked)).startsWith("HTTP/1.1 200").contains("got " + arrived);
        assertThat(answer(own, "/status")).contains("got /status -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../api/v1/graphs", "/a/../../api", "/%2e%2e/api", "/..", "http://other/../x"})
    void nothingAboveThePathIsReached(String asked) throws Exception {
        front();
        String answer = answer(further, asked);
        assertThat(answer.startsWith("HTTP/1.1 400") || answer.contains("got /containers/"))
                .as(answer)
                .isTrue();
    }

    @Test
    void theHeadersThatProtectAnswersAreThere() throws Exception {
        front();
        assertThat(answer(further, "/status")).containsIgnoringCase("x-content-type-options: nosniff");
    }

    @Test
    void aPortThatIsTakenKeepsTheOthersOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(further, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            front();
            assertThat(answer(own, "/status")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void theyCloseWithTheFrontAndOpenWithTheNextOne() throws Exception {
        FrontConnector front = front();
        assertThat(answer(further, "/status")).startsWith("HTTP/1.1 200");
        front.stop();
        server.removeConnector(front);
        assertThatThrownBy(() -> answer(further, "/status")).isInstanceOf(ConnectException.class);
        assertThat(server.getConnectors()).hasSize(1);

        front();
        assertThat(answer(further, "/status")).startsWith("HTTP/1.1 200");
    }

    @Test
    void portsAreReadFromTheConfiguration() {
        assertThat(PathConnector.PathPort.parseAll("8000=/containers", "", " 9000=/a/b "))
                .containsExactly(
                        new PathConnector.PathPort(8000, "/containers"), new PathConnector.PathPort(9000, "/a/b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8000", "8000=", "8000=/", "8000=/a/", "0=/a", "70000=/a", "x=/a", "8000=a", "8000=/a/../b"})
    void whatIsNoPortWithAPathIsNamed(String written) {
        assertThatThrownBy(() -> PathConnector.PathPort.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pathPorts has '%s', expected a port, '=' and a path: 8000=/containers", written);
    }
}
