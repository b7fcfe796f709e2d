// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./smo attack}. Exit status: 0 the server stands it all, 1 it does not, 64 wrong options, 70 the run itself failed. */
public final class Main {

    private static final int FOUND = 1;
    private static final int USAGE_ERROR = 64;
    private static final int FAILED = 70;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(status(List.of(arguments)));
    }

    private static int status(List<String> arguments) throws InterruptedException {
        try {
            return run(AttackOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("attack: " + e.getMessage());
            return USAGE_ERROR;
        } catch (IOException e) {
            System.err.println("attack: " + e.getMessage());
            return FAILED;
        }
    }

    private static int run(AttackOptions options) throws IOException, InterruptedException {
        Path folder = options.data().isPresent()
                ? Files.createDirectories(options.data().get())
                : Files.createTempDirectory("smo-attack-");
        AttackResult result = new AttackRun(options, folder, System.err).run();
        System.out.print(result.table());
        if (options.json()) {
            System.out.println(result.json());
        }
        if (!result.isGood()) {
            System.err.println("Data and logs are in " + folder);
            return FOUND;
        }
        if (options.data().isEmpty()) {
            delete(folder);
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
