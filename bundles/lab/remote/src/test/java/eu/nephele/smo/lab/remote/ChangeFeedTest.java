// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.ChangesMessage;
import eu.nephele.smo.lab.remote.wire.Messages.SignalReport;
import eu.nephele.smo.lab.remote.wire.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Effects of the answers of a world on the feed, and its next requests. */
class ChangeFeedTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");
    private static final WorkloadRef DB = new WorkloadRef(new GraphId("p", "g"), "db");

    private final WireJson wire = new WireJson();
    private final BlockingQueue<ChangesMessage> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<WorkloadRef> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> clustersTold = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> listings = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer world;
    private ChangeFeed feed;

    @BeforeEach
    void start() throws IOException {
        world = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        world.setExecutor(threads);
        world.createContext("/signals", exchange -> answer(exchange, new SignalReport(Map.of(), Map.of())));
        world.createContext("/changes", this::changes);
        world.createContext("/releases", this::releases);
        world.start();
        URI url = URI.create("http://127.0.0.1:" + world.getAddress().getPort());
        feed = new ChangeFeed(new WorldClient(url, LIMIT, LIMIT), LIMIT, Duration.ofMillis(1));
        answers.add(news("one", 4, 10, true, state("a", 0), state("b", 0)));
        feed.start();
        feed.onWorkloads(told::add);
        feed.onClusters(() -> clustersTold.add("again"));
    }

    @AfterEach
    void end() {
        feed.close();
        world.stop(0);
        threads.shutdownNow();
    }

    @Test
    void whatChangedIsPutToWhatIsKnown() throws Exception {
        assertThat(next(asked)).isEqualTo("history=&since=0&version=0&waitMillis=0");
        assertThat(feed.clusters()).contains(List.of(state("a", 0), state("b", 0)));
        assertThat(next(asked)).isEqualTo("history=one&since=4&version=10&waitMillis=20000");
        answers.add(new ChangesMessage("one", 5, false, false, Set.of(WEB), 12, false, List.of(state("b", 500))));
        assertThat(next(told)).isEqualTo(WEB);
        assertThat(feed.clusters()).contains(List.of(state("a", 0), state("b", 500)));
        assertThat(next(asked)).startsWith("history=one&since=5&version=12");
        List<ClusterState> before = feed.clusters().orElseThrow();
        answers.add(new ChangesMessage("one", 6, false, false, Set.of(DB), 12, false, List.of()));
        assertThat(next(told)).isEqualTo(DB);
        assertThat(feed.clusters().orElseThrow())
                .as("no copy of what has not changed")
                .isSameAs(before);
        assertThat(clustersTold).isEmpty();
    }

    @Test
    void aClusterThatLeftIsGoneAndOneThatCameIsThere() throws Exception {
        answers.add(new ChangesMessage("one", 5, false, true, Set.of(), 11, true, List.of(state("b", 0))));
        next(clustersTold);
        assertThat(feed.clusters()).contains(List.of(state("b", 0)));
        answers.add(new ChangesMessage("one", 6, false, true, Set.of(), 12, false, List.of(state("a2", 0))));
        next(clustersTold);
        assertThat(feed.clusters()).contains(List.of(state("a2", 0), state("b", 0)));
    }

    @Test
    void afterTheWorldBeganAnewNothingOfTheOldOneIsLeft() throws Exception {
        answers.add(new ChangesMessage("two", 1, true, true, Set.of(), 3, true, List.of(state("c", 0))));
        assertThat(next(told)).as("every release of the new one").isEqualTo(DB);
        assertThat(feed.clusters()).contains(List.of(state("c", 0)));
        next(asked);
        next(asked);
        assertThat(next(asked)).startsWith("history=two&since=1&version=3");
    }

    @Test
    void whatCouldNotBeListedIsToldLater() throws Exception {
        listings.add(503);
        answers.add(new ChangesMessage("one", 9, true, true, Set.of(), 11, false, List.of(state("a", 100))));
        next(asked);
        next(asked);
        assertThat(next(asked)).isEqualTo("history=one&since=9&version=11&waitMillis=0");
        assertThat(feed.clusters()).contains(List.of(state("a", 100), state("b", 0)));
        answers.add(new ChangesMessage("one", 9, false, false, Set.of(), 11, false, List.of()));
        assertThat(next(told)).isEqualTo(DB);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private void changes(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getRawQuery());
        try {
            answer(exchange, answers.take());
        } catch (InterruptedException e) {
            // the test is over
            Thread.currentThread().interrupt();
        }
    }

    private void releases(HttpExchange exchange) throws IOException {
        Integer refusal = listings.poll();
        if (refusal != null) {
            exchange.sendResponseHeaders(refusal, -1);
            exchange.close();
            return;
        }
        answer(exchange, List.of(new ReleaseState(DB, 1, 1, ReleaseState.Status.DEPLOYED, "owner", "digest", "")));
    }

    private void answer(HttpExchange exchange, Object value) throws IOException {
        byte[] body = wire.bytes(value);
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static ChangesMessage news(
            String history, long next, long version, boolean complete, ClusterState... clusters) {
        return new ChangesMessage(history, next, true, true, Set.of(), version, complete, List.of(clusters));
    }

    private static ClusterState state(String name, long allocatedMillis) {
        return new ClusterState(
                new ClusterId("sim", name),
                true,
                new Resources(4000, 1 << 30, 0, 0),
                new Resources(allocatedMillis, 0, 0, 0),
                "",
                Map.of(),
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
