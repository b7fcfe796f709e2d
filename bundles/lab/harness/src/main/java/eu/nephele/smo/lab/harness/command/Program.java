// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Common part of the lab's programs: options, a folder, a run that ends with a table and a line of JSON. Exit status: 0
 * success, 1 findings, 64 wrong options, 70 failure of the run itself.
 *
 * @param name of the command, for messages and the folder
 */
public record Program(String name) {

    private static final int FOUND = 1;
    private static final int USAGE_ERROR = 64;
    private static final int FAILED = 70;

    /** Options common to all programs. */
    public interface ProgramOptions {

        /** Folder for data and logs; empty for a temporary one that is removed after success. */
        Optional<Path> data();

        /** Returns whether the last line is JSON. */
        boolean json();
    }

    /** Result of a run. */
    public interface ProgramResult {

        /** For people. */
        String table();

        /** One line. */
        String json();

        boolean isGood();
    }

    /** One run. */
    @FunctionalInterface
    public interface Run<W extends ProgramOptions> {

        /**
         * @param folder for data and logs
         * @param progress prints progress for people
         * @throws IOException when the run itself failed
         */
        ProgramResult run(W wish, Path folder, PrintStream progress) throws IOException, InterruptedException;
    }

    /** @return the exit status */
    public <W extends ProgramOptions> int status(String[] arguments, Function<List<String>, W> parser, Run<W> run)
            throws InterruptedException {
        try {
            return status(parser.apply(List.of(arguments)), run);
        } catch (IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage());
            return USAGE_ERROR;
        } catch (IOException e) {
            System.err.println(name + ": " + e.getMessage());
            return FAILED;
        }
    }

    private <W extends ProgramOptions> int status(W wish, Run<W> run) throws IOException, InterruptedException {
        Path folder = wish.data().isPresent()
                ? Files.createDirectories(wish.data().get())
                : Files.createTempDirectory("smo-" + name.replace(' ', '-') + "-");
        ProgramResult programResult = run.run(wish, folder, System.err);
        System.out.print(programResult.table());
        if (wish.json()) {
            System.out.println(programResult.json());
        }
        if (!programResult.isGood()) {
            System.err.println("Data and logs are in " + folder);
            return FOUND;
        }
        if (wish.data().isEmpty()) {
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
