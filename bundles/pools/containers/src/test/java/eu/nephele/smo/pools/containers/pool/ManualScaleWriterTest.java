// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private void write(Map<String, ManualScale> numbers) {
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
    }

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    private CompletableFuture<Void> client(String service, int replicas) {
        return CompletableFuture.runAsync(() -> writer.write(service, new ManualScale(replicas, NOW, "")), clients);
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
}
