// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records that one sink shall get. One that it does not take comes again, before all others. */
final class SinkFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AuditSink sink;
    private final BlockingQueue<AuditRecord> waiting;
    private final Duration again;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param most records that wait
     * @param again how long after a failure the record comes again
     */
    SinkFeed(AuditSink sink, int most, Duration again) {
        this.sink = sink;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.again = again;
        this.thread = new Thread(this::run, "smo-audit");
        thread.setDaemon(true);
        thread.start();
    }

    /** The log is the place of last resort: what a sink has no room for is there. */
    void add(AuditRecord entry) {
        if (closed || !waiting.offer(entry)) {
            missed(entry);
        }
    }

    private static void missed(AuditRecord entry) {
        LOG.error("An audit sink does not keep up, or has gone; it misses {}", entry);
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
            LOG.debug("An audit sink has gone while it was busy");
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
                LOG.debug("An audit sink does not take {}", entry, failed);
            } else {
                LOG.warn("An audit sink does not take {}; it comes again", entry, failed);
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
