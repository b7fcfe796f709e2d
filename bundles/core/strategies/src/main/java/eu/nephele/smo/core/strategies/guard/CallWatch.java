// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks running calls every 20 ms, on one thread that sleeps while there are none: a call that waits is charged for
 * it, one that exceeds its allocation is interrupted, one that ignores that is ejected. A call that ends before a check
 * costs nothing.
 */
final class CallWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);
    private static final long EVERY_MILLIS = 20;
    private static final int IDLE_ROUNDS = 50;

    /** Looks at threads that are to end, two seconds of them: who ignores interrupts that long ignores them for ever. */
    private static final int ROUNDS_TO_END = 100;

    private static final long MIB = 1L << 20;

    private final SettingsSource settings;
    private final EjectionPolicy ejectionPolicy;
    private final StrategyThreads threads;
    private final HeapUse heap;
    private final AllocationMeter meter = AllocationMeter.find();
    private final StarvationDetector starvation = new StarvationDetector();
    private final Set<GuardedCall<?>> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger abandoned = new AtomicInteger();

    /** Services whose threads are interrupted until there are none, and how often yet: a running call starts more. */
    private final Map<RegisteredService, Integer> ending = new ConcurrentHashMap<>();

    /** Guarded by this, as is {@link #closed}; read without the lock to spare a call that. */
    private volatile boolean awake;

    private boolean closed;

    CallWatch(SettingsSource settings, EjectionPolicy ejectionPolicy, StrategyThreads threads, HeapUse heap) {
        this.settings = settings;
        this.ejectionPolicy = ejectionPolicy;
        this.threads = threads;
        this.heap = heap;
    }

    /** 0 if unknown. */
    long allocatedBytes(long threadId) {
        return meter.allocatedBytes(threadId);
    }

    StarvationDetector starvation() {
        return starvation;
    }

    void begin(GuardedCall<?> call) {
        running.add(call);
        if (!awake) {
            wake();
        }
    }

    void end(GuardedCall<?> call, boolean wasAbandoned) {
        running.remove(call);
        lookAtThreads(call);
        if (wasAbandoned) {
            abandoned.decrementAndGet();
            LOG.info("abandoned call ended strategy=\"{}\"; its thread is free", call.offer());
        }
    }

    void abandon(GuardedCall<?> call) {
        if (call.offer().abandon(call)) {
            abandoned.incrementAndGet();
            call.abandon();
        }
    }

    int abandoned() {
        return abandoned.get();
    }

    private synchronized void wake() {
        if (!awake && !closed) {
            awake = true;
            Thread thread = new Thread(this::check, "smo-strategy-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void check() {
        int idle = 0;
        while (goesOn(idle)) {
            idle = running.isEmpty() ? idle + 1 : 0;
            running.forEach(this::check);
            ending.keySet().forEach(this::endThreads);
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                // an interruption is not expected and makes the next check early only
                LOG.debug("interrupted between two checks", e);
            }
        }
    }

    private synchronized boolean goesOn(int idleRounds) {
        awake = !closed && (idleRounds < IDLE_ROUNDS || !running.isEmpty() || !ending.isEmpty());
        return awake;
    }

    private void check(GuardedCall<?> call) {
        try {
            lookAt(call);
        } catch (RuntimeException e) {
            // body of a task: the other calls must be checked, too
            LOG.warn("checking a running call failed strategy=\"{}\"", call.offer(), e);
        }
    }

    void lookAt(GuardedCall<?> call) {
        call.check();
        long limitMiB = settings.get().limits().allocationLimitMiB();
        if (call.isLost()) {
            ejectionPolicy.keepsAThread(call.offer());
        } else if (!call.isAbandoned() && limitMiB > 0 && call.allocatedBytes() > limitMiB * MIB) {
            call.stop("allocation", "allocated more than %d MiB in one call (allocationLimitMiB)".formatted(limitMiB));
        }
        lookAtThreads(call);
    }

    /** Thousands of threads starve all other code: a service that starts them is ejected after its first call. */
    private void lookAtThreads(GuardedCall<?> call) {
        int most = settings.get().limits().maxThreads();
        int started = most == 0 ? 0 : threads.startedBy(call.offer(), most);
        if (started > most) {
            String why =
                    "%d threads run that its bundle has started, at most %d may (maxThreads)".formatted(started, most);
            call.stop("threads", why);
            ejectionPolicy.endangers(call.offer(), why);
            ending.put(call.offer(), ROUNDS_TO_END);
            endThreads(call.offer());
            wake();
        }
    }

    private void endThreads(RegisteredService registeredService) {
        boolean ended = threads.interruptStartedBy(registeredService) == 0
                && running.stream().noneMatch(call -> call.offer().equals(registeredService));
        ending.computeIfPresent(registeredService, (same, rounds) -> ended || rounds == 1 ? null : rounds - 1);
    }

    /**
     * The heap is shared: a service that uses it up is ejected after its first call. A call that meets the error by
     * chance has a fault.
     */
    <R> GuardedResult<R> outOfMemory(GuardedCall<?> call, String message, Optional<Throwable> thrown) {
        long allocated = call.allocatedBytes();
        if (!heap.isUsedUpBy(allocated, message)) {
            return new GuardedResult.Faulted<>(
                    "exception",
                    "%s; other code uses the memory: the call had allocated %d MiB".formatted(message, allocated / MIB),
                    thrown);
        }
        long limitMiB = settings.get().limits().allocationLimitMiB();
        String why = limitMiB == 0
                ? message
                : "%s; a call may allocate %d MiB (allocationLimitMiB)".formatted(message, limitMiB);
        ejectionPolicy.endangers(call.offer(), why);
        return new GuardedResult.Faulted<>("exception", why, thrown);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
