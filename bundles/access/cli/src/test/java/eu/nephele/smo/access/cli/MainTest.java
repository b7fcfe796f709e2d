// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final String GRAPHS = "/api/v1/projects/p/graphs";
    private static final String GRAPH = """
            {"project":"p","name":"g","version":"1","phase":"%s","services":[{"name":"web","state":"DEPLOYED","readyReplicas":1,
             "shares":[{"cluster":"c1","replicas":2}],"message":"one replica starts"}],
             "conditions":[{"type":"Ready","status":"False","reason":"Progressing","message":"not all replicas are ready"}]}""";

    private static final String OPERATION = """
            {"id":"o1","kind":"%s","state":"%s","href":"/api/v1/operations/o1","message":"%s",
             "graph":{"project":"p","name":"g","href":"/api/v1/projects/p/graphs/g"},"error":null}""";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void listsGraphs() {
        server.on("GET " + GRAPHS, "{\"items\":[" + GRAPH.formatted("RUNNING") + "]}");
        assertThat(run("graph", "list", "p")).isZero();
        assertThat(out.toString()).contains("project  graph").contains("p        g            1  RUNNING  by the SMO");
    }

    @Test
    void showsEachShareOfADividedService() {
        String shares =
                "{\"cluster\":\"c1\",\"replicas\":2,\"readyReplicas\":2},{\"cluster\":\"c2\",\"replicas\":1,\"readyReplicas\":0}";
        server.on(
                "GET " + GRAPHS + "/g",
                GRAPH.formatted("DEPLOYING").replace("{\"cluster\":\"c1\",\"replicas\":2}", shares));
        assertThat(run("graph", "show", "p", "g")).isZero();
        assertThat(out.toString()).contains("web      deployed  c1:2 c2:1         3  c1:2 c2:0  one replica starts");
    }

    @Test
    void showsAGraphAndWhatIsWrongWithIt() {
        server.on("GET " + GRAPHS + "/g", GRAPH.formatted("DEPLOYING"));
        assertThat(run("graph", "show", "p", "g")).isZero();
        assertThat(out.toString())
                .contains("p/g: DEPLOYING")
                .contains("web      deployed  c1              2      1  one replica starts")
                .contains("not all replicas are ready; web: one replica starts");
    }

    @Test
    void aGraphThatRunsSaysWhatDoesNotHoldAllTheSame() {
        server.on(
                "GET " + GRAPHS + "/g",
                GRAPH.formatted("RUNNING")
                        .replace("\"Ready\"", "\"StrategyAvailable\"")
                        .replace(
                                "not all replicas are ready",
                                "first-fit decided instead (doesnotexist: not installed)"));
        assertThat(run("graph", "show", "p", "g")).isZero();
        assertThat(out.toString())
                .contains("StrategyAvailable: first-fit decided instead (doesnotexist: not installed)");
    }

    @Test
    void deploysAFileInItsOwnFormat() throws IOException {
        Path file = Files.writeString(folder.resolve("g.json"), "{\"hdaGraph\": {}}");
        server.on("POST " + GRAPHS, OPERATION.formatted("DEPLOY", "RUNNING", "it begins"))
                .on("GET /api/v1/operations/o1", OPERATION.formatted("DEPLOY", "RUNNING", "installing web"))
                .on("GET " + GRAPHS + "/g", GRAPH.formatted("DEPLOYING"));
        assertThat(run("graph", "deploy", "p", file.toString(), "--wait", "1")).isEqualTo(3);
        assertThat(out.toString())
                .contains("p/g: DEPLOYING")
                .contains("deploy is running: installing web (/api/v1/operations/o1)");
        assertThat(server.calls("POST", GRAPHS))
                .singleElement()
                .satisfies(
                        call -> assertThat(call.headers()).containsEntry("Content-type", List.of("application/json")))
                .satisfies(call -> assertThat(call.body()).isEqualTo("{\"hdaGraph\": {}}"));
    }

    @Test
    void whatIsNotDoneIsAStatusOfItsOwnUnlessNobodyWaits() throws IOException {
        Path file = Files.writeString(folder.resolve("g.json"), "{\"hdaGraph\": {}}");
        String waits = OPERATION.formatted("DEPLOY", "RUNNING", "no placement: web not on c1: 200 cores");
        server.on("POST " + GRAPHS, waits)
                .on("GET /api/v1/operations/o1", waits)
                .on("GET " + GRAPHS + "/g", GRAPH.formatted("PENDING"));
        assertThat(run("graph", "deploy", "p", file.toString(), "--wait", "1")).isEqualTo(3);
        assertThat(run("graph", "deploy", "p", file.toString(), "--no-wait")).isZero();
        assertThat(run("graph", "deploy", "p", file.toString(), "--wait", "0")).isZero();
        assertThat(out.toString()).contains("no placement: web not on c1: 200 cores");
    }

    @Test
    void whatFailedIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("g.json"), "{\"hdaGraph\": {}}");
        server.on("POST " + GRAPHS, OPERATION.formatted("DEPLOY", "FAILED", "the chart is refused"))
                .on("GET " + GRAPHS + "/g", GRAPH.formatted("FAILED"));
        assertThat(run("graph", "deploy", "p", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("deploy is failed: the chart is refused");
    }

    @Test
    void stopsStartsPlacesAndRemoves() {
        server.on("POST " + GRAPHS + "/g/stop", OPERATION.formatted("STOP", "SUCCEEDED", ""))
                .on("POST " + GRAPHS + "/g/start", OPERATION.formatted("START", "SUCCEEDED", ""))
                .on("POST " + GRAPHS + "/g/placement", OPERATION.formatted("PLACE", "SUCCEEDED", ""))
                .on("GET " + GRAPHS + "/g", GRAPH.formatted("STOPPED"), GRAPH.formatted("RUNNING"))
                .on("DELETE " + GRAPHS + "/g", OPERATION.formatted("REMOVE", "SUCCEEDED", ""));
        assertThat(run("graph", "stop", "p", "g")).isZero();
        assertThat(run("graph", "start", "p", "g")).isZero();
        assertThat(run("graph", "place", "p", "g", "--strategy", "greedy")).isZero();
        assertThat(run("graph", "remove", "p", "g")).isZero();
        assertThat(server.calls("POST", GRAPHS + "/g/placement").get(0).body())
                .isEqualTo("{\"override\":{\"placement\":{\"id\":\"greedy\"}}}");
        assertThat(out.toString()).contains("p/g: STOPPED").contains("p/g is removed");
    }

    @Test
    void aRemovalThatIsNotDoneIsToldAsSuch() {
        String waits = OPERATION.formatted("REMOVE", "RUNNING", "c1 does not answer");
        server.on("DELETE " + GRAPHS + "/g", waits)
                .on("GET /api/v1/operations/o1", waits)
                .on("GET " + GRAPHS + "/g", GRAPH.formatted("REMOVING"));
        assertThat(run("graph", "remove", "p", "g", "--wait", "1")).isEqualTo(3);
        assertThat(out.toString()).contains("p/g: REMOVING").contains("remove is running: c1 does not answer");
    }

    @Test
    void aGraphThatIsThereAlreadyIsShown() throws IOException {
        Path file = Files.writeString(folder.resolve("g.json"), "{\"hdaGraph\": {}}");
        server.on("POST " + GRAPHS, GRAPH.formatted("RUNNING"));
        assertThat(run("graph", "deploy", "p", file.toString())).isZero();
        assertThat(out.toString()).contains("p/g: RUNNING");
    }

    @Test
    void everyCommandSpeaksJsonToPrograms() {
        server.on("GET /api/v1/clusters", "{\"items\":[]}")
                .on("GET " + GRAPHS, "{\"items\":[]}")
                .on("GET " + GRAPHS + "/g", GRAPH.formatted("RUNNING"))
                .on("GET " + GRAPHS + "/g/services/web/explanation", "{\"text\":[\"because\"]}")
                .on("DELETE " + GRAPHS + "/g", OPERATION.formatted("REMOVE", "SUCCEEDED", ""));
        run("cluster", "list", "--json");
        run("graph", "list", "p", "--json");
        run("graph", "show", "p", "g", "--json");
        run("explain", "p", "g", "web", "--json");
        run("graph", "remove", "p", "g", "--json");
        assertThat(out.toString().lines().map(FakeSmo::json)).hasSize(5);
    }

    @Test
    void theLatestPlacementsAreVerifiedAndARejectedOneIsAFailure() {
        server.on(
                "GET " + GRAPHS + "/g/decisions?limit=100&kind=placement",
                "{\"items\":[{\"id\":\"d2\"}],\"nextCursor\":\"d2\"}");
        server.on(
                "GET " + GRAPHS + "/g/decisions?limit=100&kind=placement&cursor=d2",
                "{\"items\":[{\"id\":\"d1\"}],\"nextCursor\":null}");
        server.on(
                "GET " + GRAPHS + "/g/decisions/d2/verification",
                "{\"decision\":\"d2\",\"verdict\":\"verified\",\"flaws\":[],\"text\":[\"No placement costs less: verified.\"]}");
        server.on(
                "GET " + GRAPHS + "/g/decisions/d1/verification",
                "{\"decision\":\"d1\",\"verdict\":\"rejected\",\"flaws\":[\"cost is 4, recorded as 3\"],\"text\":[]}");
        assertThat(run("decision", "verify", "p", "g")).isOne();
        assertThat(out.toString())
                .contains("d2  verified", "No placement costs less: verified.", "2 decisions, 1 verified, 1 rejected");
        assertThat(out.toString() + err).contains("d1  rejected", "cost is 4, recorded as 3");
        assertThat(run("decision", "verify", "p", "g", "d2", "--json")).isZero();
    }

    @Test
    void aPlanOfTheFleetIsMadeShownAppliedAndForgotten() {
        String plan = """
                {"id":"f1","state":"%s","graphs":2,"services":3,"moves":1,"maxMoves":4,"costBefore":3.5,"costAfter":2,
                 "message":"","objectives":[{"objective":"price","unit":"currency/h","weight":1,"before":3.5,"after":2}],
                 "steps":[{"step":1,"project":"p","graph":"g","gain":1.5,"state":"pending",
                  "moves":[{"service":"web","from":{"name":"c1"},"to":{"name":"c2"}}]}],
                 "notMade":[],"staying":[{"project":"p","graph":"h","reason":"it is paused"}],"faults":[]}""";
        server.on("POST /api/v1/fleet/plans", plan.formatted("planned"));
        server.on("GET /api/v1/fleet/plans/f1", plan.formatted("planned"));
        server.reply("POST /api/v1/fleet/plans/f1/apply", 202, plan.formatted("applying"));
        server.reply("DELETE /api/v1/fleet/plans/f1", 204, "");
        assertThat(run(
                        "fleet",
                        "plan",
                        "--max-moves",
                        "4",
                        "--objectives",
                        "price=1",
                        "--graph",
                        "p/g",
                        "--budget",
                        "2",
                        "--what-if",
                        "{\"demand\":1.3}"))
                .isZero();
        assertThat(FakeSmo.json(
                        server.calls("POST", "/api/v1/fleet/plans").get(0).body()))
                .isEqualTo(
                        FakeSmo.json(
                                "{\"maxMoves\":4,\"objectives\":{\"price\":1.0},\"graphs\":[\"p/g\"],\"budgetSeconds\":2,\"whatIf\":{\"demand\":1.3}}"));
        assertThat(out.toString())
                .contains(
                        "Plan f1 (planned): 2 graphs, 3 services, 1 of at most 4 moves",
                        "web c1→c2",
                        "Stays: p/h: it is paused");
        assertThat(run("fleet", "show", "f1")).isZero();
        assertThat(run("fleet", "apply", "f1")).isZero();
        assertThat(out.toString()).contains("Plan f1 (applying)");
        assertThat(run("fleet", "forget", "f1")).isZero();
    }

    @Test
    void aListWithoutPlansOfTheFleetSaysSo() {
        server.on("GET /api/v1/fleet/plans", "{\"items\":[]}");
        assertThat(run("fleet", "list")).isZero();
        assertThat(out.toString()).contains("No plans are kept.");
    }

    @Test
    void plansOfTheFleetAreListed() {
        server.on("GET /api/v1/fleet/plans", """
                {"items":[
                 {"id":"f2","state":"applying","origin":"scheduled","hypothetical":false,"moves":12,
                  "createdAt":"2026-11-20T02:30:00Z","expiresAt":"2026-11-20T02:45:00Z","costBefore":3.5,"costAfter":2},
                 {"id":"f1","state":"planned","origin":"asked","hypothetical":true,"moves":4,
                  "createdAt":"2026-11-19T02:30:00Z","expiresAt":"2026-11-19T02:45:00Z","costBefore":3.5,"costAfter":4}]}""");
        assertThat(run("fleet", "list")).isZero();
        assertThat(out.toString().lines())
                .map(line -> line.replaceAll(" +", " ").strip())
                .containsSubsequence(
                        "f2 applying scheduled 2026-11-20T02:30:00Z 2026-11-20T02:45:00Z 12 3.5 2",
                        "f1 planned hypothetical 2026-11-19T02:30:00Z 2026-11-19T02:45:00Z 4 3.5 4");
        assertThat(run("fleet", "list", "--json")).isZero();
        assertThat(out.toString()).contains("\"origin\"");
    }

    @Test
    void explainsInPlainWords() {
        server.on(
                "GET " + GRAPHS + "/g/services/web/explanation", "{\"text\":[\"web runs on c1\",\"Not c2: no room\"]}");
        assertThat(run("explain", "p", "g", "web")).isZero();
        assertThat(out.toString()).contains("web runs on c1").contains("Not c2: no room");
    }

    @Test
    void clustersThatAreAwayAndSourcesThatSayNothingAreShown() {
        server.on("GET /api/v1/clusters", """
                {"items":[{"name":"c1","ready":false,"location":"x","allocatable":{"gpus":"unlimited"},"available":{},
                 "signals":{"carbonGramsPerKwh":null}}],"unknownSources":["karmada has not been heard of"]}""");
        assertThat(run("cluster", "list")).isZero();
        assertThat(out.toString()).contains("away").contains("yes").contains("karmada has not been heard of");
    }

    @Test
    void aProblemGoesToStandardErrorAndTheStatusIsOne() {
        assertThat(run("graph", "show", "p", "unknown")).isEqualTo(1);
        assertThat(err.toString()).contains("answered 404").doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsOneLine() throws IOException {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        int status = Main.run(
                new String[] {"cluster", "list", "--url", "http://127.0.0.1:" + free},
                new PrintWriter(out),
                new PrintWriter(err, true));
        assertThat(status).isEqualTo(1);
        assertThat(err.toString().lines()).first().asString().contains("cannot be reached");
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        assertThat(run("graph", "deploy", "p", folder.resolve("none.yaml").toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("does not exist")
                .contains("none.yaml");
    }

    @Test
    void wrongUsageSaysWhatIsRight() {
        assertThat(run("graph")).isEqualTo(64);
        assertThat(run("grpah", "list")).isEqualTo(64);
        assertThat(err.toString()).contains("Missing required subcommand").contains("Usage:");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.size() > 1 && !all.get(0).equals("grpah")) {
            all.addAll(List.of("--url", server.uri().toString()));
        }
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
