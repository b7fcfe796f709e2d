// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders of events that a server seldom causes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ResourceCacheTest {

    private static final LinkSettings SETTINGS = new LinkSettings(
            "raw", "file:k", Duration.ofSeconds(5), Duration.ofSeconds(3), 1 << 20, Optional.empty(), Optional.empty());

    private static final String LIST = """
            {"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":"5"},
            "items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"}}]}""";

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final ApiServerConnection connection = connection(1);

    @AfterEach
    void end() {
        connection.close();
        scheduler.shutdownNow();
    }

    @Test
    void aWatchThatHasEndedBeforeItIsKnownToHaveBegunIsOpenedAgain() throws Exception {
        AtomicInteger watches = new AtomicInteger();
        try (var resourceCache = cache(() -> maps("m"), watcher -> {
            if (watches.incrementAndGet() == 1) {
                watcher.onClose(new WatcherException("ended"));
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
        try (var resourceCache = cache(
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
        try (var resourceCache = cache(
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

    @Test
    void whileWatchesAreRefusedChangesAreSeenByListingAgain() throws Exception {
        AtomicReference<String> present = new AtomicReference<>("old");
        try (RawServer server = new RawServer((head, out, socket) -> (head.contains("watch=true")
                                ? RawServer.status(403, "", "")
                                : RawServer.json(LIST.formatted(present.get())))
                        .to(head, out, socket));
                ApiServerConnection link = connection(server.port());
                var resourceCache = cache(link)) {
            await(() -> resourceCache.kept().containsKey("old"));
            present.set("new");
            await(() -> resourceCache.kept().equals(Map.of("new", "new")));
        }
    }

    @Test
    void aListThatStopsInTheMiddleIsAFailure() throws Exception {
        try (RawServer server = new RawServer((head, out, socket) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{".getBytes(UTF_8));
                    out.flush();
                    socket.getInputStream().read();
                });
                ApiServerConnection link = connection(server.port());
                var resourceCache = cache(link)) {
            await(() -> resourceCache.failure().isPresent());
            assertThat(resourceCache.failure())
                    .hasValueSatisfying(why -> assertThat(why.kind()).isEqualTo(AdapterException.Kind.TIMED_OUT));
        }
    }

    @Test
    void theEndOfAServerIsNoticedByTheEndOfItsWatch() throws Exception {
        CountDownLatch watched = new CountDownLatch(1);
        RawServer server = new RawServer((head, out, socket) -> {
            if (head.contains("watch=true")) {
                out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
                out.flush();
                watched.countDown();
                socket.getInputStream().read();
            } else {
                RawServer.json(LIST.formatted("m")).to(head, out, socket);
            }
        });
        try (ApiServerConnection link = connection(server.port());
                var resourceCache = cache(link)) {
            watched.await();
            assertThat(resourceCache.failingFor()).isEmpty();
            server.close();
            await(() -> resourceCache.failingFor().isPresent());
            assertThat(resourceCache.kept()).as("the last state").containsOnlyKeys("m");
        } finally {
            server.close();
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

    private static ApiServerConnection connection(int port) {
        return new ApiServerConnection(SETTINGS, any -> Optional.of("""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                users: [{name: u, user: {token: t}}]
                current-context: x
                """.formatted(port)));
    }

    private ResourceCache<ConfigMap, String> cache(Supplier<ConfigMapList> list, Consumer<Watcher<?>> watched) {
        return cache(connection, client -> served(list, watched));
    }

    private ResourceCache<ConfigMap, String> cache(ApiServerConnection link) {
        return cache(link, client -> client.configMaps().inAnyNamespace());
    }

    private ResourceCache<ConfigMap, String> cache(
            ApiServerConnection link,
            Function<
                            KubernetesClient,
                            FilterWatchListDeletable<ConfigMap, ? extends KubernetesResourceList<ConfigMap>, ?>>
                    of) {
        return new ResourceCache<ConfigMap, String>(
                        link,
                        new ResourceCache.WatchTarget<>("maps", of),
                        map -> Optional.of(map.getMetadata().getName()),
                        (key, before, now) -> {},
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
