// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines behind a socket of this machine that take a request, and then say nothing more. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SilentEnginesTest {

    private static final Duration WITHIN = Duration.ofMillis(400);
    private static final Duration MUCH_LATER = Duration.ofSeconds(10);

    private Path folder;

    @BeforeEach
    void make() throws Exception {
        folder = Files.createTempDirectory("smo-e-");
    }

    @AfterEach
    void remove() throws Exception {
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    private static DockerJavaEngine engine(Path socket) {
        return new DockerJavaEngine(
                "edge",
                new DirectTransport(URI.create("unix://" + socket), Optional.empty(), Duration.ofSeconds(2)),
                WITHIN);
    }

    private static AdapterException failure(DockerJavaEngine engine) {
        long begunNanos = System.nanoTime();
        AdapterException late = catchThrowableOfType(AdapterException.class, engine::list);
        assertThat(Duration.ofNanos(System.nanoTime() - begunNanos)).isBetween(WITHIN, MUCH_LATER);
        // else the next wait of this thread ends at once
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        return late;
    }

    /** Says so much to each request, and keeps the connection. */
    private static void saying(ServerSocketChannel listener, String answer) {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                connection.read(ByteBuffer.allocate(4096));
                connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (AsynchronousCloseException over) {
            return;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private AdapterException failureOf(String answer) throws IOException {
        Path socket = folder.resolve("e.sock");
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
                DockerJavaEngine engine = engine(socket)) {
            CompletableFuture.runAsync(() -> saying(listener, answer));
            return failure(engine);
        }
    }

    @Test
    void oneThatNeverAnswersIsLate() throws Exception {
        AdapterException late = failureOf("");
        assertThat(late).hasMessage("List the containers on edge: no answer in time");
        assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void oneThatStopsInTheMiddleOfItsAnswerIsLate() throws Exception {
        AdapterException late = failureOf("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n[{");
        assertThat(late).hasMessage("List the containers on edge: no answer in time");
        assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
    }

    /** The list is complete, the answer is not. */
    @Test
    void oneThatDoesNotEndItsAnswerIsLate() throws Exception {
        AdapterException late = failureOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n");
        assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aRealOneThatHangsIsLateAndAnswersAfterwards() throws Exception {
        List<String> absent = Binaries.ofThisMachine().absent(List.of("podman", "runc"));
        Assumptions.assumeTrue(absent.isEmpty(), "podman, runc");
        Processes processes = new Processes(folder.resolve("processes"));
        try (PodmanService podman = PodmanService.start(folder.resolve("podman"), Binaries.ofThisMachine(), processes);
                DockerJavaEngine engine = engine(podman.socket())) {
            assertThat(engine.list()).isEmpty();
            podman.freeze();
            assertThat(failure(engine).kind()).isEqualTo(Kind.TIMED_OUT);
            podman.thaw();
            assertThat(engine.list()).isEmpty();
        } finally {
            processes.close();
        }
    }
}
