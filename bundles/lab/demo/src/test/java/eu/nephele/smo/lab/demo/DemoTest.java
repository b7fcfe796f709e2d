// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import static eu.nephele.smo.lab.demo.Sample.GRAPH;
import static eu.nephele.smo.lab.demo.Sample.cluster;
import static eu.nephele.smo.lab.demo.Sample.decision;
import static eu.nephele.smo.lab.demo.Sample.graph;
import static eu.nephele.smo.lab.demo.Sample.infeasible;
import static eu.nephele.smo.lab.demo.Sample.page;
import static eu.nephele.smo.lab.demo.Sample.service;
import static eu.nephele.smo.lab.demo.Sample.staticGraph;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final String PENDING = service("filter", "PENDING", "c1", 1, 0);
    private static final String ON_C1 = service("web", "DEPLOYED", "c1", 1, 1);
    private static final String SCALED = service("web", "DEPLOYED", "c1", 3, 3);
    private static final String ON_C2 = service("web", "DEPLOYED", "c2", 3, 3);

    private static final String FLEET_PLANS = "/api/v1/fleet/plans";
    private static final String DIVIDED = "/api/v1/projects/demo-divided/graphs/two-clusters";

    private final StringWriter out = new StringWriter();
    private final FakeSmo server = new FakeSmo();
    private final VirtualPace pace = new VirtualPace();

    @BeforeEach
    void aFederation() {
        server.on("GET /lab/world", "{}")
                .on("GET /api/v1/clusters", page(cluster("c1", true), cluster("c2", true)))
                .on("GET /api/v1/clusters/c1", cluster("c1", false), cluster("c1", true))
                .on("POST /api/v1/projects/demo/graphs", Sample.DEPLOYMENT)
                .on("GET " + GRAPH, graph("PENDING", service("web", "NOT_DEPLOYED", "", 0, 0)))
                .on("GET /api/v1/projects/demo/graphs", page("{\"name\":\"g\"}"))
                .on("GET " + GRAPH + "/decisions?kind=scaling&limit=1", page("{\"id\":\"s1\"}"))
                .on("GET " + GRAPH + "/decisions?kind=scaling&limit=10", page("{\"id\":\"s1\"}"))
                .on("GET " + GRAPH + "/decisions?limit=1000", page("{}", "{}", "{}"))
                .on("GET " + GRAPH + "/decisions/d1", decision("d1", "placement", "first-fit", "{}"))
                .on("GET " + GRAPH + "/decisions/s1", decision("s1", "scaling", "optimal", """
                        {"services":[{"service":"web","from":1,"to":3,"reason":"a demand of 25 needs at least 3"}]}"""))
                .on(
                        "GET " + GRAPH + "/services/web/explanation",
                        "{\"text\":[\"web is placed on c2 because it is cheap.\"]}")
                .on("GET " + GRAPH + "/services/filter/explanation", "{\"text\":[\"filter has room on c1.\"]}");
        server.on("POST " + DIVIDED.replace("/two-clusters", ""), "{}")
                .on(
                        "GET " + DIVIDED,
                        divided("RUNNING", "c1", 2),
                        divided("RUNNING", "c1", 2),
                        divided("RUNNING", "c3", 2))
                .on("DELETE " + DIVIDED, "{}");
        server.reply("POST /lab/load", 204, "")
                .reply("POST /lab/clusters/c1/fail", 204, "")
                .reply("POST /lab/clusters/c1/restore", 204, "");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void tellsTheWholeStoryAndEndsWithItsOutcomeAsJson() {
        wholeStory();
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("[11/11]")
                .contains("c1       here      ready        11.5  12")
                .contains("first-fit 1.0.0")
                .contains("filter waits, its room is reserved")
                .contains("5.00 -> 25.00  1 -> 3    optimal: a demand of 25 needs at least 3")
                .contains("degraded")
                .contains("web      c1 -> c2         3")
                .contains("c1 is back")
                .contains("web is placed on c2 because it is cheap.")
                .contains("dark: lux < 5 (It is dark)")
                .contains("curl -X POST " + server.uri() + "/alerts")
                .contains("\"smo_event\":\"dark\"");
        JsonNode outcome = FakeSmo.json(Sample.lastLine(out.toString()));
        assertThat(outcome.path("graphs").asInt()).isEqualTo(1);
        assertThat(outcome.path("servicesRunning").asInt()).isEqualTo(1);
        assertThat(outcome.path("servicesPending").asInt()).isEqualTo(1);
        assertThat(outcome.path("decisions").asInt()).isEqualTo(3);
        assertThat(outcome.path("startupMillis").asLong()).isEqualTo(1234);
        assertThat(outcome.path("moves").asInt()).isEqualTo(1);
        assertThat(outcome.path("scaled").asInt()).isEqualTo(1);
        assertThat(outcome.path("seconds").isNumber()).isTrue();
    }

    @Test
    void sendsTheGraphAsItIsAndLetsOnlyItsOwnServicesHaveLoad() {
        wholeStory();
        run(Terminal.OutputMode.PLAIN);
        assertThat(server.calls("POST", "/api/v1/projects/demo/graphs"))
                .singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo("hdaGraph: {}"))
                .satisfies(
                        call -> assertThat(call.headers()).containsEntry("Content-type", List.of("application/yaml")));
        assertThat(server.calls("POST", "/lab/load"))
                .allSatisfy(call -> assertThat(call.body()).contains("\"service\":\"demo/g/web\""))
                .last()
                .satisfies(call -> assertThat(call.body()).contains("\"requestsPerSecond\":25.0"));
    }

    @Test
    void forProgramsEachStepIsOneJsonObject() {
        wholeStory();
        assertThat(run(Terminal.OutputMode.JSON)).isZero();
        assertThat(out.toString().lines().map(FakeSmo::json).map(step -> step.path("step")
                        .asText()))
                .containsExactly(
                        "federation",
                        "deploy",
                        "scale",
                        "failover",
                        "explain",
                        "plugin",
                        "shadow",
                        "promote",
                        "swap",
                        "what-if",
                        "pointers",
                        "");
        JsonNode failover = FakeSmo.json(out.toString().lines().toList().get(3));
        assertThat(failover.path("moves").get(0).path("to").asText()).isEqualTo("c2");
    }

    @Test
    void aGraphPlacedByItsChartsIsNeitherScaledNorMovedNorExplained() {
        server.on("GET " + GRAPH, staticGraph("RUNNING", service("web", "DEPLOYED", "", 0, 1)));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString()).contains("its charts");
        assertThat(out.toString().lines().filter(line -> line.contains("skipped: the graph is placed by its charts")))
                .hasSize(7);
        assertThat(server.calls("POST", "/lab/clusters/c1/fail")).isEmpty();
    }

    @Test
    void aGraphOfConditionalServicesOnlyWaitsAndIsExplained() {
        server.on("GET " + GRAPH, graph("WAITING", PENDING));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("skipped: every service waits for an event: nothing runs that could be scaled")
                .contains("skipped: every service waits for an event: nothing runs that could lose its cluster")
                .contains("filter has room on c1.")
                .contains("filter waits for its event:");
        assertThat(FakeSmo.json(Sample.lastLine(out.toString()))
                        .path("servicesPending")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void withoutASimulatedFederationThereIsNeitherLoadNorFailure() {
        server.instead("GET /lab/world").reply("GET /lab/world", 404, "{}");
        server.on("GET " + GRAPH, graph("RUNNING", ON_C1));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("skipped: this server has no simulated federation, so there is no load to raise")
                .contains("skipped: this server has no simulated federation, so no cluster fails on request");
        assertThat(server.calls("POST", "/lab/load")).isEmpty();
    }

    @Test
    void whereNoStrategyScalesReplicasStayAndTheStoryGoesOn() {
        server.instead("GET " + GRAPH + "/decisions?kind=scaling&limit=1", page());
        server.on("GET " + GRAPH, graph("RUNNING", ON_C1));
        // The patience with the load is over after 14 s; what follows is the failure of the cluster.
        pace.whenPassed(Duration.ofSeconds(14), () -> server.instead("GET " + GRAPH, graph("RUNNING", ON_C2)));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString()).contains("no scaling strategy decides about this graph");
    }

    @Test
    void aGraphThatDoesNotFitFailsTheDemoWithTheReasons() {
        server.on(
                        "GET " + GRAPH,
                        infeasible("PENDING", "Graph g does not fit", service("web", "NOT_DEPLOYED", "", 0, 0)))
                .on("GET " + GRAPH + "/decisions?kind=placement&limit=1", page("{\"id\":\"d0\"}"))
                .on("GET " + GRAPH + "/decisions/d0", decision("d0", "placement", "first-fit", """
                        {"reasons":{"web":{"c1":"does not fit: needs 99 cores, 12 free"}}}"""));
        assertThat(run(Terminal.OutputMode.PLAIN)).isEqualTo(1);
        assertThat(out.toString())
                .contains("Step 2 (Deploying a test) failed: Graph g does not fit")
                .contains("web not on c1: does not fit: needs 99 cores, 12 free");
    }

    @Test
    void aDescriptorThatIsRefusedFailsTheDemoWithItsPointers() {
        server.instead("POST /api/v1/projects/demo/graphs").reply("POST /api/v1/projects/demo/graphs", 400, """
                {"status":400,"detail":"The descriptor is not valid","errors":[{"pointer":"/hdaGraph","message":"'id' is missing"}]}""");
        assertThat(run(Terminal.OutputMode.PLAIN)).isEqualTo(1);
        assertThat(out.toString())
                .contains("answered 400: The descriptor is not valid")
                .contains("/hdaGraph 'id' is missing");
    }

    @Test
    void aGraphThatNeverRunsFailsTheDemoWithWhatItSays() {
        server.on("GET " + GRAPH, graph("DEPLOYING", service("web", "DEPLOYING", "c1", 1, 0)));
        assertThat(run(Terminal.OutputMode.PLAIN)).isEqualTo(1);
        assertThat(out.toString()).contains("failed: g is not running after 60 seconds; phase DEPLOYING");
    }

    @Test
    void whereNothingFitsElsewhereTheGraphWaitsForItsCluster() {
        server.on(
                "GET " + GRAPH,
                graph("RUNNING", ON_C1),
                graph("RUNNING", SCALED),
                graph("RUNNING", SCALED),
                graph("DEGRADED", SCALED),
                infeasible("DEGRADED", "no other cluster has a GPU", SCALED),
                graph("RUNNING", SCALED));
        server.on("GET " + GRAPH + "/decisions?kind=placement&limit=1", page("{\"id\":\"d2\"}"))
                .on("GET " + GRAPH + "/decisions/d2", decision("d2", "placement", "optimal", """
                        {"reasons":{"web":{"c2":"has no GPU"}}}"""));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("no other cluster has a GPU")
                .contains("web not on c2: has no GPU")
                .contains("it waits until c1 is back")
                .contains("c1 is back and runs web");
        assertThat(FakeSmo.json(Sample.lastLine(out.toString())).path("moves").asInt())
                .isZero();
    }

    @Test
    void aDividedServiceServesWhileOneOfItsClustersIsLost() {
        wholeStory();
        server.instead(
                "GET " + DIVIDED,
                divided("DEPLOYING", "c1", 0),
                divided("RUNNING", "c1", 2),
                divided("RUNNING", "c1", 2),
                divided("DEGRADED", "c1", 0),
                divided("RUNNING", "c3", 2));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("beside it graph two-clusters: 4 replicas of web on two clusters, c1:2 c2:2")
                .contains("web of two-clusters: c1:2 c2:2 -> c2:2 c3:2; 2 of 4 replicas were ready all the time");
        assertThat(server.calls("DELETE", DIVIDED)).hasSize(1);
    }

    @Test
    void aDividedServiceWithoutAThirdClusterWaitsForItsShare() {
        wholeStory();
        server.instead(
                "GET " + DIVIDED,
                divided("RUNNING", "c1", 2),
                divided("RUNNING", "c1", 2),
                noRoomForDivided("DEGRADED"));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("c1:2 c2:2 -> the share of c1 waits for it; 2 of 4 replicas were ready all the time");
    }

    @Test
    void withoutRoomForADividedServiceTheStoryGoesOn() {
        wholeStory();
        server.instead("GET " + DIVIDED, noRoomForDivided("PENDING"));
        assertThat(run(Terminal.OutputMode.PLAIN)).isZero();
        assertThat(out.toString())
                .contains("a service on two clusters has no room beside it")
                .contains("c1 is back")
                .doesNotContain("all the time");
        assertThat(server.calls("DELETE", DIVIDED)).hasSize(1);
    }

    /** Two replicas on c2, and two on another cluster. */
    private static String divided(String phase, String other, int ready) {
        return Sample.divided(phase, "", other, ready);
    }

    private static String noRoomForDivided(String phase) {
        return Sample.divided(phase, """
                {"type":"Placed","status":"False","reason":"Infeasible","message":"no third cluster"}""", "c1", 0);
    }

    @Test
    void theFailedClusterIsRestoredEvenIfNothingMoves() {
        server.on(
                "GET " + GRAPH,
                graph("RUNNING", ON_C1),
                graph("RUNNING", SCALED),
                graph("RUNNING", SCALED),
                graph("DEGRADED", SCALED));
        assertThat(run(Terminal.OutputMode.PLAIN)).isEqualTo(1);
        assertThat(out.toString()).contains("failed: g still has services on c1 after 60 seconds; phase DEGRADED");
        assertThat(server.calls("POST", "/lab/clusters/c1/restore")).hasSize(1);
    }

    @Test
    void theLossOfTheClusterWithMostServicesIsAskedAndNothingIsApplied() {
        wholeStory();
        server.on("POST " + FLEET_PLANS, """
                {"id":"f1","moves":21,"steps":[{"project":"demo","graph":"g","moves":[{"service":"web","to":{"source":"sim","name":"c3"}}]},
                 {"project":"p","graph":"other","moves":[%s]}],
                 "notMade":[{"project":"p","graph":"large","moves":[],"reason":"db: c1: needs 9 cores, 2 free"}]}""".formatted(String.join(
                ",", Collections.nCopies(20, "{\"service\":\"x\",\"to\":{\"source\":\"sim\",\"name\":\"c1\"}}"))));
        assertThat(run(Terminal.OutputMode.PLAIN)).as(out.toString()).isZero();
        assertThat(server.calls("POST", FLEET_PLANS)).singleElement().satisfies(call -> assertThat(call.body())
                .isEqualTo("{\"budgetSeconds\":2,\"whatIf\":{\"clusters\":{\"c2\":\"lost\"}}}"));
        assertThat(out.toString())
                .contains("[10/11] What if cluster c2 were lost?")
                .contains("would go: web -> c3, p/other x -> c1, ")
                .contains("p/other x -> c1, and 13 more")
                .contains("p/large: no place for all of it: db: c1: needs 9 cores, 2 free")
                .contains("nothing has moved: ./smo fleet plan --what-if '{\"clusters\":{\"c2\":\"lost\"}}' --url "
                        + server.uri());
        JsonNode outcome = FakeSmo.json(Sample.lastLine(out.toString()));
        assertThat(outcome.path("whatIfMoves").asInt()).isEqualTo(21);
        assertThat(outcome.path("whatIfNotMade").asInt()).isEqualTo(1);
    }

    @Test
    void aServerThatMakesNoPlansIsNoFailure() {
        wholeStory();
        assertThat(run(Terminal.OutputMode.PLAIN)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("skipped: this server makes no plans of the fleet");
        assertThat(FakeSmo.json(Sample.lastLine(out.toString()))
                        .path("whatIfMoves")
                        .isNull())
                .isTrue();
    }

    @Test
    void aCallerWhoMayNotPlanIsNoFailure() {
        wholeStory();
        server.reply("POST " + FLEET_PLANS, 403, "{\"status\":403,\"detail\":\"may not\"}");
        assertThat(run(Terminal.OutputMode.PLAIN)).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("skipped: plans of the fleet need the right to operate all graphs (--token-file)");
    }

    @Test
    void aPlanThatFailsFailsTheDemo() {
        wholeStory();
        server.reply("POST " + FLEET_PLANS, 500, "{\"status\":500,\"detail\":\"out of order\"}");
        assertThat(run(Terminal.OutputMode.PLAIN)).isEqualTo(1);
        assertThat(out.toString())
                .contains("Step 10 (What if cluster c2 were lost?) failed")
                .contains("out of order");
    }

    @Test
    void aServerWithoutClustersFailsTheDemo() {
        server.instead("GET /api/v1/clusters", page());
        assertThat(run(Terminal.OutputMode.JSON)).isEqualTo(1);
        assertThat(FakeSmo.json(Sample.lastLine(out.toString())).path("failed").asText())
                .contains("knows no cluster");
    }

    @Test
    void theClusterThatFailsIsTheOneWithMostRunningServices() {
        assertThat(FailoverStep.victim(view(graph(
                        "RUNNING",
                        service("a", "DEPLOYED", "c2", 1, 1),
                        service("b", "DEPLOYED", "c1", 5, 5),
                        service("c", "DEPLOYED", "c2", 1, 1)))))
                .isEqualTo(Optional.of("c2"));
        assertThat(FailoverStep.victim(view(graph("RUNNING", service("a", "DEPLOYED", "c2", 1, 1), ON_C1))))
                .isEqualTo(Optional.of("c1"));
        assertThat(FailoverStep.victim(view(graph("WAITING", PENDING)))).isEmpty();
    }

    @Test
    void theBuiltInGraphIsThePublishedExample() throws Exception {
        DemoGraph graph = DemoGraph.builtIn();
        assertThat(graph.text()).contains("id: brussels-demo");
        assertThat(graph.mediaType()).isEqualTo("application/yaml");
        assertThat(new DemoGraph("x", "\n {\"hdaGraph\":{}}").mediaType()).isEqualTo("application/json");
    }

    private void wholeStory() {
        server.on(
                "GET " + GRAPH,
                graph("DEPLOYING", service("web", "DEPLOYING", "c1", 1, 0), PENDING),
                graph("WAITING", ON_C1, PENDING),
                graph("UPDATING", service("web", "DEPLOYING", "c1", 3, 1), PENDING),
                graph("WAITING", SCALED, PENDING),
                graph("DEGRADED", SCALED, PENDING),
                graph("WAITING", ON_C2, PENDING));
    }

    private static DisplayedGraph view(String json) {
        return DisplayedGraph.from(FakeSmo.json(json));
    }

    private int run(Terminal.OutputMode mode) {
        Terminal terminal = new Terminal(new PrintWriter(out, true), mode);
        return new Demo(new RestCalls(server.uri(), Optional.empty()), terminal, pace, Optional.empty())
                .run(new DemoGraph("a test", "hdaGraph: {}"), 1234, true);
    }
}
