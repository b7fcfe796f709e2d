// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the services of the framework into the registry. A tracker and not a dynamic reference, because a tracker may keep a
 * service that leaves until the calls inside it are over.
 */
@Component(service = {})
public final class TrackedServices {
    private static final Logger LOG = LoggerFactory.getLogger(TrackedServices.class);

    private final ServiceTracker<Object, Tracked> tracker;

    /** @throws InvalidSyntaxException never: the filter is made of constants */
    @Activate
    public TrackedServices(BundleContext context, @Reference StrategyRegistry registry) throws InvalidSyntaxException {
        String filter = Arrays.stream(ServiceKind.values())
                .map(kind ->
                        "(%s=%s)".formatted(Constants.OBJECTCLASS, kind.type().getName()))
                .collect(Collectors.joining("", "(|", ")"));
        tracker =
                new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), new IntoRegistry(context, registry));
        tracker.open();
    }

    @Deactivate
    public void close() {
        tracker.close();
    }

    /** A service held, and its place in the registry, which changes with its properties. */
    private static final class Tracked {
        private final Object service;
        private volatile Membership membership;

        private Tracked(Object service, Membership membership) {
            this.service = service;
            this.membership = membership;
        }
    }

    private record IntoRegistry(BundleContext context, StrategyRegistry registry)
            implements ServiceTrackerCustomizer<Object, Tracked> {
        /** Not in the registry, because it does not say what it must. */
        private static final Membership NONE = () -> {};

        @Override
        public @Nullable Tracked addingService(ServiceReference<Object> reference) {
            Object service = context.getService(reference);
            if (service == null) {
                LOG.warn("{} has gone before it could be used", reference);
                return null;
            }
            return new Tracked(service, add(reference, service));
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, Tracked tracked) {
            Membership before = tracked.membership;
            tracked.membership = add(reference, tracked.service);
            before.close();
        }

        @Override
        public void removedService(ServiceReference<Object> reference, Tracked tracked) {
            tracked.membership.close();
            context.ungetService(reference);
        }

        private Membership add(ServiceReference<Object> reference, Object service) {
            Bundle bundle = reference.getBundle();
            Origin origin = bundle == null ? Origin.PROGRAM : new Origin(bundle.getSymbolicName(), bundle.getVersion());
            try {
                return registry.add(service, FrameworkUtil.asMap(reference.getProperties()), origin);
            } catch (RuntimeException | LinkageError e) {
                // foreign code was asked to describe itself; one that cannot must not keep the others away
                LOG.error("Ignored a service of bundle {} {}: {}", origin.bundle(), origin.version(), e.toString(), e);
                return NONE;
            }
        }
    }
}
