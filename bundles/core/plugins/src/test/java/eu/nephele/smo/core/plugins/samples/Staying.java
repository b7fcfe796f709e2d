// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers what {@link Offering} does, and does not let itself be stopped until a system property says so. */
public final class Staying implements BundleActivator {

    private final Offering offering = new Offering();

    @Override
    public void start(BundleContext context) {
        offering.start(context);
    }

    @Override
    public void stop(BundleContext context) {
        while (!Boolean.getBoolean("sample.endless.ends")) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
