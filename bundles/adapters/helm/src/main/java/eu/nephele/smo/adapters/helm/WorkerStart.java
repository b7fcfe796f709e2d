// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.HelmSettings.WorkerSettings;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers, with growing pauses while they fail to start. One thread at a time. */
final class WorkerStart {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerStart.class);
    private static final Duration COMES_UP = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final WorkerProgram program;
    private final Path folder;
    private final WorkerSettings settings;
    private volatile String version = "";
    private final AtomicInteger starts = new AtomicInteger();
    private int failures;
    private long notBeforeNanos = System.nanoTime();

    /** @param folder of the adapter; files of former workers there are deleted */
    WorkerStart(WorkerProgram program, Path folder, WorkerSettings settings) {
        this.program = program;
        this.folder = folder;
        this.settings = settings;
        FolderDeleter.delete(folder.resolve("tmp"));
    }

    /** @throws AdapterException if none starts */
    WorkerProcess start() {
        long waitNanos = notBeforeNanos - System.nanoTime();
        if (waitNanos > 0) {
            throw unavailable(
                    "did not start; the next start is delayed", Duration.ofNanos(waitNanos), Optional.empty());
        }
        try {
            WorkerProcess worker = started();
            failures = 0;
            return worker;
        } catch (IOException | ExecutionException | TimeoutException failed) {
            throw pause(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw pause(stopped);
        }
    }

    /** Of Helm, as reported by the last worker; "" before. */
    String version() {
        return version;
    }

    int starts() {
        return starts.get();
    }

    private WorkerProcess started() throws IOException, ExecutionException, TimeoutException, InterruptedException {
        Path temporary = folder.resolve("tmp").resolve("worker-" + starts.incrementAndGet());
        WorkerProcess worker = WorkerProcess.start(program.classPath(folder), temporary, settings);
        try {
            Frame ready = worker.ready().get(COMES_UP.toSeconds(), TimeUnit.SECONDS);
            if (!ready.word().equals(Frame.READY)) {
                throw new IOException(ready.text(Frame.MESSAGE));
            }
            check(ready.text(Frame.VERSION));
            LOG.info("helm worker started version={} process={} millis={}", version, worker.pid(), worker.ageMillis());
            return worker;
        } catch (IOException | ExecutionException | TimeoutException | InterruptedException failed) {
            worker.kill();
            worker.close();
            throw failed;
        }
    }

    /** The table of errors matches texts of Helm, which may differ in another version. */
    private void check(String told) {
        if (!told.equals(version) && !told.startsWith(HelmErrors.VERSION)) {
            LOG.warn(
                    "unknown helm version version={} expected={}x; some errors may be taken for refusals",
                    told,
                    HelmErrors.VERSION);
        }
        version = told;
    }

    private AdapterException pause(Exception failed) {
        failures++;
        Duration pause = Duration.ofMillis(Math.min(LONGEST_PAUSE.toMillis(), 500L << Math.min(failures, 10)));
        notBeforeNanos = System.nanoTime() + pause.toNanos();
        return unavailable("does not start: " + failed.getMessage(), pause, Optional.of(failed));
    }

    private static AdapterException unavailable(String what, Duration retryAfter, Optional<Exception> cause) {
        AdapterException exception = new AdapterException(
                Kind.UNAVAILABLE,
                HelmErrors.SYSTEM,
                "The worker process of Helm %s; see the log of the server".formatted(what),
                Optional.of(retryAfter));
        cause.ifPresent(exception::initCause);
        return exception;
    }
}
