// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.event.SmoEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls into one subscriber. After {@link #close} there are none, and the one under way has ended or was interrupted. */
final class SubscriberCall {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriberCall.class);

    private final String name;
    private final EventSubscriber subscriber;
    private @Nullable Thread calling;
    private boolean closed;
    private boolean givenUp;

    SubscriberCall(String name, EventSubscriber subscriber) {
        this.name = name;
        this.subscriber = subscriber;
    }

    boolean deliver(SmoEvent event) {
        if (!begin()) {
            return false;
        }
        try {
            subscriber.on(event);
            return !isGivenUp();
        } catch (Throwable foreign) {
            // Foreign code, and bundles that are stopped: a failure concerns this subscriber alone.
            LOG.warn("subscriber failed subscriber={} event={} type={}", name, event.sequence(), event.type(), foreign);
            return false;
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        if (closed) {
            return false;
        }
        calling = Thread.currentThread();
        return true;
    }

    /** Returns whether the call was given up; an interrupted subscriber may have processed the event halfway. */
    private synchronized boolean isGivenUp() {
        return givenUp;
    }

    /** The interrupt belongs to the call: it must not reach the database, which would close its file. */
    private synchronized void end() {
        calling = null;
        Thread.interrupted();
        notifyAll();
    }

    /** @return whether the call under way, if any, ended in time */
    synchronized boolean close(Duration timeout) {
        closed = true;
        if (calling == Thread.currentThread()) {
            // It is removed by its own call: waiting for itself would be a deadlock.
            return true;
        }
        long end = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        long left = timeout.toMillis();
        while (calling != null && left > 0 && !interrupted) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = (end - System.nanoTime()) / 1_000_000;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return endedOrInterrupted(timeout);
    }

    private synchronized boolean endedOrInterrupted(Duration timeout) {
        Thread late = calling;
        if (late == null) {
            return true;
        }
        LOG.warn("last call of removed subscriber timed out subscriber={} timeout={}; interrupting it", name, timeout);
        givenUp = true;
        late.interrupt();
        return false;
    }
}
