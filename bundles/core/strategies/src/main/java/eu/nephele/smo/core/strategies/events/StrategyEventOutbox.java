// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.events;

import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events on their way into the store: a bounded queue and one thread. Kept while there is no store, or while it refuses. */
final class StrategyEventOutbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyEventOutbox.class);
    private static final int MOST = 1_000;
    private static final long AGAIN_MILLIS = 2_000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "smo-strategy-events");
        created.setDaemon(true);
        return created;
    });
    private volatile Optional<EventStore> store = Optional.empty();
    private volatile CommitListener publisher = CommitListener.NONE;

    /** Guarded by this. */
    private final Deque<EventDraft> waiting = new ArrayDeque<>();

    void store(EventStore present) {
        store = Optional.of(present);
        write(thread);
    }

    void withoutStore(EventStore gone) {
        store = store.filter(present -> present != gone);
    }

    void publisher(CommitListener present) {
        publisher = present;
        present.committed();
    }

    void withoutPublisher(CommitListener gone) {
        if (publisher == gone) {
            // events stored meanwhile are published by the next publisher
            publisher = CommitListener.NONE;
        }
    }

    void add(EventDraft draft) {
        synchronized (this) {
            if (waiting.size() >= MOST) {
                EventDraft lost = waiting.removeFirst();
                LOG.warn(
                        "event dropped waiting={} type={} time={} reason=\"outbox is full\"",
                        MOST,
                        lost.type(),
                        lost.time());
            }
            waiting.addLast(draft);
        }
        write(thread);
    }

    private void write(Executor when) {
        try {
            when.execute(this::write);
        } catch (RejectedExecutionException e) {
            LOG.debug("outbox of strategy events closed; events that are not stored yet are dropped", e);
        }
    }

    private void write() {
        Optional<EventStore> present = store;
        List<EventDraft> next = next();
        if (present.isEmpty() || next.isEmpty()) {
            return;
        }
        try {
            present.get().append(next);
            written(next);
            publisher.committed();
        } catch (RuntimeException e) {
            // body of a task: an exception must not stop the retry
            LOG.warn("storing strategy events failed count={}; retrying in {} ms", next.size(), AGAIN_MILLIS, e);
            write(CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, thread));
        }
    }

    private synchronized List<EventDraft> next() {
        return List.copyOf(waiting);
    }

    private synchronized void written(List<EventDraft> drafts) {
        waiting.removeAll(drafts);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
