// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures that the engine gets when the world does not do as requested. */
class FailuresTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<WorkloadRef> ANY = List.of(new WorkloadRef(new GraphId("p", "g"), "s"));

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "404, NOT_FOUND",
        "408, TIMED_OUT",
        "409, CONFLICT",
        "422, REFUSED",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMED_OUT"
    })
    void aStatusWithoutAWordOfOursIsClassified(int status, Kind kind) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(failure(server.getAddress().getPort()).kind()).isEqualTo(kind);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyListeningIsUnavailable() throws IOException {
        // bound and not listening: no other process can get the port meanwhile
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = nobody.getLocalPort();
            AdapterException failure = failure(port);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.system()).isEqualTo("world");
            assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aWorldThatStaysSilentTimesOut() throws IOException {
        // accepts by its backlog and never answers
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(failure(silent.getLocalPort(), Duration.ofMillis(100)).kind())
                    .isEqualTo(Kind.TIMED_OUT);
        }
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        for (String url : List.of("", "ftp://host", "http:", "127.0.0.1:8010", "not an address")) {
            assertThatIllegalArgumentException().isThrownBy(() -> RemoteWorld.url(url));
        }
    }

    private static AdapterException failure(int port) {
        return failure(port, SECOND);
    }

    private static AdapterException failure(int port, Duration timeout) {
        URI url = URI.create("http://127.0.0.1:" + port);
        try (RemoteFederation federation = new RemoteFederation(url, SECOND, timeout, SECOND)) {
            return catchThrowableOfType(
                    AdapterException.class, () -> federation.runtime().observe(ANY));
        }
    }
}
