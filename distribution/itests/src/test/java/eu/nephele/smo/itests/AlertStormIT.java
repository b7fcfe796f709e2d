// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand alerts at once, and again in a hundred notifications, while others go on asking. */
class AlertStormIT {

    private static final int GRAPHS = 60;
    private static final int ALERTS = 10_000;
    private static final int BODIES = 100;
    private static final int SENDERS = 8;
    private static final long SEED = 5;
    private static final long PATIENCE_SECONDS = 90;
    private static final long LIMIT_MILLIS = 5_000;

    private final RestClient client;
    private final NativeApi api;
    private final int port = Distribution.freePort();
    private volatile boolean over;

    AlertStormIT() {
        client = new RestClient(port);
        api = new NativeApi(client, "storm");
    }

    /** What an alert says and what may be answered to it. */
    private record Sent(String json, String service, Set<String> expected) {
        static Sent firing(int graph, String service, String event, Set<String> expected) {
            String id = "g%d-%s".formatted(graph, service);
            return new Sent("""
                    {"status":"firing","fingerprint":"%1$s-%2$s","labels":{"alertname":"storm/g%3$d/%1$s/%2$s","service":"%1$s",\
                    "smo_project":"storm","smo_graph":"g%3$d","smo_event":"%2$s"},"startsAt":"2026-11-01T10:00:00Z"}""".formatted(id, event, graph), id, expected);
        }
    }

    @Test
    void eachServiceIsInstalledOnceAndTheServerGoesOnAnswering() throws Exception {
        Settings settings = Settings.fresh().world(new int[] {200}, "alertsUrl=none");
        ExecutorService others = Executors.newSingleThreadExecutor();
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            assertThat(server.processId()).isPositive();
            for (int i = 0; i < GRAPHS; i++) {
                api.deploy(descriptor(i));
            }
            awaitAll("WAITING");
            Future<List<Long>> asked = others.submit(this::askAllTheTime);

            send(burst(Set.of("installed", "unchanged"), "first", Set.of("noted", "unchanged")));
            Eventually.within(PATIENCE_SECONDS, this::deployed, services -> assertThat(services)
                    .hasSize(2 * GRAPHS)
                    .noneMatch(service -> service.endsWith("-all")));
            Map<String, Long> revisions = revisions();

            List<Sent> second = burst(Set.of("unchanged"), "second", Set.of("installed", "unchanged"));
            inManyBodies(second);
            awaitAll("RUNNING");
            over = true;

            assertThat(deployed()).hasSize(3 * GRAPHS);
            assertThat(revisions()).as("nothing is written again").containsAllEntriesOf(revisions);
            assertThat(revisions().values()).containsOnly(1L);
            assertOneEventEach();
            List<Long> millis = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            System.out.printf("GETs meanwhile: %d, slowest: %d ms%n", millis.size(), Collections.max(millis));
            assertThat(millis).hasSizeGreaterThan(10);
            assertThat(millis)
                    .as("all but one in a hundred, on machines that are busy with other things, too")
                    .filteredOn(each -> each >= LIMIT_MILLIS)
                    .hasSizeLessThanOrEqualTo(millis.size() / 100);
        } finally {
            over = true;
            others.shutdownNow();
        }
    }

    /** In equal parts: alerts for the services that wait for any event, for all events, for nobody, for an unknown event. */
    private static List<Sent> burst(Set<String> any, String event, Set<String> all) {
        List<Sent> burst = IntStream.range(0, ALERTS)
                .mapToObj(i -> switch (i % 4) {
                    case 0 -> Sent.firing(i / 4 % GRAPHS, "any", "first", any);
                    case 1 -> Sent.firing(i / 4 % GRAPHS, "all", event, all);
                    case 2 -> Sent.firing(i / 4 % GRAPHS, "nobody", "first", Set.of("unknown"));
                    default -> Sent.firing(i / 4 % GRAPHS, "any", "unheard", Set.of("unknown"));
                })
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(burst, new Random(SEED));
        return burst;
    }

    private void inManyBodies(List<Sent> alerts) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<Object>> sent = new ArrayList<>();
            int each = ALERTS / BODIES;
            for (int i = 0; i < BODIES; i++) {
                List<Sent> some = alerts.subList(i * each, (i + 1) * each);
                sent.add(senders.submit(() -> {
                    send(some);
                    return some;
                }));
            }
            for (Future<Object> one : sent) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private void send(List<Sent> alerts) throws Exception {
        String all = alerts.stream().map(Sent::json).collect(Collectors.joining(","));
        RestClient.Answer answer =
                client.postJson("/alerts", "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[%s]}".formatted(all));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode results = answer.json().path("results");
        assertThat(results).hasSize(alerts.size());
        for (int i = 0; i < alerts.size(); i++) {
            assertThat(results.get(i).path("result").asText())
                    .as("%s: %s", alerts.get(i).json(), results.get(i))
                    .isIn(alerts.get(i).expected());
        }
    }

    /** What somebody else sees meanwhile: how long each answer took, in milliseconds. */
    private List<Long> askAllTheTime() throws Exception {
        RestClient stranger = new RestClient(port);
        List<Long> millis = new ArrayList<>();
        while (!over) {
            for (String path : List.of("/api/v1/projects/storm/graphs?limit=5", "/api/v1/clusters", "/health/ready")) {
                long start = System.nanoTime();
                assertThat(stranger.get(path).status()).as(path).isEqualTo(200);
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            }
        }
        return millis;
    }

    private void assertOneEventEach() throws Exception {
        List<JsonNode> alerts = new Followed(client).eventsAfter(0, "&types=alert.received");
        Set<String> told = new HashSet<>();
        alerts.forEach(event -> assertThat(told.add(
                        event.path("subject").asText() + event.at("/data/event").asText()))
                .as(event.toString())
                .isTrue());
        assertThat(told).as("one of each that somebody waits for").hasSize(3 * GRAPHS);
        List<JsonNode> deployed = new Followed(client).eventsAfter(0, "&types=service.deployed");
        assertThat(deployed)
                .extracting(event -> event.path("subject").asText())
                .hasSize(3 * GRAPHS)
                .doesNotHaveDuplicates();
    }

    private List<String> deployed() throws Exception {
        return World.of(client).releases().stream()
                .map(release -> release.path("service").asText())
                .toList();
    }

    private Map<String, Long> revisions() throws Exception {
        return World.of(client).releases().stream()
                .collect(Collectors.toMap(
                        release -> release.path("service").asText(),
                        release -> release.path("revision").asLong()));
    }

    private void awaitAll(String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, api::byPhase, phases -> assertThat(phases.getOrDefault(phase, List.of()))
                .as(phases.keySet().toString())
                .hasSize(GRAPHS));
    }

    private static String descriptor(int number) {
        String graph = "g" + number;
        return Descriptors.graph(
                graph,
                Descriptors.service(graph + "-auto"),
                Descriptors.onEvents(graph + "-any", "ANY", Map.of("first", "storm > 1", "other", "storm > 2")),
                Descriptors.onEvents(graph + "-all", "ALL", Map.of("first", "storm > 1", "second", "storm > 2")));
    }
}
