// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command with a server: options, a folder, a run that ends with a table and a line of JSON. Exit status: 0 success,
 * 1 findings, 64 wrong options, 70 failure of the run itself.
 */
public abstract class RunCommand implements Callable<Integer> {

    private static final String SEPARATOR = "--";
    private static final int FOUND = 1;

    @Spec
    private CommandSpec command;

    @Option(names = "--data", paramLabel = "DIR", description = "Data and logs; else temporary, removed after success.")
    private @Nullable Path data;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Parameters(arity = "1..*", hidden = true, description = "Command that starts the server, after --.")
    private List<String> server = List.of();

    public interface RunResult {

        String table();

        /** One line. */
        String json();

        boolean isGood();
    }

    @FunctionalInterface
    public interface Run {

        /**
         * @param folder for data and logs
         * @throws IOException when the run itself failed
         */
        RunResult run(Path folder, PrintStream progress) throws IOException, InterruptedException;
    }

    /** @throws IllegalArgumentException with a message for people */
    protected abstract Run run();

    /**
     * Returns the command that starts the server, to which options are added.
     *
     * @throws IllegalArgumentException when words before it are no options
     */
    protected final List<String> server() {
        List<String> all = command.commandLine().getParseResult().originalArgs();
        int begin = all.indexOf(SEPARATOR) + 1;
        if (begin == 0 || all.size() - begin != server.size()) {
            throw new IllegalArgumentException("Unmatched argument: '%s'".formatted(server.get(0)));
        }
        return server;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Run run;
        try {
            run = run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        Path folder = data == null
                ? Files.createTempDirectory("smo-%s-".formatted(command.name()))
                : Files.createDirectories(data);
        RunResult result = run.run(folder, System.err);
        System.out.print(result.table());
        if (json) {
            System.out.println(result.json());
        }
        if (!result.isGood()) {
            System.err.println("Data and logs are in " + folder);
            return FOUND;
        }
        if (data == null) {
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
