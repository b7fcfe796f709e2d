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

/** Runs the program of CP-SAT of OR-Tools: what it takes, and how it ends, is no matter of this process. */
final class CpSatProcess {

    /** Start of the process and construction of the model, of which a large one takes long. */
    static final long SET_UP_MILLIS = 60_000;

    private static final int MESSAGE_CHARACTERS = 500;

    private final List<String> command;
    private final RunLimits limits;

    /** @param command of the program, to which limit in seconds and seed are added; it gets {@link PlainProblem}s on standard input */
    CpSatProcess(List<String> command, RunLimits limits) {
        this.command = List.copyOf(command);
        this.limits = limits;
    }

    /**
     * @param text what it has printed
     * @param failure why it has failed; "" if it has not
     */
    record ProgramEnd(String text, String failure) {}

    /**
     * Solves the instances one after the other, each within the limit.
     *
     * @throws IOException if the run itself could not be set up
     */
    ProgramEnd solve(List<Instance> instances) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("smo-bench-cpsat-");
        Path problem = folder.resolve("problem");
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        try {
            try (Writer writer = Files.newBufferedWriter(problem)) {
                for (Instance instance : instances) {
                    PlainProblem.write(instance, writer);
                }
            }
            long endMillis = SET_UP_MILLIS + instances.size() * limits.endMillis(limits.millis());
            String failure = failure(problem.toFile(), output.toFile(), errors, endMillis);
            return new ProgramEnd(Files.readString(output), failure);
        } finally {
            for (Path file : List.of(problem, output, errors, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private String failure(File problem, File output, Path errors, long endMillis)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add(Double.toString(limits.seconds()));
        words.add(Long.toString(limits.seed()));
        Process process = new ProcessBuilder(words)
                .redirectInput(problem)
                .redirectOutput(output)
                .redirectError(errors.toFile())
                .start();
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
