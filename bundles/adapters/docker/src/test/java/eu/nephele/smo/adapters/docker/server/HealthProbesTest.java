// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Health;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many replicas at once, slow ones among them, and what rise, fall and grace mean. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HealthProbesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Health HEALTH =
            new Health("/", 80, Duration.ofMinutes(1), SECOND.multipliedBy(5), 1, 1, SECOND);

    private static final Health OFTEN =
            new Health("/", 80, Duration.ofMillis(100), SECOND.multipliedBy(5), 1, 1, SECOND);

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final HealthProbes probes = new HealthProbes(changed::add);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        probes.close();
        threads.shutdownNow();
    }

    private HttpServer server(int status, boolean endless) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, endless ? 0 : -1);
            if (endless) {
                byte[] some = new byte[1000];
                for (int i = 0; i < 1_000_000; i++) {
                    exchange.getResponseBody().write(some);
                }
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Test
    void twoHundredAreAskedWithinASecondAndASlowOneDelaysNone() throws Exception {
        HttpServer good = server(204, false);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            IntStream.range(0, 10)
                    .forEach(i -> probes.ensure("slow" + i, address(silent.getLocalPort()), HEALTH, false));
            // the first question pays for classes that are loaded once
            probes.ensure("first", address(good.getAddress().getPort()), HEALTH, false);
            probes.tick();
            Await.until("the first one", () -> phase("first") == ReplicaPhase.READY);
            IntStream.range(0, 200)
                    .forEach(i ->
                            probes.ensure("c" + i, address(good.getAddress().getPort()), HEALTH, false));
            long begin = System.nanoTime();
            probes.tick();
            Await.until(
                    "all are ready", () -> IntStream.range(0, 200).allMatch(i -> phase("c" + i) == ReplicaPhase.READY));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SECOND);
            assertThat(phase("slow0")).isEqualTo(ReplicaPhase.STARTING);
        } finally {
            good.stop(0);
        }
    }

    @Test
    void whoIsNotReadyYetIsAskedEverySecondWithinItsGrace() throws Exception {
        HttpServer good = server(204, false);
        try {
            Health twice = new Health("/", 80, Duration.ofMinutes(1), SECOND, 2, 1, Duration.ofMinutes(1));
            probes.ensure("c", address(good.getAddress().getPort()), twice, false);
            Await.until("the second answer, long before the interval is over", () -> {
                probes.tick();
                return phase("c") == ReplicaPhase.READY;
            });
        } finally {
            good.stop(0);
        }
    }

    @Test
    void anAnswerWithoutEndIsAnAnswer() throws Exception {
        HttpServer endless = server(200, true);
        try {
            probes.ensure("c", address(endless.getAddress().getPort()), HEALTH, false);
            probes.tick();
            Await.until("ready", () -> phase("c") == ReplicaPhase.READY);
        } finally {
            endless.stop(0);
        }
    }

    @Test
    void whatIsForgottenIsNotAskedAnyMore() {
        probes.ensure("c", address(freePort()), HEALTH, true);
        assertThat(probes.servingHost("c")).hasValue("127.0.0.1");
        probes.retain(Set.of());
        assertThat(probes.phase("c")).isEmpty();
        assertThat(probes.servingHost("c")).isEmpty();
    }

    /** By another host the same container is asked anew; until it is known how it is there, the former host serves. */
    @Test
    void theFormerHostServesUntilTheNewOneIsKnown() throws Exception {
        HttpServer good = server(204, false);
        int port = good.getAddress().getPort();
        try {
            probes.ensure("c", address(port), OFTEN, false);
            awaitPhase("c", ReplicaPhase.READY);
            URI named = URI.create("http://localhost:" + port + "/");
            probes.ensure("c", named, OFTEN, false);
            assertThat(phase("c")).isEqualTo(ReplicaPhase.STARTING);
            assertThat(probes.servingHost("c")).hasValue("127.0.0.1");
            awaitPhase("c", ReplicaPhase.READY);
            assertThat(probes.servingHost("c")).hasValue("localhost");
            // nothing listens there
            probes.ensure("c", URI.create("http://127.0.0.2:" + port + "/"), OFTEN, false);
            assertThat(probes.servingHost("c")).hasValue("localhost");
            awaitPhase("c", ReplicaPhase.UNHEALTHY);
            assertThat(probes.servingHost("c")).isEmpty();
        } finally {
            good.stop(0);
        }
    }

    /** A server that goes and the one that comes for it may be read at the same time. */
    @Test
    void whatIsAskedForByItsFormerHostAgainGoesOn() throws Exception {
        HttpServer good = server(204, false);
        int port = good.getAddress().getPort();
        URI named = URI.create("http://localhost:" + port + "/");
        try {
            probes.ensure("c", address(port), HEALTH, false);
            awaitPhase("c", ReplicaPhase.READY);
            probes.ensure("c", named, HEALTH, false);
            probes.ensure("c", address(port), HEALTH, false);
            assertThat(phase("c")).isEqualTo(ReplicaPhase.READY);
            probes.ensure("c", named, HEALTH, false);
            probes.ensure("c", address(port), HEALTH, false);
            probes.ensure("c", named, HEALTH, false);
            assertThat(probes.servingHost("c")).hasValue("127.0.0.1");
            awaitPhase("c", ReplicaPhase.READY);
            assertThat(probes.servingHost("c")).hasValue("localhost");
        } finally {
            good.stop(0);
        }
    }

    @Test
    void anAnswerThatCameWhileItHadAnotherHostKeepsItFromNoQuestion() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        HttpServer late = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        late.setExecutor(threads);
        late.createContext("/", exchange -> {
            asked.countDown();
            await(moved);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            answered.countDown();
        });
        late.createContext("/after", exchange -> {
            await(answered);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        late.start();
        int port = late.getAddress().getPort();
        try {
            probes.ensure("c", address(port), OFTEN, true);
            probes.ensure(
                    "after",
                    URI.create("http://127.0.0.1:" + port + "/after"),
                    new Health("/after", 80, OFTEN.interval(), OFTEN.timeout(), 1, 1, SECOND),
                    false);
            probes.tick();
            asked.await();
            probes.ensure("c", URI.create("http://localhost:" + port + "/"), OFTEN, false);
            moved.countDown();
            Await.until("an answer after it", () -> changed.contains("after"));
            probes.ensure("c", address(port), OFTEN, false);
            awaitPhase("c", ReplicaPhase.READY);
        } finally {
            late.stop(0);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** It was started again, or is asked for something else: nobody knows how that is. */
    @Test
    void anotherPortOrCheckBeginsAnew() throws Exception {
        HttpServer good = server(204, false);
        int port = good.getAddress().getPort();
        try {
            probes.ensure("c", address(port), HEALTH, false);
            awaitPhase("c", ReplicaPhase.READY);
            probes.ensure("c", address(freePort()), HEALTH, false);
            assertThat(probes.servingHost("c")).isEmpty();
            probes.ensure("d", address(port), HEALTH, false);
            awaitPhase("d", ReplicaPhase.READY);
            Health other = new Health("/other", 80, HEALTH.interval(), SECOND, 1, 1, SECOND);
            probes.ensure("d", URI.create("http://localhost:" + port + "/other"), other, false);
            assertThat(probes.servingHost("d")).isEmpty();
        } finally {
            good.stop(0);
        }
    }

    private void awaitPhase(String id, ReplicaPhase expected) {
        Await.until(expected.name(), () -> {
            probes.tick();
            return phase(id) == expected;
        });
    }

    @Test
    void anAnswerOfWhatWasForgottenMeanwhileMeansNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch forgotten = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        HttpServer good = server(204, false);
        HttpServer late = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        late.setExecutor(threads);
        late.createContext("/", exchange -> {
            asked.countDown();
            try {
                forgotten.await();
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    exchange.getResponseBody().write(new byte[1000]);
                }
            } catch (IOException | InterruptedException read) {
                closed.countDown();
            }
        });
        late.start();
        try {
            probes.ensure("late", address(late.getAddress().getPort()), HEALTH, false);
            probes.tick();
            asked.await();
            probes.forget("late");
            forgotten.countDown();
            closed.await();
            probes.ensure("c", address(good.getAddress().getPort()), HEALTH, false);
            probes.tick();
            Await.until("an answer after it", () -> changed.contains("c"));
            assertThat(changed).containsExactly("c");
        } finally {
            late.stop(0);
            good.stop(0);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ReplicaPhase phase(String id) {
        return probes.phase(id).orElseThrow();
    }

    @Test
    void riseFallAndGraceCountAnswersInARow() {
        Health health = new Health("/", 80, SECOND, SECOND, 2, 3, SECOND.multipliedBy(10));
        long grace = health.grace().toNanos();
        ReplicaHealth state = ReplicaHealth.begun(false, 0);
        for (int i = 0; i < 5; i++) {
            state = state.answered(false, health, grace - 1);
        }
        assertThat(state.phase()).as("within the grace").isEqualTo(ReplicaPhase.STARTING);
        state = state.answered(true, health, grace);
        assertThat(state.phase()).as("one good answer").isEqualTo(ReplicaPhase.STARTING);
        state = state.answered(true, health, grace);
        assertThat(state.phase()).isEqualTo(ReplicaPhase.READY);
        state = state.answered(false, health, grace)
                .answered(false, health, grace)
                .answered(true, health, grace);
        state = state.answered(false, health, grace).answered(false, health, grace);
        assertThat(state.phase()).as("never three in a row").isEqualTo(ReplicaPhase.READY);
        assertThat(state.answered(false, health, grace).phase()).isEqualTo(ReplicaPhase.UNHEALTHY);
    }

    @Test
    void whatStartsIsAskedOftenWhileItIsWellOrNeedNotBe() {
        Duration usual = SECOND.multipliedBy(10);
        Health health = new Health("/", 80, usual, SECOND, 2, 3, SECOND.multipliedBy(30));
        long grace = health.grace().toNanos();
        ReplicaHealth state = ReplicaHealth.begun(false, 0);
        assertThat(state.pause(health, grace - 1)).isEqualTo(SECOND);
        assertThat(state.pause(health, 0)).as("just begun").isEqualTo(Duration.ofMillis(200));
        assertThat(state.pause(health, grace)).as("after its grace").isEqualTo(usual);
        assertThat(state.answered(true, health, grace).pause(health, grace))
                .as("one more good answer is missing")
                .isEqualTo(SECOND);
        assertThat(state.answered(false, health, grace).pause(health, grace)).isEqualTo(usual);
        assertThat(state.answered(true, health, 0).answered(true, health, 0).pause(health, 0))
                .as("ready")
                .isEqualTo(usual);
        Health oftener = new Health("/", 80, Duration.ofMillis(100), SECOND, 2, 3, usual);
        assertThat(state.pause(oftener, 0)).isEqualTo(oftener.interval());
    }

    @Test
    void whatRanBeforeGetsRequestsUntilItsAnswersAreBad() {
        Health health = new Health("/", 80, SECOND, SECOND, 2, 2, SECOND);
        ReplicaHealth state = ReplicaHealth.begun(true, 0);
        assertThat(state.serves()).isTrue();
        assertThat(state.phase()).isEqualTo(ReplicaPhase.STARTING);
        assertThat(state.answered(true, health, 0).phase()).isEqualTo(ReplicaPhase.READY);
        ReplicaHealth bad = state.answered(false, health, 0);
        assertThat(bad.serves()).isTrue();
        assertThat(bad.answered(false, health, 0).serves()).isFalse();
    }

    /** Requests may wait for it; what has been seen well, or not well for its grace, is not asked more often than wished. */
    @Test
    void whatHasJustBegunIsAskedOften() {
        Health health = new Health("/", 80, SECOND.multipliedBy(10), SECOND, 2, 3, SECOND.multipliedBy(30));
        ReplicaHealth begun = ReplicaHealth.begun(false, 0);
        assertThat(begun.pause(health, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(begun.answered(true, health, 0).pause(health, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(begun.answered(true, health, 0).answered(true, health, 0).pause(health, 0))
                .isEqualTo(health.interval());
        assertThat(begun.pause(health, health.grace().toNanos())).isEqualTo(health.interval());
        assertThat(ReplicaHealth.begun(true, 0).pause(health, 0)).isEqualTo(health.interval());
        Health quick = new Health("/", 80, Duration.ofMillis(100), SECOND, 2, 3, SECOND.multipliedBy(30));
        assertThat(begun.pause(quick, 0)).isEqualTo(quick.interval());
    }
}
