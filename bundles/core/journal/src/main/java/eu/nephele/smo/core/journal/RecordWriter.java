// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of records that no transaction of the engine writes: takes them from a bounded queue and stores them
 * in batches. A full queue makes the caller wait; an orderly end writes what is left.
 */
final class RecordWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final long IDLE_MILLIS = 200;
    private static final long RETRY_MILLIS = 500;
    private static final long END_MILLIS = 4000;

    private final DecisionStore store;
    private final int batch;
    private final BlockingQueue<DecisionRecord> queue;
    /** Those that are in the queue or in the batch that is being stored. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final Thread thread;
    private volatile boolean ending;

    RecordWriter(DecisionStore store, int capacity, int batch) {
        this.store = store;
        this.batch = batch;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, "smo-journal");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    void write(DecisionRecord record) {
        waiting.incrementAndGet();
        try {
            queue.put(record);
        } catch (InterruptedException e) {
            waiting.decrementAndGet();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before decision %s was recorded".formatted(record.id()), e);
        }
    }

    int waiting() {
        return waiting.get();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (waiting() > 0) {
            LOG.error("decisions lost at shutdown count={}; see the database errors above", waiting());
        }
    }

    private void run() {
        List<DecisionRecord> records = new ArrayList<>(batch);
        try {
            while (!ending || !queue.isEmpty() || !records.isEmpty()) {
                take(records);
                if (!records.isEmpty() && stored(records)) {
                    waiting.addAndGet(-records.size());
                    records.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(List<DecisionRecord> records) throws InterruptedException {
        if (!records.isEmpty()) {
            return;
        }
        DecisionRecord first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            records.add(first);
            queue.drainTo(records, batch - 1);
        }
    }

    /** Stores a batch; while the database is unavailable the batch is kept and retried. */
    private boolean stored(List<DecisionRecord> records) throws InterruptedException {
        try {
            store.append(records);
            return true;
        } catch (SmoException e) {
            LOG.warn("storing decisions failed count={} reason=\"{}\"; retrying", records.size(), e.getMessage());
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            return false;
        }
    }
}
