// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import eu.nephele.smo.access.http.Subsystem;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jakartars.whiteboard.JakartarsWhiteboardConstants;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the bundles with resources in this application and their parts of the OpenAPI document. A part is present as
 * long as a resource of its bundle is. Of several versions of one bundle, the one whose resources are served counts.
 */
final class BundleFragmentTracker implements AutoCloseable {

    static final String FILE = "OSGI-INF/openapi.yaml";

    private static final Logger LOG = LoggerFactory.getLogger(BundleFragmentTracker.class);

    /** Properties by which a resource can select the application. */
    private static final Map<String, Object> APPLICATION = Map.of(
            JakartarsWhiteboardConstants.JAKARTA_RS_NAME,
            "smo",
            JakartarsWhiteboardConstants.JAKARTA_RS_APPLICATION_BASE,
            "/");

    private final JoinedContract contract;
    private final ServiceTracker<Object, ServiceReference<Object>> tracker;
    /** Resources in this application, in order of precedence. */
    private final Set<ServiceReference<Object>> resources = new TreeSet<>(Comparator.reverseOrder());

    /** Bundles whose parts the contract knows. */
    private List<Bundle> told = List.of();

    BundleFragmentTracker(BundleContext context, JoinedContract contract) {
        this.contract = contract;
        this.tracker = new ServiceTracker<>(context, resources(), null) {
            @Override
            public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
                change(reference);
                return reference;
            }

            @Override
            public void modifiedService(ServiceReference<Object> reference, ServiceReference<Object> same) {
                change(reference);
            }

            @Override
            public void removedService(ServiceReference<Object> reference, ServiceReference<Object> same) {
                gone(reference);
            }
        };
    }

    private static Filter resources() {
        return filter("(|(%s=true)(%s=%s))"
                        .formatted(
                                JakartarsWhiteboardConstants.JAKARTA_RS_RESOURCE,
                                Constants.OBJECTCLASS,
                                Subsystem.class.getName()))
                .orElseThrow();
    }

    void open() {
        tracker.open();
    }

    @Override
    public void close() {
        tracker.close();
    }

    private synchronized void change(ServiceReference<Object> reference) {
        // Its rank follows from properties that may have changed.
        resources.removeIf(reference::equals);
        if (isOurs(reference)) {
            resources.add(reference);
        }
        notifyListeners();
    }

    private synchronized void gone(ServiceReference<Object> reference) {
        resources.removeIf(reference::equals);
        notifyListeners();
    }

    private void notifyListeners() {
        List<Bundle> now = bundles();
        if (now.equals(told)) {
            return;
        }
        boolean more = !told.containsAll(now);
        told = now;
        contract.bring(now.stream().flatMap(this::part).toList());
        if (more) {
            contract.refresh();
        }
    }

    /** One of each symbolic name. */
    private List<Bundle> bundles() {
        Map<String, Bundle> served = new LinkedHashMap<>();
        resources.stream()
                .flatMap(reference -> Stream.ofNullable(reference.getBundle()))
                .forEach(bundle -> served.putIfAbsent(bundle.getSymbolicName(), bundle));
        return served.values().stream()
                .filter(bundle -> bundle.getEntry(FILE) != null)
                .toList();
    }

    private Stream<BundlePart> part(Bundle bundle) {
        boolean ofProduct = resources.stream()
                .filter(BundleFragmentTracker::isSubsystem)
                .anyMatch(reference -> bundle.equals(reference.getBundle()));
        return Stream.ofNullable(bundle.getEntry(FILE))
                .map(file -> new BundlePart(
                        bundle.getSymbolicName(), bundle.getVersion().toString(), file, ofProduct));
    }

    /** Only bundles of the product can have such a service. */
    private static boolean isSubsystem(ServiceReference<?> reference) {
        return reference.getProperty(Constants.OBJECTCLASS) instanceof String[] classes
                && List.of(classes).contains(Subsystem.class.getName());
    }

    private static boolean isOurs(ServiceReference<Object> reference) {
        if (isSubsystem(reference)) {
            return true;
        }
        Object select = reference.getProperty(JakartarsWhiteboardConstants.JAKARTA_RS_APPLICATION_SELECT);
        Stream<?> filters = select instanceof Object[] several
                ? Stream.of(several)
                : select instanceof Collection<?> several ? several.stream() : Stream.ofNullable(select);
        return filters.flatMap(text -> filter(String.valueOf(text)).stream())
                .anyMatch(filter -> filter.matches(APPLICATION));
    }

    /** Empty when it is not a valid filter; the whiteboard reports it. */
    private static Optional<Filter> filter(String text) {
        try {
            return Optional.of(FrameworkUtil.createFilter(text));
        } catch (InvalidSyntaxException none) {
            LOG.debug("invalid application selector filter=\"{}\"", text, none);
            return Optional.empty();
        }
    }
}
