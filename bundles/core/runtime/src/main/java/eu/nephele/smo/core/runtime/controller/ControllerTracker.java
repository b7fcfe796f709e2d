// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.controller;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.core.contract.plugin.PluginThreads;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import eu.nephele.smo.core.contract.plugin.ReservedNames;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
import eu.nephele.smo.core.runtime.schema.KindSchemas;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks controllers of bundles, and keeps one that leaves until its running calls are over. Of a bundle that is no
 * part of the product only controllers that the gate admits are used.
 */
public final class ControllerTracker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerTracker.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final BundleContext context;
    private final ProductBundles product;
    private final KindSchemas schemas;
    private final ControllerRegistry controllers;
    private final Map<ServiceReference<ResourceController>, InstalledController> held = new ConcurrentHashMap<>();
    private final ServiceTracker<ResourceController, ServiceReference<ResourceController>> tracker;
    private volatile Optional<GateSubscription> gateSubscription = Optional.empty();

    private record GateSubscription(ServiceGate gate, Subscription subscription) {}

    public ControllerTracker(BundleContext context, KindSchemas schemas, ControllerRegistry controllers) {
        this.context = context;
        this.product = ProductBundles.from(context);
        this.schemas = schemas;
        this.controllers = controllers;
        this.tracker = new ServiceTracker<>(context, ResourceController.class, null) {
            @Override
            public ServiceReference<ResourceController> addingService(ServiceReference<ResourceController> reference) {
                enter(reference);
                return reference;
            }

            @Override
            public void removedService(
                    ServiceReference<ResourceController> reference, ServiceReference<ResourceController> same) {
                leave(reference);
            }
        };
    }

    public void open() {
        tracker.open();
    }

    @Override
    public void close() {
        held.values().forEach(installed -> installed.inside().close());
        tracker.close();
    }

    public void gateCame(ServiceGate present) {
        gateSubscription.ifPresent(old -> old.subscription().close());
        gateSubscription = Optional.of(new GateSubscription(present, present.onChange(this::reconsider)));
        reconsider();
    }

    public void gateWent(ServiceGate gone) {
        gateSubscription.filter(present -> present.gate() == gone).ifPresent(old -> {
            gateSubscription = Optional.empty();
            old.subscription().close();
        });
    }

    private void reconsider() {
        ServiceReference<ResourceController>[] references = tracker.getServiceReferences();
        if (references != null) {
            for (ServiceReference<ResourceController> reference : references) {
                enter(reference);
            }
        }
        held.forEach((reference, installed) -> {
            if (!mayBeUsed(installed.bundle())) {
                leave(reference);
            }
        });
    }

    private boolean mayBeUsed(Bundle bundle) {
        return !product.known()
                || product.contains(bundle)
                || gateSubscription
                        .filter(present -> present.gate().open(bundle.getBundleId()))
                        .isPresent();
    }

    private synchronized void enter(ServiceReference<ResourceController> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null || held.containsKey(reference) || !mayBeUsed(bundle)) {
            return;
        }
        ResourceController controller = context.getService(reference);
        if (controller == null) {
            LOG.warn("controller unavailable service={}; it was unregistered or not created", reference);
            return;
        }
        Optional<InstalledController> installed = installed(controller, reference, bundle);
        if (installed.isEmpty()) {
            context.ungetService(reference);
            return;
        }
        held.put(reference, installed.get());
        controllers.add(installed.get());
        LOG.info(
                "controller added kind={} plugin=\"{}\"",
                installed.get().kind().name(),
                installed.get().origin());
        if (reference.getBundle() == null || !mayBeUsed(bundle)) {
            // it left while it described itself
            leave(reference);
        }
    }

    /** Called on a thread that can be given up: a controller that never answers does not block the others. */
    private static ResourceKind kind(ResourceController controller, Bundle bundle) {
        FutureTask<ResourceKind> asked = new FutureTask<>(controller::kind);
        Thread thread = new Thread(PluginThreads.group(bundle.getBundleId()), asked, "smo-controller-kind");
        thread.setDaemon(true);
        thread.start();
        try {
            return asked.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException thrown) {
            throw new IllegalArgumentException("kind() failed: " + thrown.getCause(), thrown.getCause());
        } catch (TimeoutException late) {
            asked.cancel(true);
            throw new IllegalArgumentException("kind() did not answer within " + FAREWELL, late);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("kind() was interrupted: the server is stopping", ending);
        }
    }

    /** Foreign code describes itself; a failure of it does not block the others. */
    private Optional<InstalledController> installed(
            ResourceController controller, ServiceReference<ResourceController> reference, Bundle bundle) {
        try {
            ResourceKind kind = kind(controller, bundle);
            Object name = reference.getProperty(ResourceController.KIND);
            if (!kind.name().equals(name)) {
                throw new IllegalArgumentException("its kind is %s, its service property %s is %s"
                        .formatted(kind.name(), ResourceController.KIND, name));
            }
            if (product.known() && !product.contains(bundle) && ReservedNames.include("resource", kind.name())) {
                throw new IllegalArgumentException(
                        "the name of its kind, %s, belongs to the product".formatted(kind.name()));
            }
            return Optional.of(new InstalledController(controller, kind, schemas.checker(kind, bundle), bundle));
        } catch (RuntimeException | LinkageError | StackOverflowError unusable) {
            LOG.error(
                    "controller rejected plugin={} version={} reason=\"{}\"",
                    bundle.getSymbolicName(),
                    bundle.getVersion(),
                    unusable.toString(),
                    unusable);
            return Optional.empty();
        }
    }

    private void leave(ServiceReference<ResourceController> reference) {
        @Nullable InstalledController installed = held.remove(reference);
        if (installed == null) {
            return;
        }
        controllers.remove(installed);
        installed.inside().close();
        int left = installed.inside().awaitLast(FAREWELL);
        if (left > 0) {
            LOG.warn(
                    "controller removed with unfinished calls kind={} count={} plugin=\"{}\"",
                    installed.kind().name(),
                    left,
                    installed.origin());
        }
        context.ungetService(reference);
        LOG.info("controller removed kind={} plugin=\"{}\"", installed.kind().name(), installed.origin());
    }
}
