// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;

/** Leaves a thread behind, until a system property ends it. */
public class Leaking extends Offering {
    @Override
    public void start(BundleContext context) {
        super.start(context);
        Thread thread = new Thread(Leaking::linger, "sample-leak");
        thread.setDaemon(true);
        thread.start();
    }

    private static void linger() {
        while (!Boolean.getBoolean("sample.leak.ends")) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
