// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders of events that a server seldom brings about. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MirrorTest {

    private static final LinkSettings SETTINGS = new LinkSettings(
            "raw", "file:k", Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20, Optional.empty(), Optional.empty());

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Connection connection = new Connection(SETTINGS, any -> Optional.of("""
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: t}}]
            current-context: x
            """));

    @AfterEach
    void end() {
        connection.close();
        scheduler.shutdownNow();
    }

    @Test
    void aWatchThatHasEndedBeforeItIsKnownToHaveBegunIsOpenedAgain() throws Exception {
        AtomicInteger watches = new AtomicInteger();
        try (var mirror = mirror(() -> maps("m"), watcher -> {
            if (watches.incrementAndGet() == 1) {
                watcher.onClose();
            }
        })) {
            await(() -> watches.get() >= 2);
            assertThat(mirror.kept()).containsOnlyKeys("m");
        }
    }

    @Test
    void whatALookThatWasOvertakenHasFoundDoesNotCount() throws Exception {
        CountDownLatch overtaken = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        AtomicReference<Thread> looking = new AtomicReference<>();
        try (var mirror = mirror(
                () -> {
                    if (looks.incrementAndGet() > 1) {
                        return maps("new");
                    }
                    looking.set(Thread.currentThread());
                    try {
                        overtaken.await();
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                    return maps("old");
                },
                watcher -> {})) {
            await(() -> looking.get() != null);
            mirror.hurry();
            await(() -> mirror.kept().equals(Map.of("new", "new")));
            overtaken.countDown();
            await(() -> Arrays.stream(looking.get().getStackTrace())
                    .noneMatch(frame -> frame.getClassName().startsWith(Mirror.class.getName())));
            assertThat(mirror.kept()).isEqualTo(Map.of("new", "new"));
            assertThat(mirror.failingFor()).isEmpty();
        }
    }

    @Test
    void aServerThatSaysWhenToAskAgainIsNotAskedBefore() throws Exception {
        AtomicLong first = new AtomicLong();
        AtomicLong second = new AtomicLong();
        try (var mirror = mirror(
                () -> {
                    if (first.compareAndSet(0, System.nanoTime())) {
                        throw new KubernetesClientException("slow down", 429, slowDown());
                    }
                    second.compareAndSet(0, System.nanoTime());
                    return maps("m");
                },
                watcher -> {})) {
            await(() -> mirror.kept().containsKey("m"));
            assertThat(Duration.ofNanos(second.get() - first.get())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }

    private static Status slowDown() {
        return new StatusBuilder()
                .withCode(429)
                .withNewDetails()
                .withRetryAfterSeconds(2)
                .endDetails()
                .build();
    }

    private Mirror<ConfigMap, String> mirror(Supplier<ConfigMapList> list, Consumer<Watcher<?>> watched) {
        return new Mirror<ConfigMap, String>(
                        connection,
                        new Mirror.Which<>("maps", client -> served(list, watched)),
                        map -> Optional.of(map.getMetadata().getName()),
                        key -> {},
                        scheduler,
                        Duration.ofMinutes(5))
                .start();
    }

    @SuppressWarnings("unchecked")
    private static FilterWatchListDeletable<ConfigMap, ConfigMapList, ?> served(
            Supplier<ConfigMapList> list, Consumer<Watcher<?>> watched) {
        return (FilterWatchListDeletable<ConfigMap, ConfigMapList, ?>) Proxy.newProxyInstance(
                MirrorTest.class.getClassLoader(),
                new Class<?>[] {FilterWatchListDeletable.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        return list.get();
                    }
                    watched.accept((Watcher<?>) arguments[1]);
                    return (Watch) () -> {};
                });
    }

    private static ConfigMapList maps(String name) {
        return new ConfigMapListBuilder()
                .withNewMetadata()
                .withResourceVersion("5")
                .endMetadata()
                .withItems(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .build();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
