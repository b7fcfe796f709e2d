// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The programs of one test bed: all end with it, and with the process that started them. */
public final class Processes implements AutoCloseable {

    private final Path folder;
    private final ProcessReaper processReaper;
    private final List<OsProcess> running = new ArrayList<>();

    /** @param folder gets the file {@code pids}: one line for each that runs */
    public Processes(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.processReaper = new ProcessReaper();
    }

    /** Starts a program; its output is added to {@code NAME.log} in the given place. */
    public synchronized OsProcess start(String name, List<String> command, Path place, Map<String, String> environment)
            throws IOException {
        Path log = place.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            processReaper.watch(process);
        } catch (IOException e) {
            process.destroyForcibly(); // nothing would end it
            throw e;
        }
        OsProcess started = new OsProcess(name, process, log, this);
        running.add(started);
        writePids();
        return started;
    }

    synchronized void ended(OsProcess process, Process gone) throws IOException {
        if (running.remove(process)) {
            processReaper.forget(gone);
            writePids();
        }
    }

    public synchronized List<Long> pids() {
        return running.stream().map(OsProcess::pid).toList();
    }

    private void writePids() throws IOException {
        Files.writeString(
                folder.resolve("pids"),
                running.stream().map(p -> p.pid() + " " + p.name() + "\n").collect(Collectors.joining()));
    }

    /** Ends all, the last one first. */
    @Override
    public void close() throws IOException {
        List<OsProcess> left;
        synchronized (this) {
            left = new ArrayList<>(running);
        }
        for (int i = left.size() - 1; i >= 0; i--) {
            left.get(i).askToEnd();
        }
        for (int i = left.size() - 1; i >= 0; i--) {
            left.get(i).close();
        }
        processReaper.close();
    }
}
