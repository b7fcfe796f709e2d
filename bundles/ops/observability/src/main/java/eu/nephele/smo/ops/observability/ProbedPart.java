// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** One part, what was found of it last, and for how long nothing has been. */
final class ProbedPart {

    /** A look that takes longer is a finding. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** Looks are begun once a second: when none has been for so long, what was found last says nothing any more. */
    static final Duration ASKED_WITHIN = Duration.ofSeconds(5);

    private final HealthProbe probe;
    private final LongSupplier nanoTime;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long askedAt;
    private volatile ProbeResult last = ProbeResult.unwell("not looked at yet");
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

    /** Has it looked at, unless the look before has not come back. */
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
            last = ProbeResult.unwell("there was no memory to look at it");
        } catch (RuntimeException | Error e) {
            last = ProbeResult.unwell("it cannot be looked at: " + e);
        } finally {
            looking.set(false);
        }
    }

    /** Returns the latest result. */
    ProbeResult now() {
        Duration silent = Duration.ofNanos(nanoTime.getAsLong() - askedAt);
        if (looking.get() && silent.compareTo(ANSWER_WITHIN) > 0) {
            return ProbeResult.unwell("%s has not answered for %d s".formatted(probe.subject(), silent.toSeconds()));
        }
        return silent.compareTo(ASKED_WITHIN) > 0
                ? ProbeResult.unwell(
                        "%s has not been looked at for %d s".formatted(probe.subject(), silent.toSeconds()))
                : last;
    }

    /** How many looks in a row have found that only a restart mends it. */
    int restartsWanted() {
        return restartsWanted;
    }
}
