// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Tracks adapters of the guarded ports: the framework notifies it before an adapter ends. */
final class AdapterTracker implements ServiceTrackerCustomizer<Object, Object>, AutoCloseable {

    private final BundleContext context;
    private final DepartedAdapters departed;
    private final Map<String, ServiceTracker<Object, Object>> watched = new ConcurrentHashMap<>();
    private volatile boolean closed;

    AdapterTracker(BundleContext context, DepartedAdapters departed) {
        this.context = context;
        this.departed = departed;
    }

    /** Looks at the adapters of a port from now on, those that are there already included. */
    void watch(Class<?> port) {
        if (closed || watched.containsKey(port.getName())) {
            return;
        }
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, port.getName(), this);
        if (watched.putIfAbsent(port.getName(), tracker) == null) {
            // outside of the map: this may begin adapters
            tracker.open();
            if (closed) {
                tracker.close();
            }
        }
    }

    @Override
    public @Nullable Object addingService(ServiceReference<Object> offer) {
        Optional<Object> adapter = Optional.ofNullable(context.getService(offer));
        adapter.ifPresent(departed::came);
        return adapter.orElse(null);
    }

    @Override
    public void modifiedService(ServiceReference<Object> offer, Object adapter) {
        // it stays
    }

    @Override
    public void removedService(ServiceReference<Object> offer, Object adapter) {
        if (!closed) {
            departed.left(adapter);
        }
        context.ungetService(offer);
    }

    /** Stops tracking, without reporting departures. */
    @Override
    public void close() {
        closed = true;
        watched.values().forEach(ServiceTracker::close);
    }
}
