// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queue of records for one sink. A record that the sink does not accept is retried before all others. */
final class SinkFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AuditSink sink;
    private final BlockingQueue<AuditRecord> waiting;
    private final Duration again;
    private final Thread thread;
    private volatile boolean closed;

    /** @param again delay of a retry after a failure */
    SinkFeed(AuditSink sink, int most, Duration again) {
        this.sink = sink;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.again = again;
        this.thread = new Thread(this::run, "smo-audit");
        thread.setDaemon(true);
        thread.start();
    }

    /** Queues a record; one that does not fit into the queue is written to the log. */
    void add(AuditRecord entry) {
        if (closed || !waiting.offer(entry)) {
            missed(entry);
        }
    }

    private static void missed(AuditRecord entry) {
        LOG.error("audit record dropped reason=\"sink is too slow or gone\" record={}", entry);
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Optional<AuditRecord> next = Optional.ofNullable(waiting.poll(again.toMillis(), TimeUnit.MILLISECONDS));
                if (next.isPresent()) {
                    deliver(next.get());
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("audit sink removed while it was busy");
        }
        waiting.forEach(SinkFeed::missed);
    }

    private void deliver(AuditRecord entry) throws InterruptedException {
        boolean failedBefore = false;
        boolean taken = false;
        try {
            while (!taken && !(failedBefore && closed)) {
                taken = isTaken(entry, failedBefore);
                if (!taken) {
                    failedBefore = true;
                    Thread.sleep(again.toMillis());
                }
            }
        } finally {
            if (!taken) {
                missed(entry);
            }
        }
    }

    private boolean isTaken(AuditRecord entry, boolean failedBefore) {
        try {
            sink.record(entry);
            return true;
        } catch (RuntimeException | LinkageError failed) {
            if (failedBefore) {
                LOG.debug("audit sink failed again record={}", entry, failed);
            } else {
                LOG.warn("audit sink failed record={}; the record is retried", entry, failed);
            }
            return false;
        }
    }

    /** Delivers pending events for a moment, then closes. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
