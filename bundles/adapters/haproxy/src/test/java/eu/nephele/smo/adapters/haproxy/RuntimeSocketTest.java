// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that hang, close, answer nonsense or without end. */
class RuntimeSocketTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void allLinesOfAnAnswerAreRead() throws Exception {
        try (PlayedSocket peer = PlayedSocket.saying("one\ntwo\n\n")) {
            assertThat(socket(peer, Duration.ofSeconds(5)).ask("show info")).containsExactly("one", "two", "");
        }
    }

    @Test
    void aPeerThatHangsCostsTheTimeoutAndNoMore() throws Exception {
        try (PlayedSocket peer = new PlayedSocket(socket -> {})) {
            long begin = System.nanoTime();
            fails(Kind.TIMED_OUT, peer);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aPeerThatTricklesCostsTheTimeoutToo() throws Exception {
        try (PlayedSocket peer = new PlayedSocket(socket -> {
            while (true) {
                socket.getOutputStream().write('x');
            }
        })) {
            fails(Kind.TIMED_OUT, peer);
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() throws Exception {
        byte[] much = new byte[1 << 20];
        try (PlayedSocket peer = new PlayedSocket(socket -> {
            while (true) {
                socket.getOutputStream().write(much);
            }
        })) {
            assertThatThrownBy(() -> socket(peer, Duration.ofSeconds(30)).ask("show stat"))
                    .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageContaining("64 MiB");
        }
    }

    @Test
    void nobodyThereIsToldWithThePlace() {
        Path nothing = Path.of("/nonexistent/admin.sock");
        assertThatThrownBy(() -> new RuntimeSocket("lb", new SocketPlace(nothing.toString()), SHORT).ask("show info"))
                .isInstanceOfSatisfying(AdapterException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(failure.system()).isEqualTo("lb");
                })
                .hasMessageContaining(nothing.toString());
    }

    @Test
    void aSocketThatNobodyAcceptsOnIsBoundedToo() throws Exception {
        Path path = Files.createTempDirectory("hap").resolve("s.sock");
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(() -> new RuntimeSocket("lb", new SocketPlace(path.toString()), SHORT).ask("show info"))
                    .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(Kind.TIMED_OUT));
        } finally {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.getParent());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "generation 5\n",
                "# pxname,svname,\nshop:front:web,FRONT",
                "1\n# be_id be_name srv_id\n1 shop:front:web\n\n# pxname,svname,\n\ngeneration 5\n"
            })
    void anAnswerThatIsNoneIsNeverTakenForAnEmptyBalancer(String text) throws Exception {
        try (PlayedSocket peer = PlayedSocket.saying(text)) {
            HaproxyRuntime runtime =
                    new HaproxyRuntime("lb", socket(peer, Duration.ofSeconds(5)), new OwnerFence("lb"));
            assertThatThrownBy(runtime::look)
                    .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(Kind.UNAVAILABLE));
        }
    }

    @Test
    void aLineBreakNeverGetsToTheSocket() throws Exception {
        try (PlayedSocket peer = PlayedSocket.saying("")) {
            assertThatThrownBy(() -> socket(peer, SHORT).ask("show info\nshutdown"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void fails(Kind kind, PlayedSocket peer) {
        assertThatThrownBy(() -> socket(peer, SHORT).ask("show info"))
                .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    private static RuntimeSocket socket(PlayedSocket peer, Duration timeout) {
        return new RuntimeSocket("lb", peer.place(), timeout);
    }
}
