// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;

/** Says that it starts, and offers nothing until a system property lets it. */
public class WaitingActivator extends Offering {
    @Override
    public void start(BundleContext context) {
        System.setProperty("sample.waits", "true");
        while (!Boolean.getBoolean("sample.go")) {
            LockSupport.parkNanos(1_000_000);
        }
        super.start(context);
    }
}
