// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.events.SseReader.Message;
import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.GraphChangeLock;
import eu.nephele.smo.access.http.SharedLimits;
import eu.nephele.smo.access.http.StreamLimiter;
import eu.nephele.smo.access.http.UploadReceiver;
import eu.nephele.smo.access.rest.ServletServer;
import eu.nephele.smo.access.rest.http.AnybodysGate;
import eu.nephele.smo.access.rest.http.CallFilter;
import eu.nephele.smo.access.rest.http.GracefulShutdownFilter;
import eu.nephele.smo.access.rest.http.ProblemFilter;
import eu.nephele.smo.access.rest.http.ProblemMapper;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-sent events over a real connection. */
@Timeout(20)
final class EventStreamTest {

    private static final StreamTiming PATIENT = timing(Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final InMemoryLog log = new InMemoryLog();
    private Optional<EventLog> current = Optional.of(log);
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile Optional<String> standing = Optional.of("");
    private EventStreams streams;
    private final GracefulShutdownFilter gracefulShutdownFilter = new GracefulShutdownFilter();
    private StreamLimiter places;
    private URI base;

    private static StreamTiming timing(Duration heartbeat, Duration timeout) {
        return new StreamTiming(
                heartbeat, timeout, Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofSeconds(10));
    }

    private void serve(int maxStreams, StreamTiming timing) {
        EventLog now = (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(current.orElseThrow(), arguments);
                    } catch (java.lang.reflect.InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        InstanceStore instance = new InstanceStore() {
            @Override
            public String instanceId() {
                return "7d2c";
            }

            @Override
            public boolean reachable() {
                return true;
            }
        };
        streams = new EventStreams(
                now,
                instance,
                () -> current,
                call -> standing,
                timing,
                new StreamCounts(Optional::empty, new StreamTally()));
        places = new StreamLimiter(maxStreams, gracefulShutdownFilter);
        SharedLimits sharedLimits = new SharedLimits(
                new GraphChangeLock(),
                new AsyncWait(gracefulShutdownFilter, new Semaphore(1), Optional::empty),
                new UploadReceiver(Path.of("none"), 1),
                places);
        ServletServer server = new ServletServer(new ResourceConfig()
                .registerInstances(
                        new EventsEndpoint(now, instance, streams),
                        new AnybodysGate(),
                        new CallFilter(sharedLimits),
                        new ProblemMapper(),
                        new ProblemFilter()));
        base = URI.create("http://127.0.0.1:%d/api/v1/events/stream".formatted(server.port()));
        open.add(server);
        open.add(streams);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private SseReader read(String query, String lastEventId) {
        SseReader reader = SseReader.open(URI.create(base + query), lastEventId);
        open.add(reader);
        return reader;
    }

    private static void eventually(BooleanSupplier condition) {
        Await.until("the condition holds", condition::getAsBoolean);
    }

    @Test
    void aClientThatIsCutOffAgainAndAgainMissesNoneHearsNoneTwiceAndHearsThemInOrder() {
        // Short beats: a client that is gone is noticed when it is written to.
        serve(64, timing(Duration.ofMillis(20), Duration.ofSeconds(30)));
        Random random = new Random(3);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(
                () -> IntStream.range(0, 1000).forEach(i -> log.publish("hdag.deployed", "demo", "x".repeat(i % 300))));

        List<Long> heard = new ArrayList<>();
        String lastEventId = "";
        int connections = 0;
        while (heard.size() < 1000) {
            connections++;
            String query = lastEventId.isEmpty() ? "?after=0" : "";
            try (SseReader reader =
                    SseReader.open(URI.create(base + query), lastEventId, 8_000 + random.nextInt(30_000))) {
                for (Optional<Message> next = reader.next(); next.isPresent(); next = reader.next()) {
                    heard.add(Long.valueOf(next.get().id()));
                    if (heard.size() == 1000) {
                        break;
                    }
                }
                lastEventId = reader.lastEventId();
            }
        }

        publishing.join();
        assertThat(heard)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1000).boxed().toList());
        assertThat(connections).isGreaterThan(5);
    }

    @Test
    void withoutAPlaceToBeginItBeginsNowAndCanBeResumedBeforeTheFirstEvent() {
        serve(4, PATIENT);
        log.publish("hdag.accepted", "demo");
        String lastEventId;
        try (SseReader reader = SseReader.open(base, "", "retry: 2000\nid: 1\n\n".length())) {
            assertThat(reader.next()).isEmpty();
            lastEventId = reader.lastEventId();
        }
        log.publish("hdag.deployed", "demo");

        assertThat(lastEventId).isEqualTo("1");
        assertThat(read("", lastEventId).next()).map(Message::type).contains("hdag.deployed");
    }

    @Test
    void aStreamEndsWhenWhatItsCallerMayDoHasChanged() {
        serve(4, PATIENT);
        SseReader changed = read("?after=0", "");
        log.publish("hdag.accepted", "demo");
        assertThat(changed.next()).isPresent();
        standing = Optional.of("another grant");
        assertThat(changed.next()).as("its end").isEmpty();
        SseReader revoked = read("?after=0", "");
        assertThat(revoked.next()).as("it goes on with the new rights").isPresent();
        standing = Optional.empty();
        assertThat(revoked.next()).isEmpty();
        eventually(() -> places.open() == 0);
    }

    @Test
    void theHeaderWinsOverTheQuery_AnEventSourceKeepsItsQuery() {
        serve(4, PATIENT);
        IntStream.range(0, 5).forEach(i -> log.publish("hdag.deployed", "demo"));

        assertThat(read("?after=1", "3").next()).map(Message::id).contains("4");
        assertThat(read("?after=1", "").next()).map(Message::id).contains("2");
    }

    @Test
    void dataIsTheCloudEventAndFiltersApply() {
        serve(4, PATIENT);
        log.publish("hdag.deployed", "other");
        log.publish("cluster.joined", "demo");
        log.publish("hdag.stopped", "demo");

        Message message = read("?after=0&types=hdag.*&project=demo", "").next().orElseThrow();

        assertThat(message.id()).isEqualTo("3");
        assertThat(message.type()).isEqualTo("hdag.stopped");
        assertThat(message.data())
                .contains("\"source\":\"urn:smo:7d2c\"", "\"subject\":\"demo/hello\"", "\"id\":\"event-3\"")
                .contains("\"sequence\":\"00000000000000000003\"");
    }

    @Test
    void whatWasPrunedIsReportedAsAGapWithTheFirstThatIsKept() {
        serve(4, PATIENT);
        IntStream.range(0, 10).forEach(i -> log.publish("hdag.deployed", "demo"));
        log.pruneBefore(7);

        SseReader reader = read("?after=2", "");

        assertThat(reader.next()).contains(new Message("6", "gap", "{\"after\":2,\"first\":7}"));
        assertThat(reader.next()).map(Message::id).contains("7");
        assertThat(read("?after=6", "").next())
                .as("nothing is missing")
                .map(Message::id)
                .contains("7");
    }

    @Test
    void aPositionBeyondTheLogIsOfAnotherLogAndAllKeptEventsAreSent() {
        serve(4, PATIENT);
        IntStream.range(0, 3).forEach(i -> log.publish("hdag.deployed", "demo"));

        SseReader reader = read("", "5000");

        assertThat(reader.next()).contains(new Message("0", "gap", "{\"after\":5000,\"first\":1}"));
        assertThat(reader.next()).map(Message::id).contains("1");
    }

    @Test
    void anEventThatIsReadBeforeItsNumberIsKnownAsTheLastIsReportedOnce() {
        serve(4, timing(Duration.ofMillis(30), Duration.ofSeconds(30)));
        log.setLag(2);
        IntStream.range(0, 5).forEach(i -> log.publish("hdag.deployed", "demo"));

        SseReader reader = read("?after=0", "");
        for (long expected = 1; expected <= 5; expected++) {
            assertThat(reader.next()).map(Message::id).contains(Long.toString(expected));
        }
        SseReader resumed = read("", "5");
        log.publish("hdag.stopped", "demo");

        assertThat(reader.next()).map(Message::id).contains("6");
        assertThat(resumed.next()).map(Message::id).contains("6");
    }

    @Test
    void anEventThatIsShownAfterLaterOnesIsReportedBeforeThem() {
        serve(4, PATIENT);
        IntStream.range(0, 2).forEach(i -> log.publish("hdag.deployed", "demo"));
        log.hide(3);
        SseReader reader = read("?after=0&types=hdag.*", "");
        IntStream.range(0, 2).forEach(i -> log.publish("hdag.deployed", "demo"));
        assertThat(reader.next()).map(Message::id).contains("1");
        assertThat(reader.next()).map(Message::id).contains("2");
        log.hide(0);

        assertThat(reader.next()).map(Message::id).contains("3");
        assertThat(reader.next()).map(Message::id).contains("4");
    }

    @Test
    void aQuietStreamBeatsAndItsPlaceMovesPastWhatTheFilterLeavesOut() {
        serve(4, timing(Duration.ofMillis(30), Duration.ofSeconds(30)));
        SseReader reader = read("?types=hdag.failed", "");
        IntStream.range(0, 50).forEach(i -> log.publish("hdag.deployed", "demo"));
        CompletableFuture<Optional<Message>> next = CompletableFuture.supplyAsync(reader::next);
        eventually(() -> reader.lastEventId().equals("50"));
        assertThat(reader.comments()).isPositive();
        log.publish("hdag.failed", "demo");
        assertThat(next.join()).map(Message::id).contains("51");
    }

    @Test
    void moreStreamsThanAllowedAre503AndAPlaceThatIsFreeIsGivenAgain() throws IOException {
        serve(2, timing(Duration.ofMillis(20), Duration.ofSeconds(30)));
        SseReader first = read("", "");
        read("", "");

        HttpResponse<InputStream> refused = SseReader.response(base, "");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("15");
        assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("maxStreams");
        first.close();
        eventually(() -> places.open() < 2);
        assertThat(SseReader.response(base, "").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatTakesNothingDelaysNobodyAndIsFreed() throws Exception {
        // longer than a busy machine keeps the other reader waiting
        serve(4, timing(Duration.ofSeconds(30), Duration.ofSeconds(3)));
        try (Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(4096);
            lazy.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()));
            OutputStream request = lazy.getOutputStream();
            request.write("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .formatted(base.getPath())
                    .getBytes(StandardCharsets.US_ASCII));
            request.flush();
            eventually(() -> places.open() == 1);
            SseReader other = read("?after=0", "");
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() ->
                    IntStream.range(0, 1000).forEach(i -> log.publish("hdag.deployed", "demo", "x".repeat(20_000))));

            for (long expected = 1; expected <= 1000; expected++) {
                assertThat(other.next()).map(Message::id).contains(Long.toString(expected));
            }
            publishing.join();
            eventually(() -> places.open() == 1);
        }
    }

    /** Ten times as many as the web server has threads. */
    @Test
    void streamsHoldNoThreadAndAllGetTheSame() {
        serve(240, PATIENT);
        List<SseReader> readers =
                IntStream.range(0, 240).mapToObj(i -> read("?after=0", "")).toList();
        IntStream.range(0, 20).forEach(i -> log.publish("hdag.deployed", i % 2 == 0 ? "demo" : "secret"));

        for (SseReader reader : readers) {
            for (long expected = 1; expected <= 19; expected += 2) {
                assertThat(reader.next()).map(Message::id).contains(Long.toString(expected));
            }
        }
        assertThat(log.reads()).as("events are read once, not for each stream").isLessThan(2 * 240);
    }

    @Test
    void aLogThatFailsForAWhileCostsTheClientNothing() {
        serve(4, PATIENT);
        SseReader reader = read("?after=0", "");
        log.publish("hdag.accepted", "demo");
        assertThat(reader.next()).map(Message::id).contains("1");
        log.setBroken(true);
        log.publish("hdag.deployed", "demo");
        log.setBroken(false);
        log.publish("hdag.stopped", "demo");

        assertThat(reader.next()).map(Message::id).contains("2");
        assertThat(reader.next()).map(Message::id).contains("3");
    }

    @Test
    void aLogThatIsReplacedIsFollowedAndTheOldOneIsLeft() {
        serve(4, PATIENT);
        SseReader reader = read("", "");
        InMemoryLog next = new InMemoryLog();
        current = Optional.empty();
        eventually(() -> log.listeners() == 0);
        current = Optional.of(next);
        eventually(() -> next.listeners() == 1);

        next.publish("hdag.deployed", "demo");

        assertThat(reader.next()).map(Message::id).contains("1");
        streams.close();
        assertThat(next.listeners()).isZero();
    }

    @Test
    void theEndOfTheInterfaceEndsStreamsProperlyAndNoneBeginsAnymore() throws IOException {
        serve(4, PATIENT);
        SseReader reader = read("?after=0", "");
        log.publish("hdag.deployed", "demo");
        assertThat(reader.next()).isPresent();

        places.close();

        assertThat(reader.next()).isEmpty();
        assertThat(reader.comments()).as("the padding and the farewell").isEqualTo(2);
        assertThat(SseReader.response(base, "").statusCode()).isEqualTo(503);
    }

    @Test
    void streamsEndProperlyWhenTheApplicationIsMadeAnewAndBeginAgainAfterwards() {
        serve(4, PATIENT);
        SseReader before = read("?after=0", "");
        log.publish("hdag.deployed", "demo");
        assertThat(before.next()).isPresent();

        gracefulShutdownFilter.hurry(Duration.ofSeconds(30));
        places.renew();
        assertThat(before.next()).isEmpty();
        assertThat(read("", before.lastEventId()).next()).as("meanwhile").isEmpty();

        gracefulShutdownFilter.hurry(Duration.ZERO);
        SseReader after = read("", before.lastEventId());
        log.publish("hdag.stopped", "demo");
        assertThat(after.next()).map(Message::id).contains("2");
    }

    @Test
    void closingEndsStreamsProperlyAndLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        serve(4, PATIENT);
        SseReader reader = read("?after=0", "");
        log.publish("hdag.deployed", "demo");
        assertThat(reader.next()).isPresent();

        streams.close();

        assertThat(reader.next()).isEmpty();
        assertThat(reader.comments()).as("the padding and the farewell").isEqualTo(2);
        assertThat(places.open()).as("all places are given back").isZero();
        assertThatThrownBy(() -> streams.open(
                        OptionalLong.empty(), new StreamViewer(EventFilter.ALL, log, CallContext.INTERNAL), places))
                .isInstanceOf(SmoException.class);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("smo-event-") && !before.contains(thread)) {
                thread.join(5_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
