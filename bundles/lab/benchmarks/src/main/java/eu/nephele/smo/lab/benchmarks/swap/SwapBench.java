// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./smo bench swap}. Exit status: 0 all is well, 1 something was lost, mixed or left behind, 64 wrong options, 70 the run itself failed. */
public final class SwapBench {

    private static final int FOUND = 1;
    private static final int USAGE_ERROR = 64;
    private static final int FAILED = 70;

    private SwapBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(status(List.of(arguments)));
    }

    private static int status(List<String> arguments) throws InterruptedException {
        try {
            return run(SwapOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("bench swap: " + e.getMessage());
            return USAGE_ERROR;
        } catch (IOException e) {
            System.err.println("bench swap: " + e.getMessage());
            return FAILED;
        }
    }

    /** What a run has come to. */
    private record Outcome(String table, String json, boolean good) {}

    private static int run(SwapOptions options) throws IOException, InterruptedException {
        Path folder = options.data().isPresent()
                ? Files.createDirectories(options.data().get())
                : Files.createTempDirectory("smo-swap-");
        Outcome outcome = outcome(options, folder);
        System.out.print(outcome.table());
        if (options.json()) {
            System.out.println(outcome.json());
        }
        if (!outcome.good()) {
            System.err.println("Data and logs are in " + folder);
            return FOUND;
        }
        if (options.data().isEmpty()) {
            delete(folder);
        }
        return 0;
    }

    private static Outcome outcome(SwapOptions options, Path folder) throws IOException, InterruptedException {
        return switch (options.mode()) {
            case PAUSE -> {
                SwapResult result = new SwapRun(options, folder, System.err).run();
                yield new Outcome(result.table(), result.json(), result.isGood());
            }
            case LEAKS -> {
                LeakResult result = new LeakRun(options, folder, System.err, true).run();
                yield new Outcome(result.table(), result.json(), result.isGood());
            }
            case SHADOW -> {
                ShadowCost result = new ShadowRun(options, folder, System.err).run();
                yield new Outcome(result.table(), result.json(), true);
            }
        };
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
