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

/** Orders of events that a server seldom causes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ResourceCacheTest {

    private static final LinkSettings SETTINGS = new LinkSettings(
            "raw", "file:k", Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20, Optional.empty(), Optional.empty());

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final ApiServerConnection connection = new ApiServerConnection(SETTINGS, any -> Optional.of("""
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
        try (var resourceCache = mirror(() -> maps("m"), watcher -> {
            if (watches.incrementAndGet() == 1) {
                watcher.onClose();
            }
        })) {
            await(() -> watches.get() >= 2);
            assertThat(resourceCache.kept()).containsOnlyKeys("m");
        }
    }

    @Test
    void whatALookThatWasOvertakenHasFoundDoesNotCount() throws Exception {
        CountDownLatch overtaken = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        AtomicReference<Thread> looking = new AtomicReference<>();
        try (var resourceCache = mirror(
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
            resourceCache.hurry();
            await(() -> resourceCache.kept().equals(Map.of("new", "new")));
            overtaken.countDown();
            await(() -> Arrays.stream(looking.get().getStackTrace())
                    .noneMatch(frame -> frame.getClassName().startsWith(ResourceCache.class.getName())));
            assertThat(resourceCache.kept()).isEqualTo(Map.of("new", "new"));
            assertThat(resourceCache.failingFor()).isEmpty();
        }
    }

    @Test
    void aServerThatSaysWhenToAskAgainIsNotAskedBefore() throws Exception {
        AtomicLong first = new AtomicLong();
        AtomicLong second = new AtomicLong();
        try (var resourceCache = mirror(
                () -> {
                    if (first.compareAndSet(0, System.nanoTime())) {
                        throw new KubernetesClientException("slow down", 429, slowDown());
                    }
                    second.compareAndSet(0, System.nanoTime());
                    return maps("m");
                },
                watcher -> {})) {
            await(() -> resourceCache.kept().containsKey("m"));
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

    private ResourceCache<ConfigMap, String> mirror(Supplier<ConfigMapList> list, Consumer<Watcher<?>> watched) {
        return new ResourceCache<ConfigMap, String>(
                        connection,
                        new ResourceCache.WatchTarget<>("maps", client -> served(list, watched)),
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
                ResourceCacheTest.class.getClassLoader(),
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
