// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old entries, up to a signed checkpoint at which the rest begins. What an own sink has not read stays. A turn before which
 * the clock was set ahead is left out.
 */
final class AuditRetention {

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

    private final AuditStore store;
    private final Duration age;
    private final List<String> readers;
    private final Function<AuditHead, AuditSeal> checkpoint;
    private final Clock clock;
    private final ClockJumps jumps;

    /**
     * @param readers names of positions in the chain that are waited for
     * @param checkpoint signs where the rest begins
     */
    AuditRetention(
            AuditStore store,
            Duration age,
            List<String> readers,
            Function<AuditHead, AuditSeal> checkpoint,
            Clock clock,
            ClockJumps jumps) {
        this.store = store;
        this.age = age;
        this.readers = List.copyOf(readers);
        this.checkpoint = checkpoint;
        this.clock = clock;
        this.jumps = jumps;
    }

    /** Returns the checkpoint, if something was removed. */
    Optional<AuditSeal> run() {
        if (jumps.check().isPresent()) {
            LOG.warn("clock set ahead; nothing of the audit is removed this time");
            return Optional.empty();
        }
        Optional<AuditHead> due = store.lastBefore(clock.instant().minus(age)).flatMap(this::read);
        long removed = store.checkpoint().map(seal -> seal.head().sequence()).orElse(0L);
        return due.filter(head -> head.sequence() > removed).map(head -> {
            AuditSeal seal = checkpoint.apply(head);
            long gone = store.remove(seal);
            LOG.info("old entries of the audit removed count={} upTo={}", gone, head.sequence());
            return seal;
        });
    }

    private Optional<AuditHead> read(AuditHead wanted) {
        long least = readers.stream()
                .mapToLong(name -> store.cursor(name).orElse(0))
                .min()
                .orElse(Long.MAX_VALUE);
        if (least >= wanted.sequence()) {
            return Optional.of(wanted);
        }
        return store.entries(AuditQuery.after(least - 1), 1).stream()
                .filter(entry -> entry.sequence() == least)
                .map(AuditEntry::head)
                .findFirst();
    }
}
