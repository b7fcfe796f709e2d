// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.docker.engine.DockerJavaEngine;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Podman behind a real OpenSSH. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EngineBySshTest {

    private static final Path KEY = Path.of("/k/id");
    private static final Path KNOWN = Path.of("/k/known");
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private Path folder;

    @BeforeEach
    void make() throws Exception {
        folder = Files.createTempDirectory("smo-ssh-test-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void remove() throws Exception {
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    @Test
    void anEngineIsAskedBySshAndItsEndIsTold() throws Exception {
        SshServer.assumeInstalled();
        List<String> absent = Binaries.ofThisMachine().absent(List.of("podman", "runc"));
        SshServer.assume(absent.isEmpty(), "podman, runc");
        Processes processes = new Processes(folder.resolve("processes"));
        try (PodmanService podman = PodmanService.start(folder.resolve("podman"), Binaries.ofThisMachine(), processes);
                SshServer server = new SshServer(Files.createDirectory(folder.resolve("sshd")))) {
            Path socket = podman.socket();
            Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            SshTransport transport = new SshTransport(server.target(socket.toString()), "docker", WITHIN);
            try (DockerJavaEngine engine = new DockerJavaEngine("edge", transport, WITHIN)) {
                assertThat(engine.facts().version()).isNotEmpty();
                assertThat(engine.list()).isEmpty();

                server.kill();
                AdapterException gone = catchThrowableOfType(AdapterException.class, () -> {
                    for (int i = 0; i < 200; i++) {
                        engine.list();
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                });
                assertThat(gone.kind()).isEqualTo(Kind.UNAVAILABLE);

                server.start();
                assertThat(engine.list()).isEmpty();

                server.kill();
                server.newHostKey();
                server.start();
                AdapterException stranger = catchThrowableOfType(AdapterException.class, () -> {
                    for (int i = 0; i < 200; i++) {
                        try {
                            engine.list();
                        } catch (AdapterException lost) {
                            if (lost.kind() == Kind.REFUSED) {
                                throw lost;
                            }
                        }
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                });
                assertThat(stranger).hasMessageContaining("has another key than");
            }
        } finally {
            processes.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ssh://deploy@192.0.2.11, deploy, 192.0.2.11, 22, /var/run/docker.sock",
        "ssh://deploy@edge-1.example:2222, deploy, edge-1.example, 2222, /var/run/docker.sock",
        "ssh://me@[2001:db8::1]:22/run/user/1000/podman/podman.sock, me, 2001:db8::1, 22, /run/user/1000/podman/podman.sock"
    })
    void addressesAreRead(String written, String user, String host, int port, String socket) {
        assertThat(SshTarget.parse(written, KEY, KNOWN)).isEqualTo(new SshTarget(host, port, user, KEY, KNOWN, socket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://host", "ssh://u@", "ssh://u@h:port", "ssh://u@h:70000", "ssh:u@h", "ssh://u@a@h"})
    void otherAddressesAreRefused(String written) {
        assertThatThrownBy(() -> SshTarget.parse(written, KEY, KNOWN)).isInstanceOf(IllegalArgumentException.class);
    }
}
