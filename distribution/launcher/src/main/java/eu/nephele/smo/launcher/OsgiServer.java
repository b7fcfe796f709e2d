// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** The OSGi framework with the bundles of one profile. */
final class OsgiServer {

    private static final String FRONT = "org.apache.felix.http.jetty.ConnectorFactory";
    private static final String CERTIFICATE = "tlsCertificate";

    private final Framework framework;
    private final AtomicBoolean stopWanted = new AtomicBoolean();

    private OsgiServer(Framework framework) {
        this.framework = framework;
    }

    /** Creates the framework without bundles. */
    static OsgiServer create(Map<String, String> properties) throws ServerStartException {
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new ServerStartException(
                        ServerStartException.BROKEN, "The installation lacks the OSGi framework in its folder lib."));
        Framework framework = factory.newFramework(properties);
        try {
            framework.init();
            UninstalledBundleCleaner.forgetBy(framework);
            return new OsgiServer(framework);
        } catch (BundleException broken) {
            throw new ServerStartException(
                    ServerStartException.BROKEN, "The OSGi framework cannot be started: " + broken, broken);
        }
    }

    /**
     * Installs all jars by reference (nothing is copied), then starts them in the order given.
     *
     * @throws ServerStartException that names every bundle that cannot be started, and why
     */
    void start(List<Path> jars) throws ServerStartException {
        List<String> faults = new ArrayList<>();
        try {
            framework.start();
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : jars) {
                bundles.add(framework.getBundleContext().installBundle("reference:file:" + jar));
            }
            // One run of the resolver for all bundles is faster than one for each.
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            for (Bundle bundle : bundles) {
                if (stopWanted.get()) {
                    return;
                }
                start(bundle, faults);
            }
        } catch (BundleException broken) {
            throw new ServerStartException(
                    ServerStartException.BROKEN, "A bundle cannot be installed: " + broken.getMessage(), broken);
        }
        if (!faults.isEmpty()) {
            throw new ServerStartException(
                    ServerStartException.BROKEN,
                    "%d of %d bundles do not start:%n  %s"
                            .formatted(faults.size(), jars.size(), String.join(System.lineSeparator() + "  ", faults)));
        }
    }

    private static void start(Bundle bundle, List<String> faults) {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
            return;
        }
        try {
            bundle.start();
        } catch (BundleException fault) {
            faults.add(bundle.getSymbolicName() + ": " + fault.getMessage());
        }
    }

    /** Whether the configuration of the web server's front names a certificate. */
    boolean isEncrypted() {
        try {
            ServiceReference<?>[] fronts = framework.getBundleContext().getAllServiceReferences(FRONT, null);
            return fronts != null
                    && Arrays.stream(fronts)
                            .map(front -> front.getProperty(CERTIFICATE))
                            .anyMatch(certificate -> certificate instanceof String file && !file.isBlank());
        } catch (InvalidSyntaxException noFilter) {
            throw new IllegalStateException(noFilter);
        }
    }

    /** Initiates the stop without waiting; may be called from any thread, also while bundles are being started. */
    void stop() {
        if (stopWanted.compareAndSet(false, true)) {
            try {
                framework.stop();
            } catch (BundleException unstoppable) {
                throw new IllegalStateException("The OSGi framework does not stop", unstoppable);
            }
        }
    }

    boolean isStopWanted() {
        return stopWanted.get();
    }

    /**
     * Waits for the end of the framework.
     *
     * @param limitMillis maximum wait; 0 waits for ever
     * @return whether it has ended
     */
    boolean awaitStop(long limitMillis) throws InterruptedException {
        return framework.waitForStop(limitMillis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }
}
