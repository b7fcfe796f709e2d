// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;

/** Starts a thread that waits for ever, and fails. */
public class Busy extends Offering {
    @Override
    public void start(BundleContext context) {
        new Thread(Busy::idle, "sample-busy").start();
        throw new IllegalStateException("no licence found");
    }

    private static void idle() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }
}
