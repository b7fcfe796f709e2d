// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
        if (!waiting.offer(entry)) {
            LOG.error("An audit sink does not keep up, it misses {}", entry);
        }
    }

    private void run() {
        try {
            while (!closed || !waiting.isEmpty()) {
                deliver(waiting.take());
            }
        } catch (InterruptedException closing) {
            waiting.forEach(entry -> LOG.error("An audit sink has gone, it misses {}", entry));
        }
    }

    private void deliver(AuditRecord entry) throws InterruptedException {
        boolean taken = false;
        while (!taken) {
            try {
                sink.record(entry);
                taken = true;
            } catch (RuntimeException | LinkageError failed) {
                LOG.warn("An audit sink does not take {}; it comes again", entry, failed);
                try {
                    Thread.sleep(again.toMillis());
                } catch (InterruptedException closing) {
                    LOG.error("An audit sink has gone, it misses {}", entry);
                    throw closing;
                }
            }
        }
    }

    /** What waits is still handed over, for a moment. */
    @Override
    public void close() {
        closed = true;
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        while (!waiting.isEmpty() && System.nanoTime() < end && !interrupted) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException ending) {
                interrupted = true;
            }
        }
        thread.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
