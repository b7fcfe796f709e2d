// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.Subscription;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Contract of every port with callbacks: it publishes a change, and publishes nothing after the end of the subscription. */
final class Notifications {

    private static final long QUIET_MILLIS = 300;

    private Notifications() {}

    /**
     * @param subscribe registers a callback
     * @param change causes a change that is published
     */
    static void areToldUntilTheEnd(Function<Runnable, Subscription> subscribe, Runnable change, Duration within)
            throws InterruptedException {
        Semaphore told = new Semaphore(0);
        Subscription subscription = subscribe.apply(told::release);
        try {
            change.run();
            assertThat(told.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS))
                    .as("notified of a change within %s", within)
                    .isTrue();
        } finally {
            subscription.close();
        }
        subscription.close();
        told.drainPermits();
        change.run();
        assertThat(told.tryAcquire(QUIET_MILLIS, TimeUnit.MILLISECONDS))
                .as("notified of a change after the end of the subscription")
                .isFalse();
    }
}
