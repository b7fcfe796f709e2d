// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are late, closed during calls, or replaced: none of that counts as an answer of the server. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RenewalTest {

    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** Time-out of calls that another event shall end: far beyond the limit, so that it never ends them. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(90);
    /** Generous for a busy machine, and far below the wait without the feature: the long time-out, or for ever. */
    private static final long LIMIT_SECONDS = 20;

    private static final String MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}";
    private static final String LIST =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[%s]}";

    private final AtomicReference<String> token = new AtomicReference<>("old");
    private final ExecutorService others = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private Optional<RawServer> server = Optional.empty();
    private Optional<ApiServerConnection> connection = Optional.empty();

    @AfterEach
    void end() throws IOException {
        connection.ifPresent(ApiServerConnection::close);
        if (server.isPresent()) {
            server.get().close();
        }
        others.shutdownNow();
        scheduler.shutdownNow();
    }

    @Test
    void aCallThatIsUnderWayWhenTheAdapterStopsIsToBeRepeated() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ApiServerConnection link = connect(LONG_PATIENCE, (head, out, socket) -> {
            asked.countDown();
            Thread.sleep(LONG_PATIENCE.toMillis());
        });
        CompletableFuture<AdapterException> failure = failing(link);
        assertThat(asked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        link.close();
        assertThat(failure.get(LIMIT_SECONDS, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.get().getMessage()).contains("stopped");
        assertThat(catchThrowableOfType(AdapterException.class, () -> read(link))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aKubeconfigThatTakesForEverKeepsNoCallsWaiting() throws Exception {
        ApiServerConnection link = hanging(PATIENCE, new CountDownLatch(1));
        CompletableFuture<AdapterException> one = failing(link);
        CompletableFuture<AdapterException> other = failing(link);
        assertThat(one.get(LIMIT_SECONDS, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(other.get(LIMIT_SECONDS, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aKubeconfigThatTakesForEverKeepsTheEndNotWaitingNorTheCallThatIsUnderWayThen() throws Exception {
        CountDownLatch resolving = new CountDownLatch(1);
        ApiServerConnection link = hanging(LONG_PATIENCE, resolving);
        CompletableFuture<AdapterException> last = failing(link);
        assertThat(resolving.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        CompletableFuture.runAsync(link::close, others).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(last.get(LIMIT_SECONDS, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void whatAnotherCallsNewCredentialsCutOffIsToBeRepeated() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ApiServerConnection link = connect((head, out, socket) -> {
            if (head.contains("/slow")) {
                asked.countDown();
                Thread.sleep(60_000);
            }
            authorised(RawServer.json(MAP.formatted("m"))).to(head, out, socket);
        });
        CompletableFuture<AdapterException> slow = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(AdapterException.class, () -> read(link, "slow")), others);
        assertThat(asked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        token.set("new");
        assertThat(read(link).getMetadata().getName()).isEqualTo("m");

        assertThat(slow.get(LIMIT_SECONDS, TimeUnit.SECONDS).kind()).isIn(Kind.UNAVAILABLE, Kind.TIMED_OUT);
    }

    @Test
    void watchesGoOnWithTheNewCredentials() throws Exception {
        AtomicReference<String> present = new AtomicReference<>("first");
        AtomicReference<Boolean> expired = new AtomicReference<>(false);
        CountDownLatch watched = new CountDownLatch(1);
        ApiServerConnection link = connect((head, out, socket) -> {
            if (head.contains("watch=true")) {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(UTF_8));
                out.flush();
                watched.countDown();
                socket.getInputStream().read();
            } else if (expired.get() && !head.contains("Bearer new")) {
                RawServer.status(401, "", "").to(head, out, socket);
            } else if (head.contains("/m ")) {
                RawServer.json(MAP.formatted("m")).to(head, out, socket);
            } else {
                RawServer.json(LIST.formatted(MAP.formatted(present.get()))).to(head, out, socket);
            }
        });
        try (ResourceCache<ConfigMap, String> resourceCache = cache(link)) {
            await(resourceCache, "first");
            assertThat(watched.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            expired.set(true);
            token.set("new");
            present.set("second");
            assertThat(read(link).getMetadata().getName()).isEqualTo("m");
            await(resourceCache, "second");
        }
    }

    @Test
    void thatAMemberRefusesTheControlPlanesCredentialsSaysNothingOfOurs() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        ApiServerConnection link = connect(
                PATIENCE,
                (head, out, socket) -> (head.contains("/proxy/")
                                ? RawServer.status(401, "", "")
                                : RawServer.json(MAP.formatted("m")))
                        .to(head, out, socket),
                opened);
        link.onRenewal(opened::incrementAndGet);
        assertThat(read(link).getMetadata().getName()).isEqualTo("m");
        AdapterException refused = catchThrowableOfType(
                AdapterException.class,
                () -> link.relayed("Ask m1", client -> client.raw("/clusters/m1/proxy/readyz")));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("the member does not accept");
        assertThat(opened).as("opened once, never renewed").hasValue(1);
    }

    @Test
    void ourOwnCredentialsAreRenewedAlsoWhereTheyEndBeforeAMemberIsAsked() throws Exception {
        ApiServerConnection link = connect(authorised(RawServer.json(MAP.formatted("m"))));
        CompletableFuture<AdapterException> refused = failing(link);
        assertThat(refused.get(LIMIT_SECONDS, TimeUnit.SECONDS).kind()).isEqualTo(Kind.REFUSED);
        token.set("new");
        assertThat(link.<String>relayed("Ask m1", client -> client.raw("/clusters/m1/proxy/readyz")))
                .contains("ConfigMap");
    }

    private ResourceCache<ConfigMap, String> cache(ApiServerConnection link) {
        return new ResourceCache<ConfigMap, String>(
                        link,
                        new ResourceCache.WatchTarget<>(
                                "maps", client -> client.configMaps().inAnyNamespace()),
                        map -> Optional.of(map.getMetadata().getName()),
                        (key, before, now) -> {},
                        scheduler,
                        Duration.ofMinutes(5))
                .start();
    }

    private static void await(ResourceCache<ConfigMap, String> resourceCache, String name) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (!resourceCache.kept().equals(Map.of(name, name)) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(resourceCache.kept()).isEqualTo(Map.of(name, name));
    }

    private RawServer.Answer authorised(RawServer.Answer answer) {
        return (head, out, socket) ->
                (head.contains("Bearer new") ? answer : RawServer.status(401, "", "")).to(head, out, socket);
    }

    private CompletableFuture<AdapterException> failing(ApiServerConnection link) {
        return CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(AdapterException.class, () -> read(link)), others);
    }

    private static ConfigMap read(ApiServerConnection link) {
        return read(link, "m");
    }

    private static ConfigMap read(ApiServerConnection link, String name) {
        return link.call(
                "Read it",
                client -> client.configMaps().inNamespace("n").withName(name).get());
    }

    private ApiServerConnection connect(RawServer.Answer answer) throws IOException {
        return connect(PATIENCE, answer);
    }

    private ApiServerConnection connect(Duration timeout, RawServer.Answer answer) throws IOException {
        return connect(timeout, answer, new AtomicInteger());
    }

    /** @param opened counts the reads of the kubeconfig */
    private ApiServerConnection connect(Duration timeout, RawServer.Answer answer, AtomicInteger opened)
            throws IOException {
        RawServer api = new RawServer(answer);
        server = Optional.of(api);
        ApiServerConnection link = new ApiServerConnection(settings(timeout), any -> kubeconfig(api, opened));
        connection = Optional.of(link);
        return link;
    }

    /** @param resolving a caller has begun to wait for the kubeconfig, which never comes */
    private ApiServerConnection hanging(Duration timeout, CountDownLatch resolving) {
        CountDownLatch never = new CountDownLatch(1);
        ApiServerConnection link = new ApiServerConnection(settings(timeout), any -> {
            resolving.countDown();
            try {
                never.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        });
        connection = Optional.of(link);
        return link;
    }

    private Optional<String> kubeconfig(RawServer api, AtomicInteger opened) {
        opened.incrementAndGet();
        return Optional.of("""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: %s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(api.port(), token.get()));
    }

    private static LinkSettings settings(Duration timeout) {
        return new LinkSettings("raw", "file:k", timeout, timeout, 1 << 20, Optional.empty(), Optional.empty());
    }
}
