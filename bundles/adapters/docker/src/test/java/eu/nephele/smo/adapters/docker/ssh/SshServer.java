// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's server on loopback, run by an ordinary user, who is the only one it lets in. */
final class SshServer implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private static final String OTHER_USER = "nobody";
    private static final long PATIENCE_SECONDS = 20;

    private final Path folder;
    private final int port;
    private final boolean asRoot;
    private Process process;

    /** Skips a test where there is no server for SSH, and says so. */
    static void assumeInstalled() {
        assume(Files.isExecutable(PROGRAM), PROGRAM.toString());
    }

    static void assume(boolean there, String what) {
        if (!there) {
            System.err.println("*** SKIPPED, NOT INSTALLED: " + what + " ***");
        }
        Assumptions.assumeTrue(there, what);
    }

    /** @param folder empty, of this server alone */
    SshServer(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        asRoot = System.getProperty("user.name").equals("root");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        newKey("user");
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
        newKey("host");
        configure("yes");
        start();
    }

    String user() {
        return asRoot ? OTHER_USER : System.getProperty("user.name");
    }

    int port() {
        return port;
    }

    Path userKey() {
        return folder.resolve("user");
    }

    /** Where the present key of the server is pinned. */
    Path knownHosts() throws IOException {
        String[] words = Files.readString(folder.resolve("host.pub")).split(" ");
        return Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.1]:%d %s %s%n".formatted(port, words[0], words[1]));
    }

    SshTarget target(String socket) throws IOException {
        return new SshTarget("127.0.0.1", port, user(), userKey(), knownHosts(), socket);
    }

    void newHostKey() throws IOException, InterruptedException {
        Files.delete(folder.resolve("host"));
        Files.delete(folder.resolve("host.pub"));
        newKey("host");
    }

    void newKey(String name) throws IOException, InterruptedException {
        run(List.of(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "",
                "-f",
                folder.resolve(name).toString()));
        if (asRoot) {
            run(List.of("chown", OTHER_USER, folder.resolve(name).toString()));
        }
    }

    void configure(String forwarding) throws IOException {
        Files.writeString(folder.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitTTY no
                AllowTcpForwarding local
                AllowStreamLocalForwarding %s
                """.formatted(
                        port, folder.resolve("host"), folder.resolve("authorized_keys"), forwarding));
    }

    void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (asRoot) {
            command.addAll(List.of("setpriv", "--reuid=" + OTHER_USER, "--regid=nogroup", "--clear-groups"));
        }
        command.addAll(List.of(
                PROGRAM.toString(),
                "-D",
                "-e",
                "-f",
                folder.resolve("sshd_config").toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("sshd.log").toFile()))
                .start();
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!listens()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as(Files.readString(folder.resolve("sshd.log")))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its connections end with it, as after a crash of the machine. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(run.getInputStream().readAllBytes());
        assertThat(run.waitFor()).as("%s: %s", command, said).isZero();
    }

    @Override
    public void close() {
        kill();
    }
}
