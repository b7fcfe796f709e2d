// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.access.ClientNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits what callers without rights can write: of the same action, outcome and network so many are kept in a second as they are, the
 * others are counted together.
 */
final class NotedRecords {

    static final int MOST_PER_SECOND = 50;
    private static final int MOST_KINDS = 1000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Map<RecordKind, CountedSecond> windows = new HashMap<>();

    private record RecordKind(String action, String outcome, String network) {}

    private static final class CountedSecond {
        private final long begin;
        private int kept;
        private int counted;
        private AuditRecord last;

        CountedSecond(long begin, AuditRecord first) {
            this.begin = begin;
            this.last = first;
        }
    }

    /** @param nanos as {@link System#nanoTime} */
    NotedRecords(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns whether a record is to be kept as it is; else it is counted. */
    synchronized boolean isKept(AuditRecord entry) {
        RecordKind kind = new RecordKind(
                entry.action(),
                entry.outcome(),
                ClientNetwork.from(entry.sourceAddress()).key());
        if (windows.size() >= MOST_KINDS && !windows.containsKey(kind)) {
            kind = new RecordKind(entry.action(), entry.outcome(), "");
        }
        CountedSecond window = windows.computeIfAbsent(kind, fresh -> new CountedSecond(nanos.getAsLong(), entry));
        window.last = entry;
        if (window.kept < MOST_PER_SECOND) {
            window.kept++;
            return true;
        }
        window.counted++;
        return false;
    }

    /** Entries for what was counted in windows that are over; called about once a second. */
    synchronized List<AuditRecord> sums() {
        long now = nanos.getAsLong();
        List<AuditRecord> sums = new ArrayList<>();
        windows.values().removeIf(window -> {
            boolean over = now - window.begin >= SECOND;
            if (over && window.counted > 0) {
                sums.add(window.last.withDetail(
                        "%d more of this kind, the last one of them this".formatted(window.counted)));
            }
            return over;
        });
        return sums;
    }
}
