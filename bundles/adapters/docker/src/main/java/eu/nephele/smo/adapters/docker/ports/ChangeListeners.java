// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.api.port.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whoever wants to know of changes. */
final class ChangeListeners<T> {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeListeners.class);

    /** One per subscription, until it ends. */
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    Subscription subscribe(Consumer<T> listener) {
        // a separate object, so that the end of one subscription does not end another one of the same listener
        Consumer<T> own = what -> listener.accept(what);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    void tell(T what) {
        for (Consumer<T> listener : listeners) {
            try {
                listener.accept(what);
            } catch (RuntimeException failed) {
                LOG.warn("listener failed object={}", what, failed);
            }
        }
    }
}
