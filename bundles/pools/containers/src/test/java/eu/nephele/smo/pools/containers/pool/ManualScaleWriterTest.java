// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes while the pool is written goes with the next write, and each caller learns what became of its own. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ManualScaleWriterTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** Guarded by itself. */
    private final List<Map<String, ManualScale>> written = new ArrayList<>();

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final ManualScaleWriter writer = new ManualScaleWriter(this::write);

    private Set<String> write(Map<String, ManualScale> numbers, CallContext call) {
        begun.countDown();
        try {
            first.await();
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        }
        synchronized (written) {
            written.add(numbers);
        }
        if (numbers.containsKey("refused")) {
            throw SmoException.conflict("changed meanwhile");
        }
        if (numbers.containsKey("broken")) {
            throw new OutOfMemoryError("played");
        }
        Set<String> there = new HashSet<>(numbers.keySet());
        there.remove("removed");
        return there;
    }

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    private CompletableFuture<Void> client(String service, int replicas) {
        return CompletableFuture.runAsync(() -> writer.write(service, new ManualScale(replicas, NOW, "")), clients);
    }

    private CompletableFuture<Void> alone(String service, int replicas) {
        return CompletableFuture.runAsync(
                () -> writer.writeAlone(service, new ManualScale(replicas, NOW, "key"), CallContext.INTERNAL), clients);
    }

    private static void assertKind(CompletableFuture<Void> client, SmoException.Kind kind) {
        assertThatThrownBy(client::join).cause().isInstanceOfSatisfying(SmoException.class, no -> assertThat(no.kind())
                .isEqualTo(kind));
    }

    @Test
    void whatComesMeanwhileGoesTogether() throws Exception {
        CompletableFuture<Void> alone = client("a", 1);
        begun.await();
        List<CompletableFuture<Void>> others = List.of(client("b", 2), client("c", 3), client("d", 4));
        while (writer.waiting() < others.size()) {
            Thread.onSpinWait();
        }
        assertThat(alone).isNotDone();
        first.countDown();
        alone.join();
        others.forEach(CompletableFuture::join);
        assertThat(written).hasSize(2);
        assertThat(written.get(0)).containsOnlyKeys("a");
        assertThat(written.get(1)).containsOnlyKeys("b", "c", "d");
        assertThat(written.get(1).get("d").replicas()).isEqualTo(4);
    }

    @Test
    void aFailureIsThatOfEachWhoseNumberWasInIt() throws Exception {
        CompletableFuture<Void> alone = client("a", 1);
        begun.await();
        List<CompletableFuture<Void>> others = List.of(client("refused", 2), client("c", 3));
        while (writer.waiting() < others.size()) {
            Thread.onSpinWait();
        }
        first.countDown();
        alone.join();
        others.forEach(other -> assertThatThrownBy(other::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SmoException.class));
        client("e", 5).join();
        assertThat(written).hasSize(3);
    }

    @Test
    void nobodyIsToldThatANumberOfABrokenWriteIsThere() throws Exception {
        CompletableFuture<Void> alone = client("a", 1);
        begun.await();
        List<CompletableFuture<Void>> others = List.of(client("broken", 2), client("c", 3), client("d", 4));
        while (writer.waiting() < others.size()) {
            Thread.onSpinWait();
        }
        first.countDown();
        alone.join();
        List<Throwable> causes = new ArrayList<>();
        others.forEach(other -> assertThatThrownBy(other::join).satisfies(no -> causes.add(no.getCause())));
        assertThat(causes).filteredOn(OutOfMemoryError.class::isInstance).hasSize(1);
        assertThat(causes).filteredOn(SmoException.class::isInstance).hasSize(2).allSatisfy(no -> assertThat(
                        ((SmoException) no).kind())
                .isEqualTo(SmoException.Kind.UNAVAILABLE));
        assertThat(written).as("none is written a second time").hasSize(2);
        client("e", 5).join();
    }

    @Test
    void whoseServiceWasRemovedMeanwhileIsToldSoAndTheOthersHaveTheirs() throws Exception {
        CompletableFuture<Void> alone = client("a", 1);
        begun.await();
        CompletableFuture<Void> removed = client("removed", 2);
        CompletableFuture<Void> other = client("c", 3);
        while (writer.waiting() < 2) {
            Thread.onSpinWait();
        }
        first.countDown();
        alone.join();
        other.join();
        assertKind(removed, SmoException.Kind.NOT_FOUND);
        assertThat(written.get(1)).containsOnlyKeys("removed", "c");
        assertKind(alone("removed", 2), SmoException.Kind.NOT_FOUND);
    }

    @Test
    void oneAloneWaitsForItsTurnAndTakesNoOthersWithIt() throws Exception {
        CompletableFuture<Void> one = client("a", 1);
        begun.await();
        CompletableFuture<Void> alone = alone("b", 2);
        CompletableFuture<Void> other = client("c", 3);
        while (writer.waiting() < 1) {
            Thread.onSpinWait();
        }
        first.countDown();
        CompletableFuture.allOf(one, alone, other).join();
        assertThat(written)
                .hasSize(3)
                .extracting(Map::keySet)
                .containsExactlyInAnyOrder(Set.of("a"), Set.of("b"), Set.of("c"));
    }
}
