// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.concurrent.TimeUnit;

final class RealPace implements OpenLoop.Pace {

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void until(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }
}
