// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final LoginThrottle throttle = new LoginThrottle(nanos::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("10.0.0.1", "anna");
        }
    }

    @Test
    void theDelayBeginsWithTheFifthFailureDoublesAndHasALimit() {
        fail(4);
        assertThat(throttle.delay("10.0.0.1", "anna")).isEmpty();
        fail(1);
        assertThat(throttle.delay("10.0.0.1", "anna")).contains(Duration.ofSeconds(1));
        fail(3);
        assertThat(throttle.delay("10.0.0.1", "anna")).contains(Duration.ofSeconds(8));
        fail(100);
        assertThat(throttle.delay("10.0.0.1", "anna")).contains(Duration.ofMinutes(5));
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(throttle.delay("10.0.0.1", "anna")).isEmpty();
    }

    @Test
    void othersAreNotHeldUpAndASuccessForgets() {
        fail(10);
        assertThat(throttle.delay("10.0.0.2", "anna")).as("another address").isEmpty();
        assertThat(throttle.delay("10.0.0.1", "bert")).as("another name").isEmpty();
        throttle.succeeded("10.0.0.1", "anna");
        assertThat(throttle.delay("10.0.0.1", "anna")).isEmpty();
        fail(4);
        assertThat(throttle.delay("10.0.0.1", "anna")).isEmpty();
    }

    @Test
    void manyNamesFromOneAddressAreDelayedTogether() {
        for (int i = 0; i < 99; i++) {
            throttle.failed("10.0.0.9", "name" + i);
        }
        assertThat(throttle.delay("10.0.0.9", "fresh")).isEmpty();
        throttle.failed("10.0.0.9", "name99");
        assertThat(throttle.delay("10.0.0.9", "fresh")).contains(Duration.ofSeconds(1));
        assertThat(throttle.delay("10.0.0.1", "fresh")).as("another address").isEmpty();
    }

    @Test
    void aLoginOfOnesOwnDoesNotForgetWhatWasTriedWithOtherNames() {
        for (int i = 0; i < 100; i++) {
            throttle.failed("10.0.0.9", "name" + i);
        }
        throttle.succeeded("10.0.0.9", "own");
        assertThat(throttle.delay("10.0.0.9", "fresh")).isPresent();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        throttle.failed("10.0.0.9", "fresh");
        assertThat(throttle.delay("10.0.0.9", "fresh")).as("an hour later").isEmpty();
    }

    /** Behind a proxy all have one address: who guesses there keeps out nobody who has been in. */
    @Test
    void whoHasLoggedInFromThereIsDelayedByFailuresOfTheirOwnNameAlone() {
        throttle.succeeded("10.0.0.9", "anna");
        for (int i = 0; i < 200; i++) {
            throttle.failed("10.0.0.9", "name" + i);
        }
        assertThat(throttle.delay("10.0.0.9", "anna")).isEmpty();
        assertThat(throttle.delay("10.0.0.9", "bert")).isPresent();
        for (int i = 0; i < 5; i++) {
            throttle.failed("10.0.0.9", "anna");
        }
        assertThat(throttle.delay("10.0.0.9", "anna")).contains(Duration.ofSeconds(1));
    }

    @Test
    void theAddressesOfOneNetworkAreOne() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("2001:db8:1:2::" + i, "anna");
        }
        assertThat(throttle.delay("2001:db8:1:2:ffff::9", "anna")).isPresent();
        assertThat(throttle.delay("2001:db8:1:3::1", "anna")).isEmpty();
    }

    @Test
    void whatIsNoNameTakesThePlaceOfOne() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("10.0.0.9", "NO NAME " + i);
        }
        assertThat(throttle.delay("10.0.0.9", "NO NAME 9")).isPresent();
    }
}
