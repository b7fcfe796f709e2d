// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.OwnerFence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The master process of a HAProxy: reloads it, and knows the processes of before. */
final class MasterProcess {

    private static final int MOST_OLD_WORKERS = 64;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 50;

    private final String system;
    private final Optional<RuntimeSocket> socket;
    private final Optional<Path> pidFile;
    private final OwnerFence fence;

    MasterProcess(HaproxySettings settings, OwnerFence fence) {
        this.fence = fence;
        this.system = settings.system();
        this.socket = settings.master()
                .map(place -> new RuntimeSocket(
                        settings.system(), place, settings.limits().answer()));
        this.pidFile = settings.pidFile();
    }

    /**
     * The processes before a reload, of which one that fails is told by the difference. Right after a reload the socket takes no
     * connections for a moment.
     *
     * @return empty of a master without a socket
     * @throws AdapterException {@code UNAVAILABLE} when it cannot be reloaded
     */
    Optional<ProcessTable> beforeReload() {
        if (socket.isEmpty() && pidFile.isEmpty()) {
            throw new AdapterException(
                    Kind.REFUSED, system, "HAProxy cannot be reloaded: neither masterSocket nor pidFile is configured");
        }
        if (socket.isEmpty()) {
            pid();
            return Optional.empty();
        }
        long end = System.nanoTime() + SOON.multipliedBy(3).toNanos();
        while (true) {
            try {
                return Optional.of(ProcessTable.read(socket.get().ask("show proc"))
                        .orElseThrow(() -> new AdapterException(
                                Kind.UNAVAILABLE, system, "The master of HAProxy does not tell its processes")));
            } catch (AdapterException notNow) {
                if (System.nanoTime() - end > 0) {
                    throw notNow;
                }
                pause();
            }
        }
    }

    /** Asks for a reload, whose end is not awaited. */
    void reload() {
        fence.require();
        if (socket.isPresent()) {
            socket.get().ask("reload");
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-USR2", Long.toString(pid())).start();
            if (!kill.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new AdapterException(Kind.UNAVAILABLE, system, "The master of HAProxy did not get SIGUSR2");
            }
        } catch (IOException failed) {
            throw new AdapterException(Kind.UNAVAILABLE, system, "Cannot send SIGUSR2: " + failed, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AdapterException(Kind.UNAVAILABLE, system, "Interrupted while HAProxy was reloaded", stopped);
        }
    }

    /** Whether the master says that a reload since then has failed. It does not answer while it loads. */
    boolean hasFailedSince(Optional<ProcessTable> before) {
        if (socket.isEmpty() || before.isEmpty()) {
            return false;
        }
        try {
            return ProcessTable.read(socket.get().within(SOON).ask("show proc"))
                    .filter(now ->
                            now.failed() > 0 && now.reloads() > before.get().reloads())
                    .isPresent();
        } catch (AdapterException notYet) {
            return false;
        }
    }

    /** Requests, or connections, that processes of before the last reload still have, by {@code proxy/server}. */
    Map<String, Long> formerSessions() {
        Map<String, Long> sessions = new HashMap<>();
        if (socket.isEmpty()) {
            return sessions;
        }
        for (long worker : oldWorkers(ProcessTable.read(socket.get().ask("show proc")))) {
            List<String> lines = socket.get().ask("@!%d show stat -1 4 -1".formatted(worker));
            AnswerTable.find(lines, "# ", "pxname,", CsvLine::split)
                    .map(AnswerTable::rows)
                    .orElse(List.of())
                    .forEach(row -> sessions.merge(
                            row.text("pxname") + "/" + row.text("svname"), row.number("scur"), Long::sum));
        }
        return sessions;
    }

    private static List<Long> oldWorkers(Optional<ProcessTable> table) {
        List<Long> old = table.map(ProcessTable::oldWorkers).orElse(List.of());
        return old.subList(0, Math.min(MOST_OLD_WORKERS, old.size()));
    }

    private long pid() {
        Path file = pidFile.orElseThrow();
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException none) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    system,
                    "The file %s has no number of a process: %s; is HAProxy running?".formatted(file, none),
                    none);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AdapterException(Kind.UNAVAILABLE, system, "Interrupted while waiting for HAProxy", stopped);
        }
    }
}
