// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that reports its readiness in lines of JSON on its standard output. */
public final class ChildProcess implements AutoCloseable {

    private static final String READY = "\"event\":\"ready\"";

    private final String name;
    private final Process process;
    private final Path errors;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private volatile long readyNanos;
    private volatile String lastLine = "nothing";

    private ChildProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param errors gets its standard error, appended */
    public static ChildProcess start(String name, List<String> command, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(errors.toString())));
        builder.environment().keySet().removeAll(List.of("SMO_DATA", "JAVA_TOOL_OPTIONS"));
        return new ChildProcess(name, builder.start(), errors);
    }

    /**
     * Returns the line that reports readiness.
     *
     * @throws IOException when it is not ready in time
     */
    public String awaitReady(long limitSeconds) throws IOException, InterruptedException {
        try {
            return ready.get(limitSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "The %s did not become ready (%s); see %s".formatted(name, e.getMessage(), errors), e);
        }
    }

    /** When it became ready, on the clock of {@link System#nanoTime()}; empty before. */
    public OptionalLong readyNanos() {
        return ready.isDone() && !ready.isCompletedExceptionally() ? OptionalLong.of(readyNanos) : OptionalLong.empty();
    }

    public long pid() {
        return process.pid();
    }

    /** Empty while it runs. */
    public OptionalInt status() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /**
     * Waits for its end.
     *
     * @return its exit status; empty when it has not ended in time
     */
    public OptionalInt awaitEnd(long limitSeconds) throws InterruptedException {
        return process.waitFor(limitSeconds, TimeUnit.SECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * SIGKILL: no hook, no flush, no goodbye.
     *
     * @return its own child processes, which should end now
     */
    public List<ProcessHandle> kill() throws InterruptedException {
        List<ProcessHandle> own = process.descendants().toList();
        process.toHandle().destroyForcibly();
        process.waitFor();
        return own;
    }

    /** Asks it to end, and makes it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                lastLine = line;
                if (line.replace(" ", "").contains(READY)) {
                    readyNanos = System.nanoTime();
                    ready.complete(line);
                }
                line = output.readLine();
            }
            ready.completeExceptionally(new IOException("its output has ended with: " + lastLine));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }
}
