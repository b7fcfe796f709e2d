// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.security.RequestLimits.Exceeded;
import eu.nephele.smo.access.security.RequestLimits.LimitSettings;
import eu.nephele.smo.access.security.TokenBucket.Rate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final LimitSettings SETTINGS =
            new LimitSettings(new Rate(10, 3), new Rate(1, 2), new Rate(100, 1000), Set.of("admin"));

    private final AtomicLong now = new AtomicLong();

    private RequestLimits limits(int most) {
        return new RequestLimits(Optional.of(SETTINGS), now::get, most);
    }

    private static Optional<Exceeded> ask(RequestLimits limits, String principal, String method) {
        return limits.admit(limits.ofPrincipal(principal).orElseThrow(), method, -1);
    }

    @Test
    void oneCallerIsLimitedAndTheOthersAreNot() {
        RequestLimits limits = limits(100);
        for (int i = 0; i < 3; i++) {
            assertThat(ask(limits, "anna", "GET")).isEmpty();
        }
        assertThat(ask(limits, "anna", "GET")).hasValueSatisfying(exceeded -> {
            assertThat(exceeded.limit()).isEqualTo("reads");
            assertThat(exceeded.retryAfterSeconds()).isEqualTo(1);
        });
        assertThat(ask(limits, "anna", "POST")).as("writes are counted apart").isEmpty();
        assertThat(ask(limits, "anna", "DELETE")).isEmpty();
        assertThat(ask(limits, "anna", "PUT")).map(Exceeded::limit).contains("writes");
        assertThat(ask(limits, "bob", "GET")).isEmpty();
        assertThat(limits.ofPrincipal("admin")).isEmpty();
        now.addAndGet(SECOND / 10);
        assertThat(ask(limits, "anna", "GET")).isEmpty();
    }

    @Test
    void bodiesAreLimitedByTheirBytes() {
        RequestLimits limits = limits(100);
        CallerBuckets anna = limits.ofPrincipal("anna").orElseThrow();
        assertThat(limits.admit(anna, "POST", 900)).isEmpty();
        assertThat(limits.admit(anna, "POST", 200)).hasValueSatisfying(exceeded -> {
            assertThat(exceeded.limit()).isEqualTo("bodies");
            assertThat(exceeded.waitNanos()).isEqualTo(SECOND);
        });
        assertThat(limits.admit(anna, "POST", 0)).as("it took no request").isEmpty();
        now.addAndGet(100 * SECOND);
        limits.charge(anna, 2000);
        assertThat(limits.admit(anna, "POST", 1)).isPresent();
        assertThat(limits.admit(anna, "POST", 0)).isEmpty();
    }

    @Test
    void aNameIsNotAnAddress() {
        RequestLimits limits = limits(100);
        assertThat(limits.ofPrincipal("10.0.0.1").orElseThrow())
                .isNotSameAs(limits.ofAddress("10.0.0.1").orElseThrow());
        assertThat(limits.ofAddress("2001:db8:1:2::1").orElseThrow())
                .as("one network")
                .isSameAs(limits.ofAddress("2001:db8:1:2:ffff::7").orElseThrow())
                .isNotSameAs(limits.ofAddress("2001:db8:1:3::1").orElseThrow());
    }

    @Test
    void theNumberOfBucketsIsBoundedAndWhoIsLimitedIsNotForgotten() {
        RequestLimits limits = limits(50);
        for (int i = 0; i < 4; i++) {
            ask(limits, "anna", "GET");
        }
        for (int i = 0; i < 10_000; i++) {
            limits.admit(
                    limits.ofAddress("10.0.%d.%d".formatted(i / 256, i % 256)).orElseThrow(), "GET", -1);
            assertThat(limits.size()).isLessThanOrEqualTo(1 + 50);
        }
        assertThat(limits.ofAddress("10.9.9.8").orElseThrow())
                .as("those who come when all places are taken share one")
                .isSameAs(limits.ofAddress("10.9.9.9").orElseThrow());
        assertThat(ask(limits, "anna", "GET")).isPresent();
        assertThat(limits.ofPrincipal("bert").orElseThrow())
                .as("addresses take no place of those who are known")
                .isNotSameAs(limits.ofPrincipal("carl").orElseThrow());
        now.addAndGet(10 * SECOND);
        CallerBuckets own = limits.ofAddress("10.9.9.9").orElseThrow();
        assertThat(own).isNotSameAs(limits.ofAddress("10.9.9.8").orElseThrow());
        assertThat(limits.size()).as("the idle have gone").isLessThan(10);
    }

    @Test
    void withoutLimitsNobodyHasABucket() {
        assertThat(RequestLimits.none().ofPrincipal("anna")).isEmpty();
        assertThat(RequestLimits.none().ofAddress("10.0.0.1")).isEmpty();
    }

    /** The bound is loose: it fails for a lock or a search, not for a slow machine. */
    @Test
    void aRequestCostsMuchLessThanAMicrosecond() {
        RequestLimits limits = new RequestLimits(
                Optional.of(new LimitSettings(
                        new Rate(1e9, 1 << 30), new Rate(1e9, 1 << 30), new Rate(1e12, 1L << 40), Set.of("admin"))),
                System::nanoTime,
                RequestLimits.MOST_CALLERS);
        for (int i = 0; i < 5_000; i++) {
            limits.ofPrincipal("user" + i);
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < 100_000; i++) {
                limits.admit(limits.ofPrincipal("anna").orElseThrow(), "GET", 100);
            }
            best = Math.min(best, (System.nanoTime() - begin) / 100_000);
        }
        System.out.println("{\"nanosPerRequest\":%d}".formatted(best));
        assertThat(best).isLessThan(1_000);
    }
}
