// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.testbed.Eventually;
import eu.nephele.smo.lab.testbed.Needs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start, kill and end of the programs of a real Karmada. The programs are fakes: the test does not prove that Karmada
 * accepts the flags.
 */
class KarmadaProgramsTest {

    @TempDir
    Path folder;

    private Path bin;
    private Processes processes;

    @BeforeEach
    void standIns() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        processes = new Processes(folder);
        Files.createDirectory(bin.resolve("crds"));
        String java = ProcessHandle.current().info().command().orElse("java");
        for (String name : KarmadaPrograms.NEEDED) {
            if (!name.equals("crds")) {
                write(
                        name,
                        "exec %s -cp '%s' %s \"$@\""
                                .formatted(java, System.getProperty("java.class.path"), StandIn.class.getName()));
            }
        }
    }

    @AfterEach
    void end() throws IOException {
        processes.close();
    }

    @Test
    void whatIsMissingIsNamedAllAtOnce() throws IOException {
        Files.delete(bin.resolve("karmada-webhook"));
        Files.delete(bin.resolve("crds"));

        assertThat(new Binaries(Map.of(), Optional.of(bin)).absent(KarmadaPrograms.NEEDED))
                .containsExactly(
                        "ABSENT karmada-webhook: put the program of Karmada 1.5 or newer into %s; nothing is downloaded or built"
                                .formatted(bin),
                        "ABSENT crds: put the unpacked crds.tar.gz of Karmada 1.5 or newer into %s; nothing is downloaded or built"
                                .formatted(bin));
        assertThat(new Binaries(Map.of()).absent(List.of("karmadactl")))
                .singleElement()
                .asString()
                .contains("the folder named with --karmada");
    }

    @Test
    void allStartInTheirOrderAndEndTheOtherWayRound() throws Exception {
        Needs.programs("openssl");
        List<String> started = new ArrayList<>();
        try (KarmadaPrograms programs = programs()) {
            programs.startAggregatedApiServer();
            programs.startWebhook();
            programs.startControllerManager();
            programs.startScheduler();
            Files.readString(folder.resolve("pids")).lines().forEach(line -> started.add(line.replaceFirst(".* ", "")));
        }
        assertThat(started)
                .containsExactly(
                        "karmada-aggregated-apiserver",
                        "karmada-webhook",
                        "karmada-controller-manager",
                        "karmada-scheduler");
        assertThat(processes.pids()).isEmpty();
    }

    @Test
    void whatWasKilledStartsAgainAtTheSamePortAndTwiceIsOnce() throws Exception {
        Needs.programs("openssl");
        try (KarmadaPrograms programs = programs()) {
            programs.startControllerManager();
            List<Long> first = processes.pids();
            programs.startControllerManager();
            assertThat(processes.pids()).isEqualTo(first);

            programs.kill("karmada-controller-manager");
            programs.kill("karmada-controller-manager");
            assertThat(processes.pids()).isEmpty();

            programs.startControllerManager();
            assertThat(processes.pids()).hasSize(1).isNotEqualTo(first);
        }
    }

    @Test
    void aMemberThatCannotJoinIsReportedWithWhatWasSaid() throws Exception {
        Needs.programs("openssl");
        write("karmadactl", "echo \"error: $2 has an agent already\"; exit 1");

        try (KarmadaPrograms programs = programs()) {
            assertThatThrownBy(() -> programs.join(new JoiningMember("c1", Path.of("k"), "be", "be-bru")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("karmadactl could not join c1")
                    .hasMessageContaining("error: c1 has an agent already");
        }
    }

    @Test
    void aProgramThatEndsAtOnceIsReportedWithWhatItSaid() throws Exception {
        Needs.programs("openssl");
        write("karmada-scheduler", "echo unknown flag: --leader-elect; exit 1");

        try (KarmadaPrograms programs = programs()) {
            assertThatThrownBy(programs::startScheduler)
                    .hasMessageContaining("karmada-scheduler ended at start")
                    .hasMessageContaining("unknown flag: --leader-elect");
        }
    }

    /** As cobra does: all flags come after the reason. */
    @Test
    void theReasonIsReportedAlsoWhereMuchFollowsIt() throws Exception {
        Needs.programs("openssl");
        write(
                "karmada-scheduler",
                "echo 'Error: unknown flag: --leader-elect'; for i in 1 2 3 4 5 6 7 8 9; do echo \"  --flag$i\"; done; exit 1");

        try (KarmadaPrograms programs = programs()) {
            assertThatThrownBy(programs::startScheduler)
                    .hasMessageContaining("Error: unknown flag: --leader-elect")
                    .hasMessageContaining("--flag9")
                    .hasMessageNotContaining("--flag3");
        }
    }

    @Test
    void aProgramThatEndsLaterIsNamedAndOneThatIsKilledIsNot() throws Exception {
        Needs.programs("openssl");
        try (KarmadaPrograms programs = programs()) {
            programs.startControllerManager();
            programs.startScheduler();
            programs.kill("karmada-scheduler");
            assertThat(programs.ended()).isEmpty();

            ProcessHandle manager = ProcessHandle.of(processes.pids().get(0)).orElseThrow();
            manager.destroyForcibly();
            manager.onExit().get(20, TimeUnit.SECONDS);
            Eventually.after(() -> !programs.ended().isEmpty());

            assertThat(programs.ended())
                    .singleElement()
                    .asString()
                    .contains("karmada-controller-manager ended unexpectedly", "karmada-controller-manager.log");
        }
    }

    private KarmadaPrograms programs() throws Exception {
        Path openssl = Binaries.ofThisMachine().find("openssl");
        Certificates certificates =
                Certificates.make(Files.createDirectories(folder.resolve("host")), "karmada", openssl);
        return KarmadaPrograms.create(
                new Host(certificates),
                folder.resolve("programs"),
                new Binaries(Map.of(), Optional.of(bin)),
                processes);
    }

    private record Host(Certificates certificates) implements KarmadaHost {
        @Override
        public Path kubeconfig() {
            return Path.of("kubeconfig");
        }

        @Override
        public int etcdPort() {
            return 1;
        }

        @Override
        public Path pair(String name, String host) throws IOException, InterruptedException {
            return certificates.pair(name, "/CN=" + name, List.of(host));
        }

        @Override
        public HttpProbe probe(URI address) throws IOException {
            return HttpProbe.create(address, "token", certificates.authority());
        }
    }

    private void write(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
