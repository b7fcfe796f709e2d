// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Does not start. */
public class Throwing implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("no licence found");
    }

    @Override
    public void stop(BundleContext context) {
        // nothing was started
    }
}
