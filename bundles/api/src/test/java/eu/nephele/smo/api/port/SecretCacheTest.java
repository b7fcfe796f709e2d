// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SecretCacheTest {

    private static final String REFERENCE = "vault:kv/a#b";

    private long now;
    private int reads;
    private Optional<String> stored = Optional.of("one");
    private Optional<AdapterException> failure = Optional.empty();
    private final SecretCache cache = new SecretCache(Duration.ofSeconds(10), Duration.ofMinutes(5), () -> now);

    private Optional<String> find() {
        return cache.find(REFERENCE, () -> {
            reads++;
            failure.ifPresent(why -> {
                throw why;
            });
            return stored;
        });
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private static AdapterException failure(AdapterException.Kind kind) {
        return new AdapterException(kind, "vault", "it is " + kind);
    }

    @Test
    void aValueIsAskedForOnceWhileItIsFreshAndAnotherOneIsSeenAfterwards() {
        assertThat(find()).contains("one");
        stored = Optional.of("two");
        later(Duration.ofSeconds(9));
        assertThat(find()).contains("one");
        assertThat(reads).isEqualTo(1);
        later(Duration.ofSeconds(1));
        assertThat(find()).contains("two");
    }

    @Test
    void aRemovedSecretIsSeenAsRemoved() {
        find();
        stored = Optional.empty();
        later(Duration.ofSeconds(10));
        assertThat(find()).isEmpty();
    }

    @Test
    void theLastValueCountsWhileTheSystemIsAwayButNotForEver() {
        find();
        failure = Optional.of(failure(AdapterException.Kind.UNAVAILABLE));
        later(Duration.ofMinutes(4));
        assertThat(find()).contains("one");
        later(Duration.ofMinutes(1));
        assertThatThrownBy(this::find).hasMessage("it is UNAVAILABLE");
        failure = Optional.empty();
        later(Duration.ofSeconds(10));
        assertThat(find()).contains("one");
    }

    @Test
    void aRefusalTakesTheLastValueAway() {
        find();
        failure = Optional.of(failure(AdapterException.Kind.REFUSED));
        later(Duration.ofSeconds(10));
        assertThatThrownBy(this::find).hasMessage("it is REFUSED");
        failure = Optional.of(failure(AdapterException.Kind.UNAVAILABLE));
        later(Duration.ofSeconds(10));
        assertThatThrownBy(this::find).hasMessage("it is UNAVAILABLE");
    }

    @Test
    void aSystemThatFailsIsNotAskedAgainForAMoment() {
        failure = Optional.of(failure(AdapterException.Kind.TIMED_OUT));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::find).hasMessage("it is TIMED_OUT");
        }
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void callersDoNotWaitForOneWhoAsksASilentSystem() throws Exception {
        find();
        later(Duration.ofSeconds(10));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<String>> waiting = threads.submit(() -> cache.find(REFERENCE, () -> {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
                return Optional.of("two");
            }));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(find()).as("at once, the last value").contains("one");
            assertThat(reads).isEqualTo(1);
            answer.countDown();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).contains("two");
            assertThat(find()).contains("two");
        } finally {
            threads.shutdownNow();
        }
    }
}
