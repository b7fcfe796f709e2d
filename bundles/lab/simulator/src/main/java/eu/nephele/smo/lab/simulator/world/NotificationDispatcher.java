// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.Notification;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries notifications about alerts to their receiver, in order and never while the world is locked. */
public final class NotificationDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationDispatcher.class);

    private final Executor executor;
    private final Consumer<Notification> receiver;
    private final Queue<Notification> mail = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param executor runs the receiver, one call at a time
     * @param receiver throws when it did not take the notification
     */
    public NotificationDispatcher(Executor executor, Consumer<Notification> receiver) {
        this.executor = executor;
        this.receiver = receiver;
    }

    void take(Notification sent) {
        mail.add(sent);
    }

    /** @param failed receives each notification that did not arrive */
    void deliver(Consumer<Notification> failed) {
        if (!mail.isEmpty()) {
            executor.execute(() -> deliverAll(failed));
        }
    }

    private void deliverAll(Consumer<Notification> failed) {
        for (Notification sent = mail.poll(); sent != null; sent = mail.poll()) {
            if (!arrives(sent)) {
                failed.accept(sent);
            }
        }
    }

    /** The receiver is foreign code, and may be unavailable: the world goes on. */
    private boolean arrives(Notification notification) {
        try {
            receiver.accept(notification);
            if (failing.getAndSet(false)) {
                LOG.info("alert notifications recovered");
            }
            return true;
        } catch (RuntimeException e) {
            if (!failing.getAndSet(true)) {
                LOG.warn(
                        "sending an alert notification failed reason=\"{}\"; retrying at the next group interval,"
                                + " further failures are not logged",
                        e.toString());
            }
            return false;
        }
    }
}
