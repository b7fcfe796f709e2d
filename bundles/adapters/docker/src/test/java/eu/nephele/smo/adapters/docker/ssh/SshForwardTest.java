// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against OpenSSH's own server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SshForwardTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String SYSTEM = "docker";

    private Path folder;
    private EchoSocket echo;
    private SshServer server;

    @BeforeEach
    void start() throws Exception {
        SshServer.assumeInstalled();
        // not the folder of JUnit: paths of sockets are short
        folder = Files.createTempDirectory("smo-sshd-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        echo = new EchoSocket(folder.resolve("e.sock"));
        server = new SshServer(Files.createDirectory(folder.resolve("sshd")));
    }

    @AfterEach
    void stop() throws Exception {
        if (server == null) {
            return;
        }
        server.close();
        echo.close();
        try (var files = Files.walk(folder)) {
            for (Path each : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    private SshForward forward(SshTarget target) {
        return new SshForward(target, SYSTEM, TIMEOUT);
    }

    private SshTarget target() throws IOException {
        return server.target(echo.path.toString());
    }

    private static SocketChannel connected(SshForward forward) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(forward.socket()));
    }

    /** What comes back when this is written. */
    private static byte[] answered(SocketChannel socket, byte[] sent) throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> written = writer.submit(() -> {
                ByteBuffer rest = ByteBuffer.wrap(sent);
                while (rest.hasRemaining()) {
                    socket.write(rest);
                }
                return rest.position();
            });
            ByteBuffer back = ByteBuffer.allocate(sent.length);
            boolean open = true;
            while (open && back.hasRemaining()) {
                open = socket.read(back) >= 0;
            }
            written.get(20, TimeUnit.SECONDS);
            return Arrays.copyOf(back.array(), back.position());
        } finally {
            writer.shutdownNow();
        }
    }

    private static void requireClosed(SocketChannel socket) {
        // what was sent and nobody read makes a reset of it
        assertThatThrownBy(() -> {
                    if (answered(socket, new byte[] {1}).length == 0) {
                        throw new EOFException("closed");
                    }
                })
                .isInstanceOfAny(IOException.class, ExecutionException.class);
    }

    private static byte[] answered(SshForward forward, String sent) throws Exception {
        try (SocketChannel socket = connected(forward)) {
            return answered(socket, sent.getBytes(StandardCharsets.UTF_8));
        }
    }

    private AdapterException refusal(SshTarget target) {
        try (SshForward forward = forward(target)) {
            return catchThrowableOfType(AdapterException.class, forward::requireConnected);
        }
    }

    @Test
    void whatIsWrittenHereArrivesThereAndTheOtherWayRound() throws Exception {
        byte[] much = new byte[8 << 20];
        new Random(1).nextBytes(much);
        try (SshForward forward = forward(target());
                SocketChannel socket = connected(forward)) {
            assertThat(answered(socket, much)).isEqualTo(much);
            assertThat(Files.getPosixFilePermissions(forward.socket().getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void manyConnectionsGoOverOneSessionAndAnIdleOneHoldsUpNobody() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try (SshForward forward = forward(target());
                SocketChannel idle = connected(forward)) {
            List<Callable<byte[]>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(() -> answered(forward, "hello"));
            }
            for (Future<byte[]> each : callers.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                assertThat(each.get()).asString().isEqualTo("hello");
            }
            assertThat(answered(idle, new byte[] {1})).hasSize(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aMachineWithAnotherKeyThanThePinnedOneIsNotSpokenTo() throws Exception {
        SshTarget pinned = target();
        server.kill();
        server.newHostKey();
        server.start();

        AdapterException refused = refusal(pinned);

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("has another key than").hasMessageContaining("Nothing was sent");
    }

    @Test
    void aMachineThatNobodyPinnedIsNotSpokenTo() throws Exception {
        SshTarget known = target();
        Path empty = Files.createFile(folder.resolve("sshd/nobody_known"));

        AdapterException refused = refusal(
                new SshTarget(known.host(), known.port(), known.user(), known.privateKey(), empty, known.socket()));

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("is not in").hasMessageContaining("ssh-keyscan");
        assertThat(empty).as("nothing is learnt by itself").isEmptyFile();
    }

    @Test
    void aUserWhoIsNotLetInIsTold() throws Exception {
        SshTarget known = target();
        server.newKey("other");

        AdapterException refused = refusal(new SshTarget(
                known.host(),
                known.port(),
                known.user(),
                known.privateKey().resolveSibling("other"),
                known.knownHosts(),
                known.socket()));

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("authorized_keys");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws Exception {
        SshTarget known = target();
        Path missing = known.privateKey().resolveSibling("missing");

        AdapterException refused = refusal(
                new SshTarget(known.host(), known.port(), known.user(), missing, known.knownHosts(), known.socket()));

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining(missing.toString());
    }

    /** None of this reaches a shell, there or here: no command runs. */
    @Test
    void namesThatAShellWouldReadOtherwiseAreOnlyNames() throws Exception {
        SshTarget known = target();
        Path mark = folder.resolve("mark");
        for (String user : List.of("-oProxyCommand=touch " + mark, "a;touch " + mark, "$(touch " + mark + ")")) {
            assertThat(refusal(new SshTarget(
                            known.host(), known.port(), user, known.privateKey(), known.knownHosts(), known.socket())))
                    .isNotNull();
        }
        try (SshForward forward = forward(server.target("/$(touch " + mark + ");touch " + mark));
                SocketChannel socket = connected(forward)) {
            requireClosed(socket);
        }
        assertThat(mark).doesNotExist();
    }

    @Test
    void aSessionThatWasLostIsMadeAnew() throws Exception {
        try (SshForward forward = forward(target())) {
            assertThat(answered(forward, "before")).asString().isEqualTo("before");
            server.kill();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            forward.requireConnected();
                            TimeUnit.MILLISECONDS.sleep(50);
                        }
                    })
                    .isInstanceOf(AdapterException.class)
                    .satisfies(
                            lost -> assertThat(((AdapterException) lost).kind()).isEqualTo(Kind.UNAVAILABLE));
            server.start();
            assertThat(answered(forward, "after")).asString().isEqualTo("after");
        }
    }

    @Test
    void aServerThatForwardsNothingOrHasNoSuchSocketEndsTheConnection() throws Exception {
        try (SshForward forward =
                        forward(server.target(folder.resolve("none.sock").toString()));
                SocketChannel socket = connected(forward)) {
            requireClosed(socket);
        }
        server.kill();
        server.configure("no");
        server.start();
        try (SshForward forward = forward(target());
                SocketChannel socket = connected(forward)) {
            requireClosed(socket);
        }
    }

    @Test
    void aMachineThatSaysNothingIsGivenUpInTime() throws Exception {
        try (java.net.ServerSocket silent =
                new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            SshTarget known = target();
            long begun = System.nanoTime();
            try (SshForward forward = new SshForward(
                    new SshTarget(
                            known.host(),
                            silent.getLocalPort(),
                            known.user(),
                            known.privateKey(),
                            known.knownHosts(),
                            known.socket()),
                    SYSTEM,
                    Duration.ofMillis(500))) {
                AdapterException late = catchThrowableOfType(AdapterException.class, forward::requireConnected);
                assertThat(late.kind()).isEqualTo(Kind.UNAVAILABLE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void whoHasClosedItLeavesNothingBehind() throws Exception {
        SshForward forward = forward(target());
        Path socket = forward.socket();
        assertThat(answered(forward, "x")).hasSize(1);
        forward.close();
        forward.close();
        assertThat(socket.getParent()).doesNotExist();
        assertThatThrownBy(forward::requireConnected).isInstanceOf(AdapterException.class);
    }

    /** Sends back what it gets. */
    private static final class EchoSocket implements AutoCloseable {

        private final Path path;
        private final ServerSocketChannel listener;
        private final ExecutorService threads = Executors.newCachedThreadPool();

        EchoSocket(Path path) throws IOException {
            this.path = path;
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
            threads.execute(() -> {
                try {
                    while (true) {
                        SocketChannel accepted = listener.accept();
                        threads.execute(() -> serve(accepted));
                    }
                } catch (IOException closed) {
                    assertThat(listener.isOpen()).isFalse();
                }
            });
        }

        private static void serve(SocketChannel accepted) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            try (accepted) {
                while (accepted.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        accepted.write(buffer);
                    }
                }
            } catch (IOException gone) {
                assertThat(accepted.isOpen()).isFalse();
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            threads.shutdownNow();
            Files.deleteIfExists(path);
        }
    }
}
