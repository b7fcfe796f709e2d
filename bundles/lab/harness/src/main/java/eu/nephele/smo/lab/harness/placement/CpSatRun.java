// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs CP-SAT of OR-Tools, with one worker, as a process of its own: what it takes, and how it ends, is no matter of this one. Its time begins
 * when its model has been made.
 */
final class CpSatRun implements MeasuredSolver {

    static final String ID = "cpsat";

    /** Start of the process and construction of the model, of which a large one takes long. */
    static final long SET_UP_MILLIS = 60_000;

    private static final int MESSAGE_CHARACTERS = 500;

    private final List<String> command;
    private final RunLimits limits;

    /** @param command of the program, to which limit in seconds and seed are added; it gets a {@link PlainProblem} on standard input */
    CpSatRun(List<String> command, RunLimits limits) {
        this.command = List.copyOf(command);
        this.limits = limits;
    }

    @Override
    public PlacementRow run(Instance instance, double readSeconds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("smo-bench-cpsat-");
        Path problem = folder.resolve("problem");
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        try {
            try (Writer writer = Files.newBufferedWriter(problem)) {
                PlainProblem.write(instance, writer);
            }
            String failure = failure(problem.toFile(), output.toFile(), errors);
            CpSatOutput found = CpSatOutput.parse(instance, Files.readString(output));
            return new PlacementRow(
                    instance,
                    ID,
                    found.version(),
                    limits,
                    readSeconds + found.buildSeconds(),
                    found.seconds(),
                    found.trace(),
                    failure.isEmpty() ? found.answer() : CheckedAnswer.failed(failure));
        } finally {
            for (Path file : List.of(problem, output, errors, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Returns why the program has failed; "" if it has not. */
    private String failure(File problem, File output, Path errors) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add(Double.toString(limits.seconds()));
        words.add(Long.toString(limits.seed()));
        Process process = new ProcessBuilder(words)
                .redirectInput(problem)
                .redirectOutput(output)
                .redirectError(errors.toFile())
                .start();
        long endMillis = SET_UP_MILLIS + limits.endMillis(limits.millis());
        try {
            if (!process.waitFor(endMillis, TimeUnit.MILLISECONDS)) {
                return "it had not ended after %d ms".formatted(endMillis);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() == 0) {
            return "";
        }
        String text = Files.readString(errors).strip();
        return "it ended with status %d: %s"
                .formatted(process.exitValue(), text.substring(0, Math.min(text.length(), MESSAGE_CHARACTERS)));
    }
}
