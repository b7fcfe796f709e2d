// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import eu.nephele.smo.lab.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real components on this machine; without them tests are skipped, loudly. */
final class Programs {

    /** Keeps the channels reachable: an unreachable one is closed. */
    private static final Queue<SocketChannel> HELD_PORTS = new ConcurrentLinkedQueue<>();

    private Programs() {}

    /** Skips the test unless the program is on the path. */
    static Path onPath(String program, String remedy) {
        return require(
                Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, program))
                        .filter(Files::isExecutable)
                        .findFirst(),
                program,
                remedy);
    }

    /** The folder of Kubernetes; skips the test without it. */
    static Path kubernetes() {
        String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache");
        Path folder = Path.of(Optional.ofNullable(System.getenv("SMO_KUBERNETES_BIN"))
                .orElse(cache + "/smo-testbed/kubernetes-1.20.2"));
        return require(
                Optional.of(folder).filter(place -> Files.isExecutable(place.resolve("kube-apiserver"))),
                "kube-apiserver",
                "build it with ./smo testbed build-kubernetes, or name its folder in SMO_KUBERNETES_BIN");
    }

    private static Path require(Optional<Path> found, String program, String remedy) {
        if (found.isEmpty()) {
            System.err.println(
                    "SKIPPED: %s IS NOT HERE: %s".formatted(program, remedy).toUpperCase(java.util.Locale.ROOT));
        }
        Assumptions.assumeTrue(found.isPresent(), () -> "%s is not here: %s".formatted(program, remedy));
        return found.orElseThrow();
    }

    /**
     * So many ports in a row. Bound, without listening, until the tests end: no other process gets them, and the servers
     * set SO_REUSEADDR.
     */
    static int ports(int number) throws IOException {
        while (true) {
            List<SocketChannel> row = new ArrayList<>();
            try {
                row.add(held(0));
                int first = ((InetSocketAddress) row.get(0).getLocalAddress()).getPort();
                for (int i = 1; i < number; i++) {
                    row.add(held(first + i));
                }
                HELD_PORTS.addAll(row);
                return first;
            } catch (BindException notInARow) {
                for (SocketChannel channel : row) {
                    channel.close();
                }
            }
        }
    }

    private static SocketChannel held(int port) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException taken) {
            channel.close();
            throw taken;
        }
    }

    static Process start(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(Path.of(command[0]).getFileName() + ".log")
                        .toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, java.util.concurrent.TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Waits until the condition holds. */
    static void await(String what, Duration atMost, Callable<Boolean> condition) {
        Await.within(atMost, () -> what, condition);
    }
}
