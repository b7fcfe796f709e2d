// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Tells which adapters come and leave: the framework says so before an adapter ends. */
final class Offers implements ServiceTrackerCustomizer<Object, Object>, AutoCloseable {

    private final BundleContext context;
    private final Departed departed;
    private final ServiceTracker<Object, Object> tracker;
    private volatile boolean closed;

    Offers(BundleContext context, Set<Class<?>> ports, Departed departed) {
        this.context = context;
        this.departed = departed;
        this.tracker = new ServiceTracker<>(context, filter(ports), this);
    }

    private static Filter filter(Set<Class<?>> ports) {
        String any = ports.stream()
                .map(port -> "(objectClass=%s)".formatted(port.getName()))
                .sorted()
                .collect(Collectors.joining());
        try {
            return FrameworkUtil.createFilter("(|%s)".formatted(any));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void open() {
        tracker.open();
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

    /** Nobody has left: it is only that nobody looks any more. */
    @Override
    public void close() {
        closed = true;
        tracker.close();
    }
}
