// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import java.util.concurrent.locks.LockSupport;

/** A component whose constructor does not return, also after an interrupt, until a system property ends it. */
public class Endless extends AllOnFirst {
    public Endless() {
        while (!Boolean.getBoolean("sample.endless.ends")) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
