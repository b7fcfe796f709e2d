// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * The start of a bundle. Felix refuses to resolve a bundle while another thread holds its lock; that says nothing about the
 * content, so that the start is tried again, for some two seconds.
 */
record BundleStart(Bundle bundle) {

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = 200_000_000;

    void run() throws BundleException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                bundle.start();
                return;
            } catch (BundleException refused) {
                if (!String.valueOf(refused.getMessage()).contains("global lock")) {
                    throw refused;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        bundle.start();
    }
}
