// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.Waits;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.remote.world.WorldReport;
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import eu.nephele.smo.lab.remote.world.WriteReport;
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

/** States of the server and of the world, compared with promises. */
class ChaosJudgeTest {

    private static final String OPERATION = "/api/v1/operations/1";
    private static final String GRAPHS = ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT);
    private static final String LIST = GRAPHS + "?limit=1000";
    private static final ChaosService WEB =
            new ChaosService("web", 1, Waits.NEVER, "light", ReplicaDivision.WHOLE, ChartCatalog.ANY.render("web", 1));

    private final Map<String, String> answers = new HashMap<>(Map.of(LIST, "{\"items\":[]}"));
    private final PromiseLedger ledger = new PromiseLedger();
    private final List<GraphModel> graphs = new ArrayList<>();
    private final List<ReleaseReport> releases = new ArrayList<>();
    private final List<RuleRecord> rules = new ArrayList<>();
    private final List<ChaosFinding> strays = new ArrayList<>();
    private WriteReport writes = new WriteReport(0, 0, 0, 0, 0, List.of());
    private HttpServer server;
    private ChaosJudge judge;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        sits();
    }

    private void sits() {
        ServerApi api = new ServerApi(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        judge = new ChaosJudge(api, new Shown(), ledger, graphs);
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

        assertThat(judge.findings()).extracting(ChaosFinding::kind).containsExactly(ChaosFinding.ChaosKind.LOST);
        assertThat(judge.phases()).containsOnly(Map.entry("ABSENT", 1));
    }

    @Test
    void anOperationThatNobodyKnowsIsLost() throws Exception {
        ledger.operation(OPERATION, "stop of g");

        assertThat(judge.findings()).containsExactly(ChaosFinding.lost(OPERATION, "the acknowledged stop of g", "404"));
        assertThat(judge.outcomes()).isEmpty();
    }

    @Test
    void anOperationThatDoesNotEndIsStuckAndWellWhenItHas() throws Exception {
        ledger.operation(OPERATION, "update of g");
        answers.put(OPERATION, "{\"state\":\"RUNNING\",\"message\":\"waits for c1\",\"error\":\"none\"}");
        assertThat(judge.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(ChaosFinding.ChaosKind.STUCK);
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

        assertThat(judge.findings()).extracting(ChaosFinding::kind).containsExactly(ChaosFinding.ChaosKind.STUCK);
    }

    @Test
    void anOperationThatHasFailedIsLostAtOnceAndForGood() throws Exception {
        ledger.operation(OPERATION, "update of g");
        answers.put(OPERATION, "{\"state\":\"FAILED\",\"kind\":\"UPDATE\",\"error\":{\"message\":\"no release\"}}");
        ChaosFinding lost = ChaosFinding.lost(OPERATION, "the acknowledged update of g succeeds", "FAILED: no release");

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
        ChaosFinding seen = ChaosFinding.doubled("g", "once", "twice");
        ledger.find(seen);

        assertThat(judge.findings()).containsExactly(seen);
    }

    @Test
    void aGraphThatNobodyHasAskedForIsOrphaned() throws Exception {
        deployed("g");
        answers.put(LIST, "{\"items\":[{\"name\":\"g\",\"phase\":\"RUNNING\"},{\"name\":\"h\",\"phase\":\"FAILED\"}]}");

        assertThat(judge.findings())
                .containsExactly(ChaosFinding.orphaned("h", "no graph without a request", "FAILED"));
    }

    @Test
    void releasesAndRulesThatNobodyWantsAreOrphaned() throws Exception {
        deployed("g");
        release("g", "old");
        release("nobody", "web");
        rules.add(rule("g", "web"));

        assertThat(judge.findings())
                .extracting(ChaosFinding::kind, ChaosFinding::subject, ChaosFinding::expected)
                .containsExactlyInAnyOrder(
                        tuple(
                                ChaosFinding.ChaosKind.ORPHANED,
                                ref("g", "old").toString(),
                                "no release: no graph has this service"),
                        tuple(
                                ChaosFinding.ChaosKind.ORPHANED,
                                ref("nobody", "web").toString(),
                                "no release: no graph has this service"),
                        tuple(
                                ChaosFinding.ChaosKind.ORPHANED,
                                ref("g", "web").toString(),
                                "no alert rule: no service waits for it"));
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
        ChaosFinding stray = ChaosFinding.orphaned("c1/pod", "no pod", "1");
        strays.add(stray);

        assertThat(judge.findings()).containsExactly(stray);
    }

    @Test
    void eachWriteThatWasMadeTwiceIsFoundTheFirstOnesByName() throws Exception {
        writes = new WriteReport(5, 0, 0, 0, 3, List.of("release of web"));

        assertThat(judge.findings())
                .extracting(ChaosFinding::kind, ChaosFinding::subject)
                .containsExactly(
                        tuple(ChaosFinding.ChaosKind.DOUBLED, "release of web"),
                        tuple(ChaosFinding.ChaosKind.DOUBLED, "(more)"),
                        tuple(ChaosFinding.ChaosKind.DOUBLED, "(more)"));
    }

    /** A graph of one service that runs as requested. */
    private void deployed(String name) {
        GraphModel graph = new GraphModel(name, new Random(1), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        graph.state(GraphState.deployed(new GraphSpec(DescriptorEdits.PROJECT, name, 1, List.of(WEB))));
        graphs.add(graph);
        answers.put(GRAPHS + "/" + name, """
                {"desired":"RUNNING","phase":"RUNNING","version":"1.0.1","conditions":[],
                 "services":[{"name":"web","shares":[{"cluster":"north","replicas":1}]}]}""");
        release(name, "web");
        sits();
    }

    private void release(String graph, String service) {
        JsonObject values = JsonObject.EMPTY.with(GraphSpec.EDIT_VALUE, JsonNumber.of(1));
        releases.add(new ReleaseReport(
                ref(graph, service), 1, "key", ChartCatalog.ANY.render(service, 1), values, Map.of("north", 1), 1, ""));
    }

    private static RuleRecord rule(String graph, String service) {
        return new RuleRecord(ref(graph, service), new EventRule("first", "up", Duration.ZERO, ""), "owner");
    }

    private static WorkloadRef ref(String graph, String service) {
        return new WorkloadRef(new GraphId(DescriptorEdits.PROJECT, graph), service);
    }

    /** The server: 404 for unknown paths; an answer may begin with its status. */
    private void answer(HttpExchange call) throws IOException {
        try (call) {
            String text = answers.getOrDefault(call.getRequestURI().toString(), "404{}");
            int status = text.startsWith("{") ? 200 : Integer.parseInt(text.substring(0, 3));
            byte[] body = text.substring(text.indexOf('{')).getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, body.length);
            call.getResponseBody().write(body);
        }
    }

    /** The world, with the state of the test. */
    private final class Shown implements ChaosWorld {
        @Override
        public ObservedWorld observe() {
            return new ObservedWorld(
                    new WorldReport(List.of(), List.copyOf(releases), List.copyOf(rules), writes), strays);
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
        public ChaosPace pace() {
            return new ChaosPace(1, 1, 1, 1, 1, 1);
        }

        @Override
        public ChartCatalog charts() {
            return ChartCatalog.ANY;
        }

        @Override
        public List<String> clusters() {
            return List.of();
        }

        @Override
        public List<WorldOutage> outages() {
            return List.of();
        }

        @Override
        public void load(int requestsPerSecond) {}

        @Override
        public void close() {}
    }
}
