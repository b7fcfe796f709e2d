// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./smo demo containers}. */
@Command(
        name = "containers",
        description =
                "Shows a service in containers on real engines behind a real HAProxy: scaled by load, a container killed and"
                        + " replaced, updated without a failed request.")
public final class ContainersDemoCommand implements Callable<Integer> {

    private static final int MISSING = 1;
    private static final int FAILED = 70;
    private static final int MOST_SERVERS = 5;

    @Spec
    private CommandSpec command;

    @Option(names = "--once", description = "Ends when all is shown; the last line is JSON.")
    private boolean once;

    @Option(names = "--servers", paramLabel = "N", description = "Servers with an engine each, 2 to 5.")
    private int servers = 2;

    @Option(
            names = "--check-interval",
            paramLabel = "SECONDS",
            description = "Between two decisions: check_interval of the file.")
    private int checkSeconds = 5;

    @Parameters(arity = "1..*", hidden = true, description = "Command that starts the server, after --.")
    private List<String> server = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (servers < 2 || servers > MOST_SERVERS || checkSeconds < 1) {
            throw new ParameterException(
                    command.commandLine(), "--servers is 2 to %d, --check-interval at least 1".formatted(MOST_SERVERS));
        }
        List<String> absent = ContainersDemo.absent();
        if (!absent.isEmpty()) {
            System.err.println("The demo of containers needs programs that are not here:");
            absent.forEach(line -> System.err.println("  " + line));
            System.err.println(
                    "As root on Debian: apt-get install podman runc conmon slirp4netns haproxy busybox-static");
            return MISSING;
        }
        try (ContainersDemo demo = demo()) {
            try {
                ContainersDemoResult result = demo.run();
                if (once) {
                    System.out.println();
                    System.out.println(result.json());
                    return 0;
                }
                System.out.println("\nEverything stays up; Ctrl-C ends and removes it.");
                new CountDownLatch(1).await();
                return 0;
            } catch (IOException failed) {
                if (!demo.isEnding()) {
                    System.err.println("The demo has failed: " + failed.getMessage());
                }
                return FAILED;
            }
        }
    }

    private ContainersDemo demo() throws IOException {
        return new ContainersDemo(server, servers, checkSeconds, System.out);
    }
}
