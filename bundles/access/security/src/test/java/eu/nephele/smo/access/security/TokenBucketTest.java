// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.security.TokenBucket.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aBurstIsGivenAtOnceAndThenAsMuchAsComesBack() {
        TokenBucket bucket = new TokenBucket(new Rate(10, 5), 0);
        for (int i = 0; i < 5; i++) {
            assertThat(bucket.take(1, 0)).isZero();
        }
        assertThat(bucket.take(1, 0)).isEqualTo(SECOND / 10);
        assertThat(bucket.take(1, SECOND / 10 - 1)).isEqualTo(1);
        assertThat(bucket.take(1, SECOND / 10)).isZero();
        assertThat(bucket.isFull(SECOND / 2)).isFalse();
        assertThat(bucket.isFull(SECOND)).isTrue();
        assertThat(bucket.take(5, 100 * SECOND))
                .as("no more than a burst is saved")
                .isZero();
        assertThat(bucket.take(1, 100 * SECOND)).isPositive();
    }

    @Test
    void moreThanABurstIsGivenOutOfAFullBucketAndLacksAfterwards() {
        TokenBucket bucket = new TokenBucket(new Rate(100, 100), 0);
        assertThat(bucket.take(300, 0)).isZero();
        assertThat(bucket.take(1, SECOND)).isPositive();
        assertThat(bucket.take(1, 2 * SECOND + SECOND / 100)).isZero();
        assertThat(bucket.take(300, 3 * SECOND)).as("it is not full").isEqualTo(SECOND / 100);
    }

    @Test
    void whatWasUsedAlreadyIsChargedHoweverMuchIsLeft() {
        TokenBucket bucket = new TokenBucket(new Rate(10, 10), 0);
        bucket.charge(25, 0);
        assertThat(bucket.take(1, SECOND)).isPositive();
        assertThat(bucket.take(1, 2 * SECOND)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "1, 0", "NaN, 1"})
    void aRateThatGivesNothingIsNone(double perSecond, long burst) {
        assertThatThrownBy(() -> new Rate(perSecond, burst)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever comes when, in each window no more is given than a burst and what comes back in it. */
    @Test
    void neverGivesMoreThanABurstAndWhatComesBack() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            long burst = 1 + random.nextInt(20);
            double perSecond = 0.5 + random.nextInt(50);
            TokenBucket bucket = new TokenBucket(new Rate(perSecond, burst), 0);
            List<Long> given = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 300; i++) {
                now += random.nextInt(5) == 0 ? random.nextInt((int) SECOND) : random.nextInt(1000);
                if (bucket.take(1, now) == 0) {
                    given.add(now);
                }
            }
            for (int from = 0; from < given.size(); from++) {
                for (int to = from; to < given.size(); to++) {
                    double most = burst + (given.get(to) - given.get(from)) * perSecond / SECOND;
                    assertThat((double) (to - from + 1)).isLessThanOrEqualTo(most + 1e-6);
                }
            }
        }
    }

    @Test
    void threadsThatTakeAtOnceGetABurstTogether() throws Exception {
        TokenBucket bucket = new TokenBucket(new Rate(0.001, 1000), 0);
        AtomicInteger given = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        if (bucket.take(1, 0) == 0) {
                            given.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(given).hasValue(1000);
    }
}
