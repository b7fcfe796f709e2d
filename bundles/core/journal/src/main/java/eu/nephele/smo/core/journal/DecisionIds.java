// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that sort by time and never repeat within a process; two processes differ by their suffix. */
final class DecisionIds {

    private static final int SEQUENCE_BITS = 16;

    private final Clock clock;
    private final String suffix;
    private final AtomicLong last = new AtomicLong();

    /** @param suffix four characters that distinguish this process from others */
    DecisionIds(Clock clock, String suffix) {
        this.clock = clock;
        this.suffix = suffix;
    }

    String next() {
        long fresh = clock.millis() << SEQUENCE_BITS;
        return "%016x%s".formatted(last.updateAndGet(before -> Math.max(before + 1, fresh)), suffix);
    }
}
