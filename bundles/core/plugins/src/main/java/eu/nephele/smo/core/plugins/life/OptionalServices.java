// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Services of other bundles, as they are at the moment. Plugins are installed and removed whether those are available
 * or not; a reference to one of them would stop this bundle together with it.
 */
public final class OptionalServices implements AutoCloseable {

    private final BundleContext context;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();

    public OptionalServices(BundleContext context) {
        this.context = context;
    }

    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(
                type.cast(trackers.computeIfAbsent(type, this::opened).getService()));
    }

    private ServiceTracker<?, ?> opened(Class<?> type) {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, type.getName(), null);
        tracker.open();
        return tracker;
    }

    @Override
    public void close() {
        trackers.values().forEach(ServiceTracker::close);
    }
}
