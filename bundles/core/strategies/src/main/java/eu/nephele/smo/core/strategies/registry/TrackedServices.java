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

    private final ServiceTracker<Object, TrackedService> tracker;
    private final AdmissionFilter admissionFilter;
    private final StrategyEventFilter news;

    /** @throws InvalidSyntaxException never: the filter is made of constants */
    @Activate
    public TrackedServices(
            BundleContext context, @Reference StrategyRegistry registry, @Reference StrategyUseListener teller)
            throws InvalidSyntaxException {
        String filter = Arrays.stream(ServiceKind.values())
                .map(kind ->
                        "(%s=%s)".formatted(Constants.OBJECTCLASS, kind.type().getName()))
                .collect(Collectors.joining("", "(|", ")"));
        ProductBundles product = ProductBundles.from(context);
        news = new StrategyEventFilter(context, product, teller);
        admissionFilter = new AdmissionFilter(registry, product, news);
        tracker = new ServiceTracker<>(
                context, FrameworkUtil.createFilter(filter), new IntoRegistry(context, admissionFilter));
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
    void bindGate(ServiceGate serviceGate) {
        admissionFilter.gateCame(serviceGate);
    }

    void unbindGate(ServiceGate serviceGate) {
        admissionFilter.gateWent(serviceGate);
    }

    private record IntoRegistry(BundleContext context, AdmissionFilter entrance)
            implements ServiceTrackerCustomizer<Object, TrackedService> {

        @Override
        public @Nullable TrackedService addingService(ServiceReference<Object> reference) {
            Bundle bundle = reference.getBundle();
            Object service = context.getService(reference);
            if (service == null || bundle == null) {
                LOG.warn("service gone or not created service={}", reference);
                return null;
            }
            TrackedService tracked = new TrackedService(service, bundle);
            entrance.enter(tracked, FrameworkUtil.asMap(reference.getProperties()));
            return tracked;
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, TrackedService tracked) {
            entrance.enter(tracked, FrameworkUtil.asMap(reference.getProperties()));
        }

        @Override
        public void removedService(ServiceReference<Object> reference, TrackedService tracked) {
            entrance.leave(tracked);
            context.ungetService(reference);
        }
    }
}
