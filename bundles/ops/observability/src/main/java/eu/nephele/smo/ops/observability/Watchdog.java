// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes every part once a second, and ends the process when only a restart repairs one (ADR 0031). Health checks read
 * the last result and never wait for a probe.
 */
@Component(service = Watchdog.class, immediate = true)
public final class Watchdog {

    /** Exit status of a process that has to be started again. */
    static final int RESTART = 70;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long EVERY_MILLIS = 1000;

    /** Required consecutive results, so that a single odd one does not end the process. */
    private static final int LOOKS = 2;

    /** Consecutive failures of the watchdog itself for lack of memory. */
    private static final int MOST_FAILURES = 5;

    private final List<ProbedPart> parts = new CopyOnWriteArrayList<>();
    private final IntConsumer end;
    private final ScheduledThreadPoolExecutor ticker;
    private final ExecutorService threads;
    private final ScheduledFuture<?> ticks;
    private int failures;

    @Activate
    public Watchdog() {
        this(status -> Runtime.getRuntime().halt(status), EVERY_MILLIS);
    }

    /** @param end ends the process with an exit status, at once */
    Watchdog(IntConsumer end, long everyMillis) {
        this(
                end,
                everyMillis,
                new ThreadPoolExecutor(
                        0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("smo-probe-")));
    }

    /** @param threads executor of the probes, owned by this object */
    Watchdog(IntConsumer end, long everyMillis, ExecutorService threads) {
        this.end = end;
        this.ticker = new ScheduledThreadPoolExecutor(1, daemons("smo-watchdog-"));
        this.threads = threads;
        this.parts.add(new ProbedPart(new MemoryProbe(), System::nanoTime));
        this.ticks = ticker.scheduleWithFixedDelay(this::tick, 0, everyMillis, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void close() {
        ticks.cancel(false);
        ticker.shutdownNow();
        threads.shutdownNow();
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    public void addProbe(HealthProbe probe) {
        ProbedPart part = new ProbedPart(probe, System::nanoTime);
        parts.add(part);
        part.ask(threads);
    }

    public void removeProbe(HealthProbe probe) {
        parts.removeIf(part -> part.isOf(probe));
    }

    /** Empty if the state is unknown. */
    Optional<ProbeResult> find(String name) {
        return parts.stream()
                .filter(part -> part.part().equals(name))
                .findFirst()
                .map(ProbedPart::now);
    }

    private void tick() {
        try {
            for (ProbedPart part : parts) {
                if (part.restartsWanted() >= LOOKS) {
                    endBecause(
                            () -> "part=%s %s".formatted(part.part(), part.now().message()));
                }
                part.ask(threads);
            }
            failures = 0;
        } catch (Throwable e) {
            // an exception that escapes would end the ticks
            failures++;
            if (failures >= MOST_FAILURES) {
                endBecause(() -> "%d consecutive probes of all parts failed: %s".formatted(failures, e));
            }
        }
    }

    /** Ends the process even if memory for the log line is missing. */
    private void endBecause(Supplier<String> why) {
        try {
            LOG.error(
                    "restart needed reason=\"{}\"; the process ends with status {} to be started again",
                    why.get(),
                    RESTART);
        } finally {
            end.accept(RESTART);
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
