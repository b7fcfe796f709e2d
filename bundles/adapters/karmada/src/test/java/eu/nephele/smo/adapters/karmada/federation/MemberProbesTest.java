// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that fall silent, seen through a control plane that answers for them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemberProbesTest {

    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Integer> status = new ConcurrentHashMap<>(Map.of("m1", 200, "m2", 200));
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong(1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile boolean controlPlane = true;
    /** Time of the last answer of the control plane; 0: it always answers. */
    private volatile long answeredAt;

    private HttpServer server;
    private ApiServerConnection connection;
    private MemberProbes probes;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/apis/cluster.karmada.io/v1alpha1/clusters/", exchange -> {
            String cluster = exchange.getRequestURI().getPath().replaceFirst(".*/clusters/([^/]+)/.*", "$1");
            byte[] body = "ok".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.getOrDefault(cluster, 404), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            asked.incrementAndGet();
        });
        server.start();
        connection = new ApiServerConnection(
                new LinkSettings("karmada", "file:k", PATIENCE, PATIENCE, 1 << 20, Optional.empty(), Optional.empty()),
                any -> Optional.of("""
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                        users: [{name: u, user: {token: t}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        current-context: x
                        """.formatted(server.getAddress().getPort())));
        probes = new MemberProbes(
                connection, () -> Set.of("m1", "m2"), this::controlPlane, LIMIT, told::add, nanos::get);
    }

    @AfterEach
    void end() {
        probes.close();
        connection.close();
        server.stop(0);
    }

    @Test
    void aMemberIsSilentAfterTheLimitAndNotBefore() throws Exception {
        pass(2);
        status.put("m1", 503);
        pass(5);
        assertThat(probes.silence("m1")).isEmpty();
        pass(3);
        assertThat(probes.silence("m1"))
                .hasValueSatisfying(silence -> assertThat(silence).isBetween(LIMIT, LIMIT.plusSeconds(3)));
        assertThat(told).containsExactly("m1");
        assertThat(probes.silence("m2")).isEmpty();

        status.put("m1", 200);
        pass(2);
        assertThat(probes.silence("m1")).isEmpty();
        assertThat(told).containsExactly("m1", "m1");
    }

    @Test
    void whoRefusesOrWasNeverReachedIsNotSilent() throws Exception {
        status.put("m1", 403);
        status.put("m2", 503);
        pass(20);
        assertThat(probes.silence("m1")).isEmpty();
        assertThat(probes.silence("m2")).isEmpty();
    }

    @Test
    void aMemberThatNeverAnswersHasNoWayAndIsSeldomAsked() throws Exception {
        status.put("m1", 500);
        pass(2);
        assertThat(probes.way("m1")).isEqualTo(ProbeRoute.UNKNOWN);
        assertThat(probes.way("m2")).isEqualTo(ProbeRoute.OPEN);
        pass(6);
        assertThat(probes.way("m1")).isEqualTo(ProbeRoute.NONE);
        assertThat(probes.silence("m1")).isEmpty();

        asked.set(0);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        probes.tick();
        await(() -> asked.get() >= 1 && probes.isIdle());
        assertThat(asked).as("m2 alone").hasValue(1);

        status.put("m1", 200);
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        probes.tick();
        await(() -> probes.way("m1") == ProbeRoute.OPEN);
    }

    @Test
    void aMemberThatAnsweredOnceHasAWayHoweverLongItIsSilent() throws Exception {
        pass(2);
        status.put("m1", 500);
        pass(20);
        assertThat(probes.way("m1")).isEqualTo(ProbeRoute.OPEN);
    }

    @Test
    void nothingFollowsWhileTheControlPlaneIsAwayOrNobodyAnswersAtAll() throws Exception {
        pass(2);
        controlPlane = false;
        status.put("m1", 503);
        pass(10);
        assertThat(probes.silence("m1")).isEmpty();

        controlPlane = true;
        status.put("m1", 200);
        pass(2);
        status.put("m1", 503);
        status.put("m2", 503);
        pass(10);
        assertThat(told).isEmpty();
    }

    @Test
    void nothingFollowsFromAControlPlaneThatHangs() throws Exception {
        // m1 is the only one that ever answered
        status.put("m2", 503);
        pass(2);
        status.put("m1", 503);
        answeredAt = nanos.get();
        pass(10);
        assertThat(probes.silence("m1")).isEmpty();
        answeredAt = nanos.get();
        pass(1);
        assertThat(probes.silence("m1")).as("it answers, m1 does not").isPresent();
    }

    private Optional<Duration> controlPlane() {
        long since = answeredAt == 0 ? 0 : nanos.get() - answeredAt;
        return controlPlane ? Optional.of(Duration.ofNanos(since)) : Optional.empty();
    }

    /** Advances the clock by so many seconds, with a probe of all due members in each. */
    private void pass(int seconds) throws InterruptedException {
        for (int second = 0; second < seconds; second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            int before = asked.get();
            int due = Set.of("m1", "m2").stream()
                    .mapToInt(name -> probes.way(name) == ProbeRoute.NONE ? 0 : 1)
                    .sum();
            probes.tick();
            await(() -> asked.get() >= before + due && probes.isIdle());
            probes.tick();
        }
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(holds.getAsBoolean()).isTrue();
    }
}
