// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.containers.ContainersDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./smo demo containers}: a service grows by real load, is replaced and updated; and nothing is left, however it ends. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersDemoIT {

    private static final int CHECK_SECONDS = 5;

    /** From the crossed threshold to the first request of a new replica, beside one interval of decisions. */
    private static final double REACTION_SECONDS = 10;

    /** From the load to the crossed threshold: containers of a busy machine get little time, and the demo raises the load then. */
    private static final double BUSY_SECONDS = 60;

    private static final long LIMIT_SECONDS = 400;

    private final Path work = Distribution.freshFolder("containers-demo");
    private final Path output = work.resolve("out.txt");
    private final Path errors = work.resolve("err.txt");

    /** Of the demo alone, and short: paths of sockets are. */
    private final Path temporary = Path.of("/tmp", "d" + ProcessHandle.current().pid());

    @AfterEach
    void end() throws IOException {
        Files.deleteIfExists(temporary);
    }

    @BeforeEach
    void needsRealEnginesAndARealBalancer() throws IOException {
        List<String> absent = ContainersDemo.absent();
        if (absent.isEmpty()) {
            Files.createDirectories(temporary);
            return;
        }
        System.err.println("*** SKIPPED, NO REAL ENGINE OR BALANCER: " + absent + " ***");
        assertThat(Boolean.getBoolean(Real.PROPERTY))
                .as("test --real needs them: %s", absent)
                .isFalse();
        Assumptions.abort(absent.toString());
    }

    @Test
    void aServiceGrowsByLoadIsReplacedUpdatedAndShrinks() throws Exception {
        Process demo = demo("--once", "--check-interval", Integer.toString(CHECK_SECONDS));
        boolean ended = demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        demo.destroy();
        demo.waitFor();
        assertThat(ended).as(said()).isTrue();
        assertThat(demo.exitValue()).as(said()).isZero();
        List<String> lines = Files.readAllLines(output);
        System.out.println(String.join("\n", lines));
        JsonNode result = new JsonMapper().readTree(lines.get(lines.size() - 1));
        assertThat(result.path("balancer").asText()).isEqualTo("haproxy");
        assertThat(result.path("hosts").asText()).isEqualTo("podman");
        assertThat(result.path("scaledUpTo").asInt()).isGreaterThan(1);
        assertThat(result.path("scaledDownTo").asInt())
                .isLessThan(result.path("scaledUpTo").asInt());
        assertThat(result.path("loadToServedSeconds").asDouble())
                .as("from the load to the first request of the new replica: containers of a busy machine get to the "
                        + "threshold late, and from there on it is a check and a reaction")
                .isBetween(0.1, BUSY_SECONDS + CHECK_SECONDS + REACTION_SECONDS);
        assertThat(result.path("thresholdToServedSeconds").asDouble())
                .as("the part of it from the crossed threshold on")
                .isBetween(0.1, CHECK_SECONDS + REACTION_SECONDS);
        assertThat(result.path("decisionToServedSeconds").asDouble())
                .as("from the decision on, with the image there")
                .isBetween(0.1, REACTION_SECONDS);
        assertThat(result.path("replaced").asInt()).isEqualTo(1);
        assertThat(result.path("updated").asInt()).isPositive();
        assertThat(result.path("requestsDuringUpdate").asLong()).isGreaterThan(20);
        assertThat(result.path("failedDuringUpdate").asLong(-1)).isZero();
        assertThat(result.path("failedRequests").asLong(-1)).isZero();
        assertThat(result.path("smoMegabytes").asLong()).isPositive();
        assertThat(result.path("haproxyMegabytes").asLong()).isPositive();
        assertThat(traces()).as("what it left").isEmpty();
    }

    @Test
    void aSignalInTheMiddleLeavesNothing() throws Exception {
        Process demo = demo();
        // two containers run on two servers, and requests are under way; not SIGINT, which a job in the background does
        // not hear
        Eventually.within(LIMIT_SECONDS, () -> Files.readString(output), text -> assertThat(text)
                .contains("[4/"));
        assertThat(traces()).as("what it would leave").isNotEmpty();
        assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(demo.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
        assertThat(demo.exitValue()).isNotZero();
        assertThat(traces()).as("what it left").isEmpty();
    }

    private Process demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                "eu.nephele.smo.lab.harness.Main",
                "demo",
                "containers"));
        command.addAll(List.of(options));
        command.add("--");
        command.addAll(Distribution.serverCommand());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("SMO_DATA", "JAVA_TOOL_OPTIONS"));
        Process demo = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::destroy));
        return demo;
    }

    private String said() throws IOException {
        return "it said: %s%n%s".formatted(Files.readString(output), Files.readString(errors));
    }

    /** Folders, and processes and mounts that have something to do with them. */
    private Set<String> traces() throws IOException {
        Set<String> traces = new TreeSet<>();
        String place = temporary + "/smo-c-";
        try (Stream<Path> folders = Files.list(temporary)) {
            folders.map(Path::toString).filter(path -> path.startsWith(place)).forEach(traces::add);
        }
        traces.addAll(ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(place))
                .collect(Collectors.toSet()));
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(line -> line.contains(place))
                .forEach(traces::add);
        return traces;
    }
}
