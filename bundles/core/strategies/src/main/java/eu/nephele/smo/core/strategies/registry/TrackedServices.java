// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.core.contract.plugin.ProductBundles;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
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
    private final Entrance entrance;
    private final StrategyNews news;

    /** @throws InvalidSyntaxException never: the filter is made of constants */
    @Activate
    public TrackedServices(
            BundleContext context, @Reference StrategyRegistry registry, @Reference StrategyTeller teller)
            throws InvalidSyntaxException {
        String filter = Arrays.stream(ServiceKind.values())
                .map(kind ->
                        "(%s=%s)".formatted(Constants.OBJECTCLASS, kind.type().getName()))
                .collect(Collectors.joining("", "(|", ")"));
        ProductBundles product = ProductBundles.of(context);
        news = new StrategyNews(context, product, teller);
        entrance = new Entrance(registry, product, news);
        tracker =
                new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), new IntoRegistry(context, entrance));
        news.quiet(true);
        tracker.open();
        news.quiet(false);
    }

    @Deactivate
    public void close() {
        news.quiet(true);
        tracker.close();
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindGate(ServiceGate gate) {
        entrance.gateCame(gate);
    }

    void unbindGate(ServiceGate gate) {
        entrance.gateWent(gate);
    }

    private record IntoRegistry(BundleContext context, Entrance entrance)
            implements ServiceTrackerCustomizer<Object, Tracked> {

        @Override
        public @Nullable Tracked addingService(ServiceReference<Object> reference) {
            Bundle bundle = reference.getBundle();
            Object service = context.getService(reference);
            if (service == null || bundle == null) {
                LOG.warn("{} has gone before it could be used, or could not be made", reference);
                return null;
            }
            Tracked tracked = new Tracked(service, bundle);
            entrance.enter(tracked, FrameworkUtil.asMap(reference.getProperties()));
            return tracked;
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, Tracked tracked) {
            entrance.enter(tracked, FrameworkUtil.asMap(reference.getProperties()));
        }

        @Override
        public void removedService(ServiceReference<Object> reference, Tracked tracked) {
            entrance.leave(tracked);
            context.ungetService(reference);
        }
    }
}
