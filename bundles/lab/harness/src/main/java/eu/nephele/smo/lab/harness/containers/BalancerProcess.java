// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import eu.nephele.smo.lab.harness.engine.UsageReading;
import eu.nephele.smo.lab.harness.server.FreePort;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A real HAProxy, on machines that have one. */
final class BalancerProcess implements AutoCloseable {

    private final Path folder;
    private final Processes processes;
    private final int statisticsPort;
    private Optional<Haproxy> running = Optional.empty();

    private BalancerProcess() throws IOException {
        // paths of sockets are short
        folder = Files.createTempDirectory("smo-h-");
        processes = new Processes(folder.resolve("processes"));
        statisticsPort = FreePort.choose();
    }

    /** Empty on a machine without HAProxy. */
    static Optional<BalancerProcess> prepared() throws IOException {
        return Binaries.ofThisMachine().absent(List.of("haproxy")).isEmpty()
                ? Optional.of(new BalancerProcess())
                : Optional.empty();
    }

    List<String> configuration() {
        return List.of(
                "smo.system=haproxy",
                "runtimeSocket=" + folder.resolve("admin.sock"),
                "masterSocket=" + folder.resolve("master.sock"),
                "configurationFile=" + file(),
                "statisticsPort=" + statisticsPort,
                "bindAddress=127.0.0.1");
    }

    private Path file() {
        return folder.resolve("haproxy.cfg");
    }

    /** Starts it as soon as the server has written its configuration. */
    void begin(Duration limit) throws IOException, InterruptedException {
        new PatientReader(limit).await("the server writes the configuration of HAProxy", () -> Files.exists(file()));
        try {
            running = Optional.of(Haproxy.start(file(), folder, Binaries.ofThisMachine(), processes));
        } catch (MissingComponentException gone) {
            throw new IOException(gone.getMessage(), gone);
        }
    }

    /** Of its master and its worker. */
    long residentMegabytes() throws IOException {
        long sum = 0;
        for (long pid : processes.pids()) {
            sum += UsageReading.residentMegabytes(pid);
            for (ProcessHandle child : ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .toList()) {
                sum += UsageReading.residentMegabytes(child.pid());
            }
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
        processes.close();
        try (var left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
