// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.CommandLineRun;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.FakeSmo.Call;
import eu.nephele.smo.access.cli.FakeSmo.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {

    private static final String GRAPH = "/api/v1/projects/p/graphs/hello";
    private static final String STATE = """
            {"project":"p","name":"hello","revision":%d,"hdaGraph":{"id":"hello","description":"%s"}}""";
    private static final String PLAN = """
            {"id":"l1","kind":"UPDATE","project":"p","graph":"hello","feasible":true,
             "services":{"added":[],"removed":[],"moved":[],"changed":["web"],"unchanged":[]},
             "steps":[{"action":"UPGRADE","service":"web","from":[{"cluster":"c1","replicas":1}],
              "to":[{"cluster":"c1","replicas":1}],"detail":"new values"}],"conflicts":[],"warnings":["look out"]}""";
    private static final String OPERATION = """
            {"id":"o1","kind":"UPDATE","state":"%s","progressPercent":0,"message":"","error":null}""";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private Path file = Path.of("");

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("hello.yaml"), "hdaGraph: { id: hello, description: mine }\n");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aNewGraphIsPlannedAndCreated() {
        server.on("POST " + GRAPH + "/plan", PLAN)
                .on("POST /api/v1/projects/p/graphs", OPERATION.formatted("RUNNING"))
                .on("GET /api/v1/operations/o1", OPERATION.formatted("SUCCEEDED"));
        CommandLineRun run = run("apply", "-f", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("changed: web", "upgrade  web      c1:1  c1:1  new values", "look out", "update: succeeded");
    }

    @Test
    void aPlanChangesNothing() {
        server.on("POST " + GRAPH + "/plan", PLAN);
        assertThat(run("apply", "-f", file.toString(), "--plan").status()).isZero();
        assertThat(server.calls()).extracting(Call::method).containsExactly("GET", "POST");
    }

    @Test
    void anotherStateOfTheSameRevisionIsNoChangeOfSomebodyElse() {
        server.on("GET " + GRAPH, STATE.formatted(3, "before")).on("POST " + GRAPH + "/plan", PLAN);
        server.reply("PUT " + GRAPH, 412, "{\"status\":412}")
                .reply("PUT " + GRAPH, 200, OPERATION.formatted("SUCCEEDED"));
        assertThat(run("apply", "-f", file.toString()).status()).isZero();
        assertThat(server.calls("PUT", GRAPH)).hasSize(2).allSatisfy(call -> assertThat(call.headers())
                .containsEntry("If-match", List.of("\"tag\"")));
    }

    @Test
    void theChangeOfSomebodyElseIsShownAndNeverOverwritten() {
        server.on("GET " + GRAPH, STATE.formatted(3, "before"), STATE.formatted(4, "theirs"))
                .on("POST " + GRAPH + "/plan", PLAN);
        server.reply("PUT " + GRAPH, 412, "{\"status\":412}");
        CommandLineRun run = run("apply", "-f", file.toString());
        assertThat(run.status()).isEqualTo(ExitStatus.CHANGED_MEANWHILE.code());
        assertThat(run.err()).contains("- description: before", "+ description: theirs", "Nothing was overwritten");
        assertThat(server.calls("PUT", GRAPH)).hasSize(1);
    }

    @Test
    void whatIsNotDoneInTimeIsAStatusOfItsOwnAndSaysHowToFollowIt() {
        server.on("POST " + GRAPH + "/plan", PLAN)
                .on("POST /api/v1/projects/p/graphs", OPERATION.formatted("RUNNING"))
                .on("GET /api/v1/operations/o1", OPERATION.formatted("RUNNING"));
        CommandLineRun run = run("apply", "-f", file.toString(), "--wait", "1");
        assertThat(run.status()).isEqualTo(ExitStatus.NOT_DONE.code());
        assertThat(run.out()).contains("smo wait --for operation=o1");
        assertThat(run("apply", "-f", file.toString(), "--no-wait").status()).isZero();
    }

    @Test
    void eachFileOfAFolderIsApplied() throws IOException {
        Files.writeString(folder.resolve("zone.yaml"), "kind: zone\nname: z\nproject: p\ndesired: { ttl: 60 }\n");
        Files.writeString(folder.resolve("notes.txt"), "no descriptor");
        server.on("POST " + GRAPH + "/plan", PLAN)
                .on("POST /api/v1/projects/p/graphs", OPERATION.formatted("SUCCEEDED"))
                .on(
                        "PUT /api/v1/kinds/zone/resources/z?project=p",
                        "{\"operation\":" + OPERATION.formatted("SUCCEEDED") + "}");
        assertThat(run("apply", "-f", folder.toString()).status()).isZero();
        assertThat(server.calls("PUT", "/api/v1/kinds/zone/resources/z"))
                .singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo("{\"desired\":{\"ttl\":60}}"));
    }

    @Test
    void differencesAreShownAndAreAStatus() {
        server.on("GET " + GRAPH, STATE.formatted(3, "before"), STATE.formatted(3, "mine"));
        CommandLineRun run = run("diff", "-f", file.toString());
        assertThat(run.status()).isEqualTo(ExitStatus.DIFFERENT.code());
        assertThat(run.out()).contains("- description: before", "+ description: mine");
        assertThat(run("diff", "-f", file.toString()).status()).isZero();
    }

    @Test
    void aFileThatCannotBeReadNamesThePlace() throws IOException {
        Files.writeString(file, "hdaGraph: [");
        assertThat(run("apply", "-f", file.toString())).satisfies(run -> {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("hello.yaml");
        });
    }

    @Test
    void rollbackReturnsToTheRevisionBefore() {
        server.on("GET " + GRAPH, STATE.formatted(3, "x"))
                .on(
                        "GET " + GRAPH + "/revisions?limit=100",
                        "{\"items\":[{\"revision\":3},{\"revision\":2},{\"revision\":1}]}")
                .on("POST " + GRAPH + "/rollback", OPERATION.formatted("SUCCEEDED"));
        assertThat(run("rollback", "hello").status()).isZero();
        assertThat(server.calls("POST", GRAPH + "/rollback").get(0).body()).isEqualTo("{\"revision\":2}");
    }

    @Test
    void replicasAreSetByHandAndGivenBack() {
        server.on("PUT " + GRAPH + "/services/web/replicas", STATE.formatted(3, "x"))
                .on("DELETE " + GRAPH + "/services/web/replicas", STATE.formatted(3, "x"));
        assertThat(run("scale", "hello", "web", "--replicas", "3", "--for", "5m")
                        .status())
                .isZero();
        assertThat(server.calls().get(0).body()).isEqualTo("{\"replicas\":3,\"forSeconds\":300}");
        assertThat(run("scale", "hello", "web", "--release").status()).isZero();
        assertThat(run("scale", "hello", "web").status()).isEqualTo(64);
    }

    @Test
    void aDrainIsShownBeforeItMovesAnything() {
        server.on("POST /api/v1/fleet/plans", """
                {"id":"f1","state":"planned","hypothetical":true,"graphs":1,"services":1,"moves":1,"maxMoves":50,"costBefore":0,"costAfter":0,
                 "message":"","objectives":[],"steps":[{"step":1,"project":"p","graph":"hello","gain":0,"state":"pending",
                  "moves":[{"service":"web","from":{"name":"c1"},"to":{"name":"c2"}}]}],"notMade":[],"staying":[],"faults":[]}""");
        server.on("POST /api/v1/clusters/sim/c1/drain", OPERATION.formatted("SUCCEEDED"));
        assertThat(run("drain", "c1", "--plan").out()).contains("web c1→c2");
        assertThat(server.calls().get(0).body()).isEqualTo("{\"whatIf\":{\"clusters\":{\"c1\":\"lost\"}}}");
        assertThat(run("drain", "sim/c1", "--plan").out()).contains("web c1→c2");
        assertThat(server.calls().get(1).body())
                .as("another source may have a cluster of that name")
                .isEqualTo("{\"whatIf\":{\"clusters\":{\"sim/c1\":\"lost\"}}}");
        assertThat(run("drain", "sim/c1").status()).isZero();
    }

    @Test
    void whyAServiceIsNotSomewhereIsExplained() {
        server.on("GET " + GRAPH + "/services/web/explanation", """
                {"cluster":"c1","rejected":[{"cluster":"c2","possible":false,"reason":"no GPU"}]}""");
        assertThat(run("why-not", "web", "c2", "-g", "hello").out()).contains("web could not be on c2: no GPU");
        assertThat(run("why-not", "web", "c1", "-g", "hello").out()).contains("web is on c1");
        assertThat(run("why-not", "web", "c9", "-g", "hello").status()).isEqualTo(64);
    }

    @Test
    void waitsAndSaysWhatIsThereInstead() {
        server.program(call -> call.path().equals(GRAPH) ? Optional.of(new Reply(200, """
                        {"phase":"DEPLOYING","conditions":[{"type":"Ready","status":"False","message":"not yet"}]}""")) : Optional.empty());
        CommandLineRun run = run("wait", "hello", "--for", "condition=Ready", "--timeout", "1s");
        assertThat(run.status()).isEqualTo(ExitStatus.NOT_DONE.code());
        assertThat(run.out()).contains("Ready is False: not yet");
        assertThat(run("wait", "hello", "--for", "phase=deploying").status()).isZero();
        assertThat(run("wait", "gone", "--for", "deleted").status()).isZero();
        assertThat(run("wait", "hello", "--for", "happiness").status()).isEqualTo(64);
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        if (!all.get(0).equals("drain")) {
            all.addAll(List.of("-p", "p"));
        }
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
