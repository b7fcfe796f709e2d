// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@Timeout(90)
class StrategyRegistryTest {
    private static final Optional<VersionRange> ANY = Optional.empty();
    private final StrategyRegistry registry = new StrategyRegistry();

    private RegistryEntry add(String id, String version) {
        return registry.add(
                StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, id, PlacementStrategy.VERSION, version));
    }

    private Optional<String> found(String id, Optional<VersionRange> range) {
        return registry.find(ServiceKind.PLACEMENT, id, range)
                .map(registeredService ->
                        registeredService.description().version().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''; 2.0.0", "[1.0,2.0); 1.10.0", "1.2; 2.0.0", "[1.0,1.5]; 1.2.0", "[3,4); ''"})
    void theHighestVersionInTheRangeDecides(String range, String expected) {
        List.of("1.2", "1.10", "2.0").forEach(version -> add("s", version));
        Optional<VersionRange> wished =
                Optional.of(range).filter(text -> !text.isEmpty()).map(VersionRange::valueOf);
        assertThat(found("s", wished)).isEqualTo(Optional.of(expected).filter(text -> !text.isEmpty()));
    }

    @Test
    void theVersionOfTheBundleCountsWhenTheServiceHasNone() {
        registry.add(
                StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, "s"), new Origin("b", Version.parseVersion("3.1")));
        assertThat(found("s", ANY)).contains("3.1.0");
    }

    @Test
    void aServiceWithoutIdIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.add(StrategyHost.allOn(0), Map.of()))
                .withMessageContaining("smo.strategy.id");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.add("text", Map.of()));
    }

    @Test
    void aVersionThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> add("s", "one"));
    }

    @Test
    void everyChangeRaisesTheRevision() {
        long before = registry.revision();
        RegistryEntry registryEntry = add("s", "1");
        long with = registry.revision();
        registryEntry.close();
        registryEntry.close();
        assertThat(with).isGreaterThan(before);
        assertThat(registry.revision()).isEqualTo(with + 1);
        assertThat(found("s", ANY)).isEmpty();
    }

    @Test
    void waitsForAMissingStrategyOnceUntilItIsBack() throws Exception {
        long first = nanosToMiss("s", Duration.ofMillis(400));
        long second = nanosToMiss("s", Duration.ofSeconds(60));
        assertThat(first).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
        assertThat(second).isLessThan(TimeUnit.SECONDS.toNanos(30));
        add("s", "1").close();
        assertThat(nanosToMiss("s", Duration.ofMillis(400))).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
    }

    private long nanosToMiss(String id, Duration most) throws InterruptedException {
        long start = System.nanoTime();
        assertThat(registry.await(ServiceKind.PLACEMENT, id, ANY, most)).isEmpty();
        return System.nanoTime() - start;
    }

    @Test
    void aWaitingCallGetsTheStrategyThatComes() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Optional<RegisteredService>> found = CompletableFuture.supplyAsync(() -> {
            waiting.countDown();
            try {
                return registry.await(ServiceKind.PLACEMENT, "s", ANY, Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.await();
        add("s", "1");
        assertThat(found.get(5, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void noMoreThanThreeWaitAtTheSameTimeTheOthersGoOn() {
        List<CompletableFuture<Optional<RegisteredService>>> looking = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looking.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return registry.await(ServiceKind.PLACEMENT, "s", ANY, Duration.ofSeconds(15));
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        while (looking.stream().filter(CompletableFuture::isDone).count() < 5) {
            Thread.onSpinWait();
        }
        add("s", "1");
        assertThat(looking.stream().map(CompletableFuture::join).filter(Optional::isPresent))
                .as("those that waited")
                .hasSize(3);
    }

    @Test
    void whatWasEjectedIsNotWaitedFor() throws Exception {
        add("s", "1");
        registry.eject(registry.find(ServiceKind.PLACEMENT, "s", ANY).orElseThrow(), "enough");
        assertThat(nanosToMiss("s", Duration.ofSeconds(60))).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    /** A call that the test drives by hand. */
    private static final class HandMade implements RegisteredService.ActiveCall {
        private final long latestNanos;
        private final AtomicBoolean interrupted = new AtomicBoolean();

        HandMade(Duration budget) {
            latestNanos = System.nanoTime() + budget.toNanos();
        }

        @Override
        public long latestNanos() {
            return latestNanos;
        }

        @Override
        public boolean live() {
            return true;
        }

        @Override
        public void interrupt(String why) {
            interrupted.set(true);
        }
    }

    @Test
    void aStrategyThatLeavesWaitsForTheCallsInside() throws Exception {
        RegistryEntry registryEntry = add("s", "1");
        RegisteredService registeredService =
                registry.find(ServiceKind.PLACEMENT, "s", ANY).orElseThrow();
        HandMade call = new HandMade(Duration.ofSeconds(10));
        assertThat(registeredService.enter(call)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(registryEntry::close);
        HandMade late = new HandMade(Duration.ofSeconds(10));
        while (registeredService.enter(late)) {
            registeredService.leave(late);
        }
        assertThat(closed).isNotDone();
        assertThat(found("s", ANY)).as("nobody finds it any more").isEmpty();
        registeredService.leave(call);
        closed.get(3, TimeUnit.SECONDS);
        assertThat(call.interrupted).isFalse();
    }

    @Test
    void waitsNoLongerThanTheBudgetOfTheCallAndInterruptsIt() {
        RegistryEntry registryEntry = add("s", "1");
        HandMade call = new HandMade(Duration.ofMillis(100));
        registry.find(ServiceKind.PLACEMENT, "s", ANY).orElseThrow().enter(call);
        long start = System.nanoTime();
        registryEntry.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("less than the 4 s that others get")
                .isLessThan(Duration.ofMillis(3_500));
        assertThat(call.interrupted).isTrue();
    }

    @Test
    void waitsNoLongerThanFourSeconds() {
        RegistryEntry registryEntry = add("s", "1");
        HandMade call = new HandMade(Duration.ofHours(1));
        registry.find(ServiceKind.PLACEMENT, "s", ANY).orElseThrow().enter(call);
        long start = System.nanoTime();
        registryEntry.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(3_900), Duration.ofSeconds(60));
        assertThat(call.interrupted).isTrue();
    }
}
