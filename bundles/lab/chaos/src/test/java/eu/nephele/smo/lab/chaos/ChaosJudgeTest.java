// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.chaos.GraphSpec.Service;
import eu.nephele.smo.lab.chaos.GraphSpec.Waits;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.world.WorldReport;
import eu.nephele.smo.lab.world.WorldReport.Release;
import eu.nephele.smo.lab.world.Writes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says and what the world shows, against what was promised. */
class JudgeTest {

    private static final String OPERATION = "/api/v1/operations/1";
    private static final String GRAPHS = Api.GRAPHS.formatted(Edits.PROJECT);
    private static final String LIST = GRAPHS + "?limit=1000";
    private static final Service WEB = new Service("web", 1, Waits.NEVER, "light", Charts.ANY.of("web", 1));

    private final Map<String, String> answers = new HashMap<>(Map.of(LIST, "{\"items\":[]}"));
    private final Ledger ledger = new Ledger();
    private final List<GraphModel> graphs = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();
    private final List<RuleRecord> rules = new ArrayList<>();
    private final List<Finding> strays = new ArrayList<>();
    private Writes writes = new Writes(0, 0, 0, 0, 0, List.of());
    private HttpServer server;
    private Judge judge;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        sits();
    }

    private void sits() {
        Api api = new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        judge = new Judge(api, new Shown(), ledger, graphs);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerThatHasKeptItsPromisesIsWell() throws Exception {
        deployed("g");
        ledger.operation(OPERATION, "deployment of g");
        answers.put(OPERATION, "{\"state\":\"SUCCEEDED\",\"kind\":\"DEPLOY\"}");

        assertThat(judge.findings()).isEmpty();
        assertThat(judge.outcomes()).containsOnly(Map.entry("SUCCEEDED", 1));
        assertThat(judge.phases()).containsOnly(Map.entry("RUNNING", 1));
    }

    @Test
    void aGraphThatIsGoneIsLostAndCountsAsAbsent() throws Exception {
        deployed("g");
        releases.clear();
        answers.remove(GRAPHS + "/g");

        assertThat(judge.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.LOST);
        assertThat(judge.phases()).containsOnly(Map.entry("ABSENT", 1));
    }

    @Test
    void anOperationThatNobodyKnowsIsLost() throws Exception {
        ledger.operation(OPERATION, "stop of g");

        assertThat(judge.findings()).containsExactly(Finding.lost(OPERATION, "the acknowledged stop of g", "404"));
        assertThat(judge.outcomes()).isEmpty();
    }

    @Test
    void anOperationThatDoesNotEndIsStuckAndWellWhenItHas() throws Exception {
        ledger.operation(OPERATION, "update of g");
        answers.put(OPERATION, "{\"state\":\"RUNNING\",\"message\":\"waits for c1\",\"error\":\"none\"}");
        assertThat(judge.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.STUCK);
            assertThat(finding.actual()).contains("200 RUNNING", "waits for c1");
        });

        answers.put(OPERATION, "{\"state\":\"SUPERSEDED\"}");
        assertThat(judge.findings()).isEmpty();
        answers.remove(OPERATION);
        assertThat(judge.findings()).as("what has ended is not asked for again").isEmpty();
        assertThat(judge.outcomes()).containsOnly(Map.entry("SUPERSEDED", 1));
    }

    @Test
    void anAnswerThatIsAnErrorIsStuckWhateverItSays() throws Exception {
        ledger.operation(OPERATION, "update of g");
        answers.put(OPERATION, "503{\"state\":\"SUCCEEDED\"}");

        assertThat(judge.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.STUCK);
    }

    @Test
    void anOperationThatHasFailedIsLostAtOnceAndForGood() throws Exception {
        ledger.operation(OPERATION, "update of g");
        answers.put(OPERATION, "{\"state\":\"FAILED\",\"kind\":\"UPDATE\",\"error\":{\"message\":\"no release\"}}");
        Finding lost = Finding.lost(OPERATION, "the acknowledged update of g succeeds", "FAILED: no release");

        assertThat(judge.findings()).containsExactly(lost);
        assertThat(judge.findings()).containsExactly(lost);
        assertThat(judge.outcomes()).containsOnly(Map.entry("FAILED", 1));
    }

    @Test
    void aWishForAPlaceMayFail() throws Exception {
        ledger.operation(OPERATION, "placement of g");
        answers.put(OPERATION, "{\"state\":\"FAILED\",\"kind\":\"PLACE\",\"error\":{\"message\":\"no room\"}}");

        assertThat(judge.findings()).isEmpty();
        assertThat(judge.outcomes()).containsOnly(Map.entry("FAILED", 1));
    }

    @Test
    void whatWasWrittenDownDuringTheStormStays() throws Exception {
        Finding seen = Finding.doubled("g", "once", "twice");
        ledger.find(seen);

        assertThat(judge.findings()).containsExactly(seen);
    }

    @Test
    void aGraphThatNobodyHasAskedForIsOrphaned() throws Exception {
        deployed("g");
        answers.put(LIST, "{\"items\":[{\"name\":\"g\",\"phase\":\"RUNNING\"},{\"name\":\"h\",\"phase\":\"FAILED\"}]}");

        assertThat(judge.findings())
                .containsExactly(Finding.orphaned("h", "no graph that nobody has asked for", "FAILED"));
    }

    @Test
    void releasesAndRulesThatNobodyWantsAreOrphaned() throws Exception {
        deployed("g");
        release("g", "old");
        release("nobody", "web");
        rules.add(rule("g", "web"));

        assertThat(judge.findings())
                .extracting(Finding::kind, Finding::subject, Finding::expected)
                .containsExactlyInAnyOrder(
                        tuple(
                                Finding.Kind.ORPHANED,
                                ref("g", "old").toString(),
                                "no release: no graph has this service"),
                        tuple(
                                Finding.Kind.ORPHANED,
                                ref("nobody", "web").toString(),
                                "no release: no graph has this service"),
                        tuple(Finding.Kind.ORPHANED, ref("g", "web").toString(), "no alert rule: nobody waits for it"));
    }

    @Test
    void whatAContradictionHasLeftIsNotJudgedAgain() throws Exception {
        deployed("g");
        graphs.get(0).taint();
        answers.remove(GRAPHS + "/g");
        release("g", "old");
        rules.add(rule("g", "web"));

        assertThat(judge.findings()).isEmpty();
    }

    @Test
    void whatNobodyCanWantIsFoundWithoutAPromise() throws Exception {
        Finding stray = Finding.orphaned("c1/pod", "no pod", "1");
        strays.add(stray);

        assertThat(judge.findings()).containsExactly(stray);
    }

    @Test
    void eachWriteThatWasMadeTwiceIsFoundTheFirstOnesByName() throws Exception {
        writes = new Writes(5, 0, 0, 0, 3, List.of("release of web"));

        assertThat(judge.findings())
                .extracting(Finding::kind, Finding::subject)
                .containsExactly(
                        tuple(Finding.Kind.DOUBLED, "release of web"),
                        tuple(Finding.Kind.DOUBLED, "(more)"),
                        tuple(Finding.Kind.DOUBLED, "(more)"));
    }

    /** A graph of one service that runs as it was asked for. */
    private void deployed(String name) {
        GraphModel graph = new GraphModel(name, new Random(1), Charts.ANY);
        graph.state(GraphState.deployed(new GraphSpec(Edits.PROJECT, name, 1, List.of(WEB))));
        graphs.add(graph);
        answers.put(GRAPHS + "/" + name, """
                {"desired":"RUNNING","phase":"RUNNING","version":"1.0.1","conditions":[],
                 "services":[{"name":"web","shares":[{"cluster":"north","replicas":1}]}]}""");
        release(name, "web");
        sits();
    }

    private void release(String graph, String service) {
        JsonObject values = JsonObject.EMPTY.with(GraphSpec.EDIT_VALUE, JsonNumber.of(1));
        releases.add(new Release(
                ref(graph, service), 1, "key", Charts.ANY.of(service, 1), values, Map.of("north", 1), 1, ""));
    }

    private static RuleRecord rule(String graph, String service) {
        return new RuleRecord(ref(graph, service), new EventRule("first", "up", Duration.ZERO, ""), "owner");
    }

    private static WorkloadRef ref(String graph, String service) {
        return new WorkloadRef(new GraphId(Edits.PROJECT, graph), service);
    }

    /** The server: 404 for what it does not know; an answer may begin with its status. */
    private void answer(HttpExchange call) throws IOException {
        try (call) {
            String text = answers.getOrDefault(call.getRequestURI().toString(), "404{}");
            int status = text.startsWith("{") ? 200 : Integer.parseInt(text.substring(0, 3));
            byte[] body = text.substring(text.indexOf('{')).getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, body.length);
            call.getResponseBody().write(body);
        }
    }

    /** The world, as the test has put it. */
    private final class Shown implements World {
        @Override
        public Outside look() {
            return new Outside(new WorldReport(List.of(), List.copyOf(releases), List.copyOf(rules), writes), strays);
        }

        @Override
        public Path configuration() {
            return Path.of("unused");
        }

        @Override
        public List<String> serverOptions() {
            return List.of();
        }

        @Override
        public Pace pace() {
            return new Pace(1, 1, 1, 1, 1, 1);
        }

        @Override
        public Charts charts() {
            return Charts.ANY;
        }

        @Override
        public List<String> clusters() {
            return List.of();
        }

        @Override
        public List<Outage> outages() {
            return List.of();
        }

        @Override
        public void load(int requestsPerSecond) {}

        @Override
        public void close() {}
    }
}
