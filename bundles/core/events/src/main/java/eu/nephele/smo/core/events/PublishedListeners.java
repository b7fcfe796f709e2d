// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.port.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class PublishedListeners {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedListeners.class);

    private final List<ListenerEntry> entries = new CopyOnWriteArrayList<>();

    Subscription add(Runnable listener) {
        // A fresh object each time, so that a listener that subscribes twice leaves twice.
        ListenerEntry entry = new ListenerEntry(listener);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    void wake() {
        entries.forEach(PublishedListeners::run);
    }

    private static void run(ListenerEntry entry) {
        try {
            entry.listener.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("event listener failed", e);
        }
    }

    private static final class ListenerEntry {
        private final Runnable listener;

        ListenerEntry(Runnable listener) {
            this.listener = listener;
        }
    }
}
