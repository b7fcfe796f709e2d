// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {

    @Test
    void aPortThatIsTakenIsNamedTogetherWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerStartException failure = catchThrowableOfType(
                    ServerStartException.class, () -> new ListenAddress("127.0.0.1", taken.getLocalPort()).check());
            assertThat(failure.exitCode()).isEqualTo(ServerStartException.IN_USE);
            assertThat(failure.problem()).contains("Port " + taken.getLocalPort(), "127.0.0.1", "--port N");
        }
    }

    @Test
    void aFreePortIsAccepted() throws Exception {
        try (ReservedPort free = ReservedPort.on(InetAddress.getLoopbackAddress())) {
            new ListenAddress("127.0.0.1", free.number()).check();
        }
    }

    @Test
    void aPortThatIsHeldIsForTheServerAgainAndAgainAndForNobodyElse() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ReservedPort held = ReservedPort.on(loopback)) {
            for (int life = 1; life <= 3; life++) {
                try (ServerSocket server = new ServerSocket(held.number(), 1, loopback)) {
                    assertThat(server.getLocalPort()).isEqualTo(held.number());
                }
            }
            try (ServerSocket other = new ServerSocket()) {
                other.setReuseAddress(false);
                assertThatIOException().isThrownBy(() -> other.bind(new InetSocketAddress(loopback, held.number())));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8000",
        "0.0.0.0,   http://127.0.0.1:8000",
        "::1,       http://[::1]:8000",
        "localhost, http://localhost:8000"
    })
    void theServerIsReachedFromThisMachine(String host, URI expected) throws ServerStartException {
        assertThat(new ListenAddress(host, 8000).local(false)).isEqualTo(expected);
        assertThat(new ListenAddress(host, 8000).local(true))
                .isEqualTo(URI.create(expected.toString().replace("http:", "https:")));
    }

    @Test
    void progressIsTextForPeopleAndOneObjectPerLineForPrograms() {
        assertThat(output(false)).isEqualTo("Ready\n");
        assertThat(output(true)).isEqualTo("{\"event\":\"ready\",\"path\":\"C:\\\\a\\\"b\"}\n");
    }

    private static String output(boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Console(stream, stream, json).progress("Ready", "ready", Map.of("path", "C:\\a\"b"));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
