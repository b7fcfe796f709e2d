// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.FakeSmo.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done with graphs beside deploying them, and what they were. */
class GraphCommandsTest {

    private static final String GRAPH = "/api/v1/projects/p/graphs/g";
    private static final String STATE = """
            {"project":"p","name":"g","phase":"RUNNING","paused":false,"conditions":[],"drift":[],"services":[
             {"name":"web","state":"DEPLOYED","replicas":2,"shares":[{"source":"sim","cluster":"c1","replicas":2}]},
             {"name":"db","state":"DEPLOYED","replicas":1,"shares":[{"source":"sim","cluster":"c2","replicas":1}]},
             {"name":"log","state":"DEPLOYED","replicas":1,"shares":[{"source":"sim","cluster":"c1","replicas":1}]}]}""";
    private static final String DONE = """
            {"id":"o1","href":"/api/v1/operations/o1","kind":"PLACE","state":"SUCCEEDED","graph":{"href":"%s"},"message":""}""".formatted(GRAPH);
    private static final String PLAN = """
            {"id":"n1","kind":"PLACE","project":"p","graph":"g","feasible":%s,"services":{"moved":["web"]},"steps":[],
             "conflicts":[],"warnings":[],"href":"/x"}""";

    private final FakeSmo server = new FakeSmo();

    @AfterEach
    void end() {
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private JsonNode sent(String method, String path) {
        List<Call> calls = server.calls(method, path);
        return FakeSmo.json(calls.get(calls.size() - 1).body());
    }

    @Test
    void automationIsPausedAndResumed() {
        server.on("PUT " + GRAPH + "/automation", STATE);
        assertThat(run("graph", "pause", "p/g").status()).isZero();
        assertThat(sent("PUT", GRAPH + "/automation")).isEqualTo(FakeSmo.json("{\"paused\":true}"));
        assertThat(run("graph", "resume", "g", "-p", "p").out()).contains("p/g: RUNNING");
        assertThat(sent("PUT", GRAPH + "/automation")).isEqualTo(FakeSmo.json("{\"paused\":false}"));
    }

    @Test
    void aGraphIsNamedInOneWordOrInTwo() {
        server.on("POST " + GRAPH + "/repair", DONE).on("GET " + GRAPH, STATE);
        assertThat(run("graph", "repair", "p", "g").status()).isZero();
        assertThat(run("graph", "repair", "p/g").status()).isZero();
        assertThat(server.calls("POST", GRAPH + "/repair")).hasSize(2);
        assertThat(run("graph", "repair").status()).isEqualTo(64);
    }

    @Test
    void someServicesArePlacedAgain() {
        server.on("POST " + GRAPH + "/placement", DONE).on("GET " + GRAPH, STATE);
        assertThat(run("graph", "place", "p/g", "--service", "web,db").status()).isZero();
        assertThat(sent("POST", GRAPH + "/placement"))
                .isEqualTo(FakeSmo.json("{\"reason\":\"move\",\"services\":[\"web\",\"db\"]}"));
        run("graph", "place", "p/g", "-s", "web", "--to", "c2", "--force");
        assertThat(sent("POST", GRAPH + "/placement"))
                .isEqualTo(FakeSmo.json(
                        "{\"reason\":\"offload\",\"target\":\"c2\",\"services\":[\"web\"],\"force\":true}"));
        run("graph", "place", "p/g", "--away", "sim/c1");
        assertThat(sent("POST", GRAPH + "/placement"))
                .isEqualTo(FakeSmo.json("{\"reason\":\"move\",\"services\":[\"web\",\"log\"]}"));
        run("graph", "place", "p/g", "--away", "c1", "--service", "log");
        assertThat(sent("POST", GRAPH + "/placement"))
                .isEqualTo(FakeSmo.json("{\"reason\":\"move\",\"services\":[\"log\"]}"));
        assertThat(run("graph", "place", "p/g", "--away", "c1", "-s", "db").err())
                .contains("No service of db is on c1");
        assertThat(run("graph", "place", "p/g", "--away", "c1", "--to", "c2").status())
                .isEqualTo(64);
    }

    @Test
    void aPlanIsShownAndCarriedOutAsItIs() {
        server.on("POST " + GRAPH + "/plan", PLAN.formatted("true"))
                .on("GET " + GRAPH + "/plans/n1", PLAN.formatted("false"))
                .on("POST " + GRAPH + "/plans/n1/apply", DONE)
                .on("GET " + GRAPH, STATE);
        CommandLineRun planned = run("graph", "place", "p/g", "--to", "c2", "--plan");
        assertThat(planned.status()).isZero();
        assertThat(planned.out()).contains("Plan n1: place p/g, it fits", "moved: web");
        assertThat(sent("POST", GRAPH + "/plan"))
                .isEqualTo(FakeSmo.json("{\"placement\":{\"reason\":\"offload\",\"target\":\"c2\"}}"));
        CommandLineRun now = run("graph", "plan", "p/g", "n1");
        assertThat(now.status()).isEqualTo(1);
        assertThat(now.out()).contains("it does not fit now");
        assertThat(run("graph", "plan", "p/g", "n1", "--apply").status()).isZero();
        assertThat(server.calls("POST", GRAPH + "/plans/n1/apply")).hasSize(1);
    }

    @Test
    void historyHasEachChange() {
        server.on("GET " + GRAPH + "/history", """
                {"from":"2026-11-28T08:00:00Z","to":"2026-11-29T08:00:00Z",
                 "before":{"phase":"PENDING","revision":2,"decisionId":null,"services":{}},
                 "moments":[{"at":"2026-11-28T09:00:00.5Z","phase":"RUNNING",
                  "services":{"web":{"shares":[{"cluster":"c1","replicas":2}],"load":null}},
                  "cause":{"source":"decision","id":"d1","what":"failover","outcome":"placed","service":null,"message":"by greedy"}}]}""");
        CommandLineRun run = run("graph", "history", "p/g", "--from", "2026-11-28T08:00:00Z");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("p/g at 2026-11-28T08:00:00Z: phase PENDING, revision 2, decision -")
                .containsPattern("2026-11-28T09:00:00Z +decision +failover +placed +running +- +web@c1");
        assertThat(run("graph", "history", "p/g", "-o", "jsonpath={.moments[0].cause.id}")
                        .out())
                .isEqualTo("d1\n");
        assertThat(run("graph", "history", "p/g", "-o", "wide").out()).contains("by greedy");
        assertThat(run("graph", "history", "p/g", "--from", "yesterday").err()).contains("is no instant");
        assertThat(run("graph", "history", "p/g", "--from", "2026-11-28T08:00:00Z", "--since", "1h")
                        .status())
                .isEqualTo(64);
    }

    @Test
    void aGraphIsShownAsItWas() {
        server.on("GET " + GRAPH + "/history/at?time=2026-11-28T09%3A00%3A00Z", """
                {"at":"2026-11-28T09:00:00Z","phase":"RUNNING","revision":3,"decisionId":"d1","services":{
                 "web":{"shares":[{"cluster":"c1","replicas":2}],"load":{"perSecond":12.25,"at":"2026-11-28T08:59:00Z"}}}}""");
        CommandLineRun run = run("graph", "history", "p/g", "--at", "2026-11-28T09:00:00Z");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("phase RUNNING, revision 3, decision d1").containsPattern("web +c1 +12.3");
        assertThat(run("graph", "history", "p/g", "--at", "2026-11-28T09:00:00Z", "--since", "1h")
                        .status())
                .isEqualTo(64);
    }

    @Test
    void aSeriesHasReplicasAndLoadByTime() {
        server.on("GET " + GRAPH + "/services/web/series", """
                {"stepSeconds":60,"replicas":{"knownSince":null,"points":[{"at":"2026-11-28T09:00:00Z","replicas":2}]},
                 "load":{"missing":"no metrics source","points":[{"at":"2026-11-28T09:01:00Z","perSecond":7.5}]}}""");
        CommandLineRun run = run("graph", "series", "p/g", "web", "--step", "60", "--to", "2026-11-28T10:00:00Z");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("09:00:00Z +2 +-")
                .containsPattern("09:01:00Z +2 +7.5")
                .contains("load: no metrics source");
    }

    @Test
    void theSummaryHasWhatNeedsAPerson() {
        server.on("GET /api/v1/graphs/summary", """
                {"graphs":3,"services":9,"replicas":12,"phases":{"RUNNING":2,"FAILED":1},"projects":{"count":2,"largest":[]},
                 "attention":{"count":1,"items":[{"project":"p","name":"g","phase":"FAILED","attention":"error",
                  "condition":{"reason":"StepFailed","remedy":"restore it","message":"","since":"2026-11-28T09:00:00Z"}}]}}""");
        assertThat(run("graph", "summary").out())
                .contains(
                        "3 graphs of 2 projects with 9 services and 12 replicas, 2 running, 1 failed; 1 need a person")
                .containsPattern("p +g +failed +error +StepFailed +restore it");
        assertThat(run("graph", "summary", "-o", "name").out()).isEqualTo("graph/p/g\n");
        assertThat(FakeSmo.json(run("graph", "summary", "--json").out())
                        .path("graphs")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void activityIsCountedByPartOfTheTime() {
        server.on("GET /api/v1/activity", """
                {"bucketMillis":3600000,"buckets":[{"at":"2026-11-28T09:00:00Z","decisions":4,"placed":1,"infeasible":1,
                 "scaled":2,"moved":3,"failed":0}],"total":{"decisions":4,"placed":1,"infeasible":1,"scaled":2,"moved":3,"failed":0}}""");
        CommandLineRun run = run("activity", "--since", "2h");
        assertThat(run.out())
                .containsPattern("2026-11-28T09:00:00Z +4 +1 +1 +2 +3 +0")
                .containsPattern("in all +4 +1");
        assertThat(run("activity", "-o", "xml").status()).isEqualTo(64);
    }

    @Test
    void servicesOnAClusterAreOfAllProjects() {
        String service =
                "{\"project\":\"p\",\"graph\":\"g\",\"service\":\"%s\",\"phase\":\"RUNNING\",\"replicas\":2,\"elsewhere\":[\"c2\"]}";
        server.on(
                        "GET /api/v1/clusters/sim/c1/services?limit=1000",
                        "{\"items\":[" + service.formatted("web") + "],\"nextCursor\":\"n\"}")
                .on(
                        "GET /api/v1/clusters/sim/c1/services?limit=1000&cursor=n",
                        "{\"items\":[" + service.formatted("db") + "],\"nextCursor\":null}");
        assertThat(run("cluster", "services", "sim/c1", "--limit", "2000").out())
                .containsPattern("p +g +web +running +2 +c2")
                .containsPattern("p +g +db ");
        assertThat(FakeSmo.json(run("cluster", "services", "sim/c1", "--limit", "2000", "-o", "json")
                                .out())
                        .path("items"))
                .hasSize(2);
    }

    @Test
    void anotherWorldIsAskedFor() {
        server.on("POST /api/v1/fleet/what-if", "{\"id\":\"w\",\"state\":\"planned\",\"moves\":1,\"steps\":[]}");
        assertThat(run("fleet", "what-if", "--lost", "c1,c2", "--demand", "1.3", "--graph", "p/g", "-o", "yaml")
                        .out())
                .contains("moves: 1");
        assertThat(sent("POST", "/api/v1/fleet/what-if"))
                .isEqualTo(
                        FakeSmo.json(
                                "{\"whatIf\":{\"clusters\":{\"c1\":\"lost\",\"c2\":\"lost\"},\"demand\":1.3},\"graphs\":[\"p/g\"]}"));
        run("fleet", "what-if", "--world", "{\"demand\":2}");
        assertThat(sent("POST", "/api/v1/fleet/what-if")).isEqualTo(FakeSmo.json("{\"whatIf\":{\"demand\":2}}"));
        assertThat(run("fleet", "what-if").err()).contains("--lost CLUSTER");
        assertThat(run("fleet", "what-if", "--world", "{}", "--demand", "2").status())
                .isEqualTo(64);
    }
}
