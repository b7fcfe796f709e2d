// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** One part with its last probe result and the age of the last probe. */
final class ProbedPart {

    /** A probe that takes longer is reported as a failure. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** Probes start once a second: after this time without one, the last result is stale. */
    static final Duration ASKED_WITHIN = Duration.ofSeconds(5);

    private final HealthProbe probe;
    private final LongSupplier nanoTime;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long askedAt;
    private volatile ProbeResult last = ProbeResult.unwell("not probed yet");
    private volatile int restartsWanted;

    ProbedPart(HealthProbe probe, LongSupplier nanoTime) {
        this.probe = probe;
        this.nanoTime = nanoTime;
        this.askedAt = nanoTime.getAsLong();
    }

    boolean isOf(HealthProbe other) {
        return probe.equals(other);
    }

    String part() {
        return probe.part();
    }

    /** Starts a probe, unless the previous one is still running. */
    void ask(Executor threads) {
        if (looking.compareAndSet(false, true)) {
            askedAt = nanoTime.getAsLong();
            try {
                threads.execute(this::probe);
            } catch (RuntimeException | Error e) {
                looking.set(false);
                throw e;
            }
        }
    }

    private void probe() {
        try {
            ProbeResult found = probe.probe();
            restartsWanted = found.restart() ? restartsWanted + 1 : 0;
            last = found;
        } catch (OutOfMemoryError e) {
            last = ProbeResult.unwell("the memory for the probe was not available");
        } catch (RuntimeException | Error e) {
            last = ProbeResult.unwell("the probe failed: " + e);
        } finally {
            looking.set(false);
        }
    }

    ProbeResult now() {
        Duration silent = Duration.ofNanos(nanoTime.getAsLong() - askedAt);
        if (looking.get() && silent.compareTo(ANSWER_WITHIN) > 0) {
            return ProbeResult.unwell("%s has not answered for %d s".formatted(probe.subject(), silent.toSeconds()));
        }
        return silent.compareTo(ASKED_WITHIN) > 0
                ? ProbeResult.unwell("%s has not been probed for %d s".formatted(probe.subject(), silent.toSeconds()))
                : last;
    }

    /** Number of consecutive probes that required a restart. */
    int restartsWanted() {
        return restartsWanted;
    }
}
