// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that sort by the time they were made, and never repeat within a process; two processes differ by their suffix. */
public final class SortableIds {

    private static final int SEQUENCE_BITS = 16;
    private static final int SUFFIX_BOUND = 1 << 24;

    private final Clock clock;
    private final String suffix = "%06x".formatted(ThreadLocalRandom.current().nextInt(SUFFIX_BOUND));
    private final AtomicLong last = new AtomicLong();

    public SortableIds(Clock clock) {
        this.clock = clock;
    }

    /** An id that sorts after all before it. */
    public String next() {
        long fresh = clock.millis() << SEQUENCE_BITS;
        return "%016x%s".formatted(last.updateAndGet(before -> Math.max(before + 1, fresh)), suffix);
    }
}
