// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that appends to the chain while this server owns the database. What arrives while a group is written is the next
 * one. It begins with what earlier processes have left: the local file, then the changes whose outcome nobody has recorded.
 */
final class ChainWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);
    private static final int MOST_PER_GROUP = 500;
    private static final int MOST_WAITING = 20_000;
    private static final long IDLE_MILLIS = 1000;
    private static final long END_MILLIS = 5000;

    private final AuditStore store;
    private final LongSupplier epoch;
    private final LocalBuffer buffer;
    private final Set<String> open;
    private final ChainListener listener;
    private final Clock clock;
    private final BlockingQueue<PendingWrite> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "smo-audit-writer");
    private volatile boolean closed;
    private boolean resolved;
    private boolean failing;
    private boolean unavailable;

    /** Hears what happens to the chain, on the thread that writes. */
    interface ChainListener {
        void appended(List<AuditEntry> entries);

        void failed();
    }

    /**
     * @param epoch of the present owner, which this server is
     * @param open ids of changes that are under way in this process
     */
    ChainWriter(
            AuditStore store,
            LongSupplier epoch,
            LocalBuffer buffer,
            Set<String> open,
            ChainListener listener,
            Clock clock) {
        this.store = store;
        this.epoch = epoch;
        this.buffer = buffer;
        this.open = open;
        this.listener = listener;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What is refused here is settled at once, as not written. */
    PendingWrite add(PendingWrite write) {
        if (closed || !waiting.offer(write)) {
            write.settle(false);
        }
        return write;
    }

    int size() {
        return waiting.size();
    }

    /** Waits for the transaction under way. It is not interrupted: H2 closes its file when a thread that uses it is. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle(drained(new ArrayList<>()), false);
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                catchUp();
                Optional<PendingWrite> next =
                        Optional.ofNullable(waiting.poll(closed ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS));
                if (next.isPresent()) {
                    List<PendingWrite> group = new ArrayList<>();
                    group.add(next.get());
                    write(drained(group));
                }
            }
        } catch (InterruptedException e) {
            LOG.error("writer of the audit interrupted; entries go to the local file until the restart", e);
            closed = true;
        }
    }

    private List<PendingWrite> drained(List<PendingWrite> group) {
        waiting.drainTo(group, MOST_PER_GROUP - group.size());
        return group.stream().filter(PendingWrite::take).toList();
    }

    private void write(List<PendingWrite> group) {
        if (group.isEmpty()) {
            return;
        }
        if (isWritten(group)) {
            settle(group, true);
        } else if (group.size() > 1 && !unavailable) {
            // one that the database cannot store must not take the others down
            group.forEach(each -> each.settle(isWritten(List.of(each))));
        } else {
            settle(group, false);
        }
    }

    private static void settle(List<PendingWrite> group, boolean written) {
        group.forEach(each -> each.settle(written));
    }

    private boolean isWritten(List<PendingWrite> group) {
        return append(
                group.stream().flatMap(each -> each.entry().stream()).toList(),
                group.stream().flatMap(each -> each.begun().stream()).toList());
    }

    private boolean append(List<AuditDraft> entries, List<AuditIntent> begun) {
        try {
            List<AuditEntry> appended =
                    store.write(new AuditBatch(epoch.getAsLong(), entries, begun, Optional.empty()));
            listener.appended(appended);
            if (failing) {
                LOG.info("audit is written again");
                failing = false;
            }
            return true;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("writing the audit failed entries={} reason=\"{}\"", entries.size(), e.toString());
            }
            failing = true;
            unavailable = !(e instanceof SmoException refused) || refused.kind() == SmoException.Kind.UNAVAILABLE;
            listener.failed();
            return false;
        }
    }

    /** What was left behind is tried again each second until it is written. */
    private void catchUp() {
        try {
            if (buffer.size() > 0) {
                buffer.drain(this::appendBuffered);
            }
            if (!resolved) {
                // in this order: a change that has ended by now has its outcome in the chain, or in the local file
                Set<String> underWay = Set.copyOf(open);
                resolved = buffer.size() == 0 && resolve(underWay);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.warn("local file of the audit stays reason=\"{}\"", e.toString());
        }
    }

    /** What was only begun may end meanwhile: it is announced in the database, and resolved there. */
    private void appendBuffered(List<AuditDraft> left) {
        for (int from = 0; from < left.size(); from += MOST_PER_GROUP) {
            List<AuditDraft> part = left.subList(from, Math.min(left.size(), from + MOST_PER_GROUP));
            List<AuditIntent> begun = part.stream()
                    .filter(ChainWriter::isBegun)
                    .map(draft -> new AuditIntent(draft.id(), draft.content()))
                    .toList();
            List<AuditDraft> ended =
                    part.stream().filter(draft -> !isBegun(draft)).toList();
            if (!append(ended, begun)) {
                throw new IllegalStateException("the database takes nothing");
            }
            resolved &= begun.isEmpty();
        }
        LOG.info("entries of the local file are in the audit count={}", left.size());
    }

    private static boolean isBegun(AuditDraft draft) {
        return draft.content().outcome().isEmpty();
    }

    /**
     * Appends an entry for each change that was begun by a process that has ended.
     *
     * @param underWay ids of the changes that this process had begun before the announcements are read
     */
    private boolean resolve(Set<String> underWay) {
        List<AuditDraft> left;
        try {
            left = store.intents().stream()
                    .filter(intent -> !underWay.contains(intent.id()))
                    .map(intent -> interrupted(new AuditDraft(intent.id(), intent.content(), true)))
                    .toList();
        } catch (RuntimeException e) {
            LOG.warn("reading the changes that were begun failed reason=\"{}\"; retrying", e.toString());
            return false;
        }
        for (int from = 0; from < left.size(); from += MOST_PER_GROUP) {
            if (!append(left.subList(from, Math.min(left.size(), from + MOST_PER_GROUP)), List.of())) {
                return false;
            }
        }
        if (!left.isEmpty()) {
            LOG.warn("changes were interrupted by the end of a server count={}; they are in the audit", left.size());
        }
        return true;
    }

    private AuditDraft interrupted(AuditDraft draft) {
        AuditRecord begun = draft.content();
        AuditRecord now = new AuditRecord(
                clock.instant(),
                begun.principal(),
                begun.sourceAddress(),
                begun.action(),
                begun.target(),
                AuditStore.INTERRUPTED,
                begun.correlationId(),
                begun.before(),
                "",
                "begun %s; the server ended before its outcome was known".formatted(begun.at()),
                begun.decision(),
                begun.request());
        return new AuditDraft(draft.id(), now, true);
    }
}
