// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that the test bed has started. */
public final class OsProcess implements AutoCloseable {

    private static final int GRACE_SECONDS = 5;
    private static final int LINES_TOLD = 6;
    private static final int LONGEST = 600;
    /** Programs in Go print all their flags, or all their threads, after the line that matters. */
    private static final Pattern REASON = Pattern.compile("^(?:[Ee]rror: |panic: |fatal error: |F\\d{4} )");

    private final String name;
    private final Process process;
    private final Path log;
    private final Processes processes;

    OsProcess(String name, Process process, Path log, Processes processes) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.processes = processes;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** The end of its log, for messages, and an earlier line with the reason of its end. */
    String lastWords() throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int end = Math.max(0, lines.size() - LINES_TOLD);
        Stream<String> reason = lines.subList(0, end).stream()
                .filter(line -> REASON.matcher(line).find())
                .reduce((earlier, later) -> later)
                .stream();
        return Stream.concat(reason, lines.subList(end, lines.size()).stream())
                .map(line -> line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…")
                .collect(Collectors.joining("\n"));
    }

    void askToEnd() {
        process.destroy();
    }

    /** SIGSTOP: it stands still until {@link #thaw}. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("%s did not take SIG%s: %d".formatted(name, signal, status));
        }
    }

    /** SIGKILL. */
    public void kill() throws IOException {
        process.destroyForcibly();
        await(GRACE_SECONDS);
        processes.ended(this, process);
    }

    /** Asks it to end, and makes it when it does not. */
    @Override
    public void close() throws IOException {
        process.destroy();
        if (!await(GRACE_SECONDS)) {
            process.destroyForcibly();
            await(GRACE_SECONDS);
        }
        processes.ended(this, process);
    }

    private boolean await(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
