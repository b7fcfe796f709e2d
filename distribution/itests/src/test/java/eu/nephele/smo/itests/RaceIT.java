// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several clients change the same graphs at the same moment: every acknowledged change counts, in some order that all saw. */
class RaceIT {

    private static final int CLIENTS = 16;
    private static final int GRAPHS = 4;
    private static final long SECONDS = 12;
    private static final long SEED = 9;
    private static final long PATIENCE_SECONDS = 90;
    private static final Pattern VERSION = Pattern.compile("any:(\\d+)\\.0\\.0");

    private static ServerProcess server;
    private static RestClient client;
    private static Followed followed;

    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger versions = new AtomicInteger();

    /** Kinds of changes by what they leave of a graph: running, stopped, gone; empty for neither. */
    private enum Act {
        DEPLOY("RUNNING"),
        UPDATE(""),
        START("RUNNING"),
        STOP("STOPPED"),
        REMOVE("GONE"),
        PLACE("");

        private final String leaves;

        Act(String leaves) {
            this.leaves = leaves;
        }
    }

    /**
     * An acknowledged change.
     *
     * @param version of the descriptor that came with it, 0 for none
     * @param sent when the request went out, as {@link System#nanoTime}
     * @param answered when the answer was there
     */
    private record Taken(String graph, Act act, int version, String operation, long sent, long answered) {
        boolean isBefore(Taken other) {
            return answered < other.sent;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        int port = Distribution.freePort();
        Settings settings = Settings.fresh()
                .world(new int[] {6, 6, 6})
                .with("eu.nephele.smo.core.engine", "pollMillis=100", "driftSeconds=2");
        server = ServerProcess.ready(port, settings.data());
        client = new RestClient(port);
        followed = new Followed(client);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void concurrentChangesOfSixteenClientsEndInTheLastDesiredState() throws Exception {
        NativeApi api = new NativeApi(client, "race");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(SEED + i);
                all.add(clients.submit(() -> changeUntil(until, api, random)));
            }
            for (Future<List<String>> one : all) {
                assertThat(one.get(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("refused because of something else than the state of the graph")
                        .isEmpty();
            }
        } finally {
            clients.shutdownNow();
        }
        Map<Act, Long> counts = taken.stream().collect(Collectors.groupingBy(Taken::act, Collectors.counting()));
        System.out.println("acknowledged: " + counts);
        assertThat(counts).containsOnlyKeys(Act.values());
        for (Taken change : taken) {
            JsonNode end = followed.end(change.operation());
            assertThat(end.path("state").asText()).as(end.toString()).isIn("SUCCEEDED", "SUPERSEDED");
        }
        for (int i = 0; i < GRAPHS; i++) {
            assertConsistent(api, "g" + i);
        }
        assertThat(World.of(client).overbookedEver()).isFalse();
    }

    /** @return answers that are neither an acceptance nor a conflict with what others did */
    private List<String> changeUntil(long until, NativeApi api, Random random) throws Exception {
        List<String> strange = new ArrayList<>();
        while (System.nanoTime() < until) {
            String graph = "g" + random.nextInt(GRAPHS);
            Act act = Act.values()[random.nextInt(Act.values().length)];
            int version = act == Act.DEPLOY || act == Act.UPDATE ? versions.incrementAndGet() : 0;
            long sent = System.nanoTime();
            RestClient.Answer answer = send(api, act, graph, version);
            long answered = System.nanoTime();
            Optional<String> operation = answer.headers().firstValue("Location");
            if (answer.status() / 100 == 2 && operation.isPresent()) {
                taken.add(new Taken(graph, act, version, operation.get(), sent, answered));
            } else if (!Set.of(404, 409).contains(answer.status())) {
                strange.add("%s %s: %d %s".formatted(act, graph, answer.status(), answer.text()));
            }
        }
        return strange;
    }

    private static RestClient.Answer send(NativeApi api, Act act, String graph, int version) throws Exception {
        String path = api.graphs() + "/" + graph;
        return switch (act) {
            case DEPLOY -> client.postJson(api.graphs(), descriptor(graph, version));
            case UPDATE -> client.put(path, descriptor(graph, version));
            case START -> client.post(path + "/start");
            case STOP -> client.post(path + "/stop");
            case REMOVE -> client.delete(path);
            case PLACE -> client.postJson(path + "/placement", move(graph));
        };
    }

    /** The state is that of a change that no other one was certainly made after. */
    private void assertConsistent(NativeApi api, String graph) throws Exception {
        List<Taken> changes =
                taken.stream().filter(change -> change.graph().equals(graph)).toList();
        RestClient.Answer answer =
                Eventually.within(PATIENCE_SECONDS, () -> client.get(api.graphs() + "/" + graph), seen -> assertThat(
                                seen.status() == 404
                                        ? "GONE"
                                        : seen.json().path("phase").asText())
                        .as(seen.text())
                        .isIn("GONE", "RUNNING", "STOPPED"));
        String state =
                answer.status() == 404 ? "GONE" : answer.json().path("phase").asText();
        assertThat(last(changes.stream().filter(change -> !change.act().leaves.isEmpty())))
                .as("%s is %s", graph, state)
                .extracting(change -> change.act().leaves)
                .contains(state);
        List<JsonNode> releases = World.of(client).releases().stream()
                .filter(release -> release.path("graph").asText().equals(graph))
                .toList();
        if (!state.equals("RUNNING")) {
            assertThat(releases).as("%s is %s", graph, state).isEmpty();
            return;
        }
        int version = version(answer.text());
        assertThat(last(changes.stream().filter(change -> change.version() > 0)))
                .as("%s runs version %d", graph, version)
                .extracting(Taken::version)
                .contains(version);
        assertThat(releases).hasSize(2).allSatisfy(release -> {
            assertThat(version(release.path("chart").asText())).isEqualTo(version);
            assertThat(release.path("replicas").properties())
                    .filteredOn(share -> share.getValue().asInt() > 0)
                    .as("in one place")
                    .hasSize(1);
        });
    }

    /** Those that nothing else was certainly made after. */
    private static List<Taken> last(Stream<Taken> changes) {
        List<Taken> all = changes.toList();
        return all.stream()
                .filter(change -> all.stream().noneMatch(change::isBefore))
                .toList();
    }

    private static int version(String text) {
        Matcher found = VERSION.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Integer.parseInt(found.group(1));
    }

    @Test
    void aRemovalDuringTheDeploymentLeavesNothing() throws Exception {
        NativeApi api = new NativeApi(client, "hasty");
        RestClient.Answer deployed = client.postJson(api.graphs(), descriptor("h", 1));
        RestClient.Answer removed = client.delete(api.graphs() + "/h");
        followed.succeeded(removed);
        assertThat(followed.end(deployed).path("state").asText()).isIn("SUPERSEDED", "SUCCEEDED");
        assertThat(client.get(api.graphs() + "/h").status()).isEqualTo(404);
        assertThat(services("h")).isEmpty();
    }

    @Test
    void aStopDuringANewPlacementEndsStopped() throws Exception {
        NativeApi api = new NativeApi(client, "halted");
        followed.succeeded(client.postJson(api.graphs(), descriptor("s", 1)));
        RestClient.Answer placed = client.postJson(api.graphs() + "/s/placement", move("s"));
        followed.succeeded(client.post(api.graphs() + "/s/stop"));
        followed.end(placed);
        assertThat(api.graph("s").path("phase").asText()).isEqualTo("STOPPED");
        assertThat(services("s")).isEmpty();
        followed.succeeded(client.post(api.graphs() + "/s/start"));
        assertThat(services("s")).hasSize(2);
        followed.succeeded(client.delete(api.graphs() + "/s"));
    }

    @Test
    void aNameThatIsBeingRemovedIsDeployedAnewAfterwards() throws Exception {
        NativeApi api = new NativeApi(client, "again");
        followed.succeeded(client.postJson(api.graphs(), descriptor("a", 1)));
        RestClient.Answer removed = client.delete(api.graphs() + "/a");
        RestClient.Answer deployed = client.postJson(api.graphs(), descriptor("a", 2));
        followed.succeeded(removed);
        followed.succeeded(deployed);
        assertThat(World.of(client).releases())
                .filteredOn(release -> release.path("graph").asText().equals("a"))
                .hasSize(2)
                .allMatch(release -> version(release.path("chart").asText()) == 2);
        assertThat(api.graph("a").path("phase").asText()).isEqualTo("RUNNING");
        followed.succeeded(client.delete(api.graphs() + "/a"));
    }

    private static Map<String, Integer> services(String graph) throws Exception {
        return World.of(client).ready().entrySet().stream()
                .filter(service -> service.getKey().startsWith(graph + "-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String move(String graph) {
        return "{\"reason\":\"move\",\"services\":[\"%s-front\"]}".formatted(graph);
    }

    private static String descriptor(String graph, int version) {
        return Descriptors.graph(
                graph,
                Descriptors.service(graph + "-front", version + ".0.0", "light"),
                Descriptors.service(graph + "-back", version + ".0.0", "light"));
    }
}
