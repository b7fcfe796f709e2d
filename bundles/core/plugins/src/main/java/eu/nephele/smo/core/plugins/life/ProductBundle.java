// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;

/** A bundle of the product whose content can be exchanged while the server runs. */
public final class ProductBundle {

    private static final int REFRESH_SECONDS = 10;
    private static final int SERVICE_SECONDS = 5;
    private static final long LOOK_NANOS = 10_000_000;

    private final FrameworkWiring framework;
    private final Bundle bundle;
    private final boolean self;
    private final boolean takesUsAlong;

    private ProductBundle(BundleContext context, Bundle bundle) {
        // looked up now: it cannot be looked up after this bundle was stopped
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
        this.bundle = bundle;
        this.self = bundle.equals(context.getBundle());
        this.takesUsAlong = self || bundle.equals(FrameworkUtil.getBundle(ConformanceKit.class));
    }

    public record Factory(BundleContext context) {
        public ProductBundle read(Bundle bundle) {
            return new ProductBundle(context, bundle);
        }

        public boolean isOver() {
            try {
                return context.getBundle() == null;
            } catch (IllegalStateException stopped) {
                return true;
            }
        }
    }

    /** Returns whether its replacement stops this bundle, too, because it is this bundle or one that it is wired to. */
    public boolean takesUsAlong() {
        return takesUsAlong;
    }

    public boolean holds(PluginFile file) {
        return file.sha256().equals(PluginBundles.mark(bundle));
    }

    /**
     * Puts the content of a file in its place.
     *
     * @throws PluginStartException when it does not start with that; then it has to be restored
     */
    public void replace(PluginFile file, Path content) throws PluginStartException, IOException {
        boolean active = bundle.getState() == Bundle.ACTIVE;
        boolean offered = OfferedServices.any(List.of(bundle));
        PluginBundles.mark(bundle, file.sha256());
        try (InputStream in = Files.newInputStream(content)) {
            bundle.update(in);
            come(active);
            if (active && offered) {
                awaitServices();
            }
        } catch (BundleException | IllegalStateException failed) {
            PluginStartException failure = new PluginStartException(
                    "the bundle of the product does not start with this content: " + TimeLimitedCall.root(failed));
            failure.initCause(failed);
            throw failure;
        }
    }

    public void restore() throws PluginStartException {
        boolean active = bundle.getState() == Bundle.ACTIVE;
        try {
            PluginBundles.mark(bundle, "");
            bundle.update();
            come(active || bundle.getState() != Bundle.ACTIVE);
        } catch (BundleException | IOException failed) {
            PluginStartException failure = new PluginStartException(TimeLimitedCall.root(failed));
            failure.initCause(failed);
            throw failure;
        }
    }

    private void come(boolean active) throws BundleException {
        if (active && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
            new BundleStart(bundle).run();
        }
        refresh();
    }

    /** Waits until a bundle that offered services before offers some again. */
    private void awaitServices() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVICE_SECONDS);
        while (!OfferedServices.any(List.of(bundle))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it offers no service within %d s".formatted(SERVICE_SECONDS));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Those who use its packages get the new ones. */
    private void refresh() {
        if (self || !framework.getRemovalPendingBundles().contains(bundle)) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        framework.refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        try {
            boolean refreshed = takesUsAlong || done.await(REFRESH_SECONDS, TimeUnit.SECONDS);
            if (!refreshed) {
                throw new IllegalStateException(
                        "bundles that use its packages did not restart within %d s".formatted(REFRESH_SECONDS));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
