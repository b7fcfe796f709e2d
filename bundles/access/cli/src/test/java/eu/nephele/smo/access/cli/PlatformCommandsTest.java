// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins, strategies, shadows and replays from the command line. */
class PlatformCommandsTest {

    private static final String ID = "org.example.cheapest";
    private static final String PLUGIN = "/api/v1/plugins/" + ID;
    private static final String STRATEGIES = "/api/v1/strategies";

    private static final String OPERATION = """
            {"id":"o1","kind":"%s","state":"%s","href":"/api/v1/operations/o1","message":"%s",
             "graph":null,"plugin":"org.example.cheapest","error":null}""";

    private static final String VERSION = """
            {"id":"org.example.cheapest","version":"%s","file":"cheapest.jar","sha256":"ab12","state":"%s","why":"%s","door":"REST",
             "signer":null,"changedAt":"%s","imports":["eu.nephele.smo.api.placement;[0.1,0.2)"],
             "services":[{"kind":"placement","name":"cheapest","version":"1.0.0","standing":{"state":"USED","decisions":7,"faults":1}}],
             "admission":[{"rule":"imports","verdict":"PASSED","detail":"all there"},
                          {"rule":"signature","verdict":"WARNED","detail":"not signed"}],
             "conformance":{"reports":[{"subject":"placement strategy cheapest","passed":%s,"tookMillis":1200,"checks":[
               {"name":"same input, same answer","result":"PASSED","detail":""},
               {"name":"answers are feasible","result":"%s","detail":"c1 is overbooked\\nin problem 7"}]}]}}""";

    private static final String STRATEGY = """
            {"kind":"placement","id":"cheapest","version":"%s","bundle":"org.example.cheapest",
             "standing":{"state":"%s","why":"%s","calls":9,"decisions":7,"faults":1}}""";

    private static final String SHADOW = """
            {"id":"s1","kind":"placement","strategy":{"id":"cheapest","version":"[1,2)"},"project":null,"graph":"demo/g",
             "principal":"admin","since":"2026-11-20T10:00:00Z"}""";

    private static final String REPORT = """
            {"shadow":%s,"compared":8,"agreed":6,"onlyLive":1,"onlyShadow":0,"dropped":2,"faults":1,
             "terms":[{"objective":"carbon","unit":"kg/h","live":1.5,"shadow":0.25,"difference":-1.25}],
             "liveMoves":1,"shadowMoves":4,"liveReplicas":0,"shadowReplicas":0,"liveMillis":2.5,"shadowMillis":null,
             "latest":[{"at":"2026-11-20T10:00:05Z","graph":"demo/g","agreed":false,"live":"web on c1","shadow":null,"fault":"timeout"}]}""".formatted(SHADOW);

    private static final String REPLAY = """
            {"id":"r1","state":"%s","message":"","decisions":10,"replayed":%d,"identical":%d,
             "skipped":[{"why":"the version is gone","count":1}],"terms":[],
             "differences":[{"decision":"d7","graph":"demo/g","recorded":"web on c1","replayed":"web on c2"}]}""";

    @TempDir
    private Path folder;

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        server.close();
    }

    private static String versions(String... versions) {
        return "{\"id\":\"%s\",\"versions\":[%s]}".formatted(ID, String.join(",", versions));
    }

    private static String version(String version, String state, String why, String at, boolean conforms) {
        return VERSION.formatted(version, state, why, at, conforms, conforms ? "PASSED" : "FAILED");
    }

    private Path jar() throws IOException {
        return Files.writeString(folder.resolve("cheapest-1.0.0.jar"), "PK content");
    }

    @Test
    void anInstallationTellsWhatWasFoundAndHowThePluginStands() throws IOException {
        server.on("POST /api/v1/plugins", OPERATION.formatted("INSTALL_PLUGIN", "SUCCEEDED", ""))
                .on(
                        "GET " + PLUGIN,
                        versions(
                                version("0.9.0", "STOPPED", "", "2026-11-20T09:00:00Z", true),
                                version("1.0.0", "ACTIVE", "", "2026-11-20T10:00:00Z", true)));

        assertThat(run("plugin", "install", jar().toString())).isZero();

        assertThat(out.toString())
                .contains("imports    passed   all there")
                .contains("signature  warned   not signed")
                .contains("placement strategy cheapest: conforms (2 checks, 1200 ms)")
                .contains("passed  same input, same answer")
                .contains("org.example.cheapest 1.0.0: active")
                .doesNotContain("0.9.0");
        assertThat(server.calls("POST", "/api/v1/plugins"))
                .singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo("PK content"))
                .satisfies(call -> assertThat(call.headers())
                        .containsEntry("Content-type", List.of("application/java-archive"))
                        .containsEntry("Content-length", List.of("10")));
    }

    @Test
    void theNameOfTheFileGoesAlongAndTheWaitIsHere() throws IOException {
        server.on(
                        "POST /api/v1/plugins?wait=0&name=cheapest-1.0.0.jar",
                        OPERATION.formatted("INSTALL_PLUGIN", "RUNNING", "it is examined"))
                .on("GET /api/v1/operations/o1", OPERATION.formatted("INSTALL_PLUGIN", "RUNNING", "it is examined"))
                .on("GET " + PLUGIN, versions(version("1.0.0", "CHECKING", "", "2026-11-20T10:00:00Z", true)));

        assertThat(run("plugin", "install", jar().toString(), "--wait", "1")).isZero();

        assertThat(out.toString()).contains("install plugin is running: it is examined (/api/v1/operations/o1)");
    }

    @Test
    void aRefusalTellsTheReasonWhatWasFoundAndFails() throws IOException {
        server.reply("POST /api/v1/plugins", 400, """
                        {"title":"Bad Request","status":400,"detail":"cheapest does not conform","operation":"o1"}""")
                .on("GET /api/v1/operations/o1", OPERATION.formatted("INSTALL_PLUGIN", "FAILED", ""))
                .on(
                        "GET " + PLUGIN,
                        versions(version("1.0.0", "FAILED", "does not conform", "2026-11-20T10:00:00Z", false)));

        assertThat(run("plugin", "install", jar().toString())).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("answered 400; the reasons are above")
                .doesNotContain("does not conform");
        assertThat(out.toString())
                .contains("DOES NOT CONFORM")
                .contains("failed  answers are feasible")
                .contains("c1 is overbooked")
                .contains("in problem 7")
                .contains("org.example.cheapest 1.0.0: failed")
                .containsOnlyOnce("c1 is overbooked")
                .doesNotContain("does not conform");
    }

    @Test
    void anOperationIsFollowedWhereTheServerAnswersBeforeItsEnd() throws IOException {
        server.on("POST /api/v1/plugins", OPERATION.formatted("INSTALL_PLUGIN", "PENDING", ""))
                .on(
                        "GET /api/v1/operations/o1",
                        OPERATION.formatted("INSTALL_PLUGIN", "RUNNING", ""),
                        OPERATION.formatted("INSTALL_PLUGIN", "FAILED", "activate threw"))
                .on(
                        "GET " + PLUGIN,
                        versions(version("1.0.0", "FAILED", "activate threw", "2026-11-20T10:00:00Z", true)));

        assertThat(run("plugin", "install", jar().toString())).isEqualTo(1);

        assertThat(err.toString()).contains("The operation o1 ended as FAILED: activate threw");
        assertThat(out.toString())
                .contains("org.example.cheapest 1.0.0: failed")
                .as("told once")
                .doesNotContain("activate threw");
    }

    @Test
    void aRefusalOfWhichNothingIsKeptIsOneLine() throws IOException {
        server.reply("POST /api/v1/plugins", 400, """
                        {"title":"Bad Request","status":400,"detail":"it is no bundle","operation":"o1"}""")
                .on("GET /api/v1/operations/o1", OPERATION.formatted("INSTALL_PLUGIN", "FAILED", ""));

        assertThat(run("plugin", "install", jar().toString())).isEqualTo(1);

        assertThat(err.toString().lines()).singleElement().asString().contains("it is no bundle");
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        assertThat(run("plugin", "install", folder.resolve("none.jar").toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("does not exist");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void anUpgradeIsSentToThePluginWithItsForce() throws IOException {
        Path zip = Files.writeString(folder.resolve("cheapest.zip"), "PK");
        server.on(
                        "POST " + PLUGIN + "/upgrade?wait=0&force=true&name=cheapest.zip",
                        OPERATION.formatted("UPGRADE_PLUGIN", "SUCCEEDED", ""))
                .on("GET " + PLUGIN, versions(version("2.0.0", "ACTIVE", "", "2026-11-20T10:00:00Z", true)));

        assertThat(run("plugin", "upgrade", ID, zip.toString(), "--force")).isZero();

        assertThat(out.toString()).contains("org.example.cheapest 2.0.0: active");
        assertThat(server.calls("POST", PLUGIN + "/upgrade").get(0).headers())
                .containsEntry("Content-type", List.of("application/zip"));
    }

    @Test
    void anUpgradeTellsHowItsRehearsalWent() throws IOException {
        String operation =
                OPERATION.formatted("UPGRADE_PLUGIN", "SUCCEEDED", "").replace("\"error\":null", """
                "error":null,"steps":[{"action":"ADMIT","state":"DONE","message":""},
                 {"action":"REHEARSE","state":"DONE","message":"cheapest: 40 recorded decisions decided again, 38 the same"}]""");
        server.on("POST " + PLUGIN + "/upgrade", operation)
                .on("GET " + PLUGIN, versions(version("2.0.0", "ACTIVE", "", "2026-11-20T10:00:00Z", true)));

        assertThat(run("plugin", "upgrade", ID, jar().toString())).isZero();

        assertThat(out.toString()).contains("rehearse: cheapest: 40 recorded decisions decided again, 38 the same");
    }

    @Test
    void aRollbackIsAnUpgradeAndWhatIsOnlyShownCanBeForgotten() {
        server.on(
                        "POST " + PLUGIN + "/rollback?wait=0&force=false",
                        OPERATION.formatted("UPGRADE_PLUGIN", "SUCCEEDED", ""))
                .on("GET " + PLUGIN, versions(version("1.0.0", "ACTIVE", "", "2026-11-20T10:00:00Z", true)))
                .reply("POST " + PLUGIN + "/forget?version=2.0.0", 204, "");

        assertThat(run("plugin", "rollback", ID)).isZero();
        assertThat(run("plugin", "forget", ID, "--version", "2.0.0")).isZero();

        assertThat(out.toString()).contains("org.example.cheapest 1.0.0: active", "are forgotten");
    }

    @Test
    void aReasonOfSeveralLinesDoesNotBreakTheTable() {
        server.on(
                "GET /api/v1/plugins",
                "{\"items\":["
                        + version("1.0.0", "FAILED", "first line\\nsecond line", "2026-11-20T10:00:00Z", true)
                        + "]}");

        assertThat(run("plugin", "list")).isZero();

        assertThat(out.toString().strip().lines()).hasSize(2);
        assertThat(out.toString()).contains("first line ...").doesNotContain("second line");
    }

    @Test
    void pluginsAreListedAndShown() {
        String one = version("1.0.0", "ACTIVE", "", "2026-11-20T10:00:00Z", true);
        server.on("GET /api/v1/plugins", "{\"items\":[" + one + "]}")
                .on("GET " + PLUGIN, versions(one))
                .on("GET " + PLUGIN + "/uses", """
                        {"items":[{"graph":"demo/g","how":"placement strategy cheapest"}]}""");

        assertThat(run("plugin", "list")).isZero();
        assertThat(out.toString()).contains("org.example.cheapest    1.0.0  active  placement cheapest  unsigned");
        assertThat(run("plugin", "show", ID)).isZero();
        assertThat(out.toString())
                .contains("used by demo/g: placement strategy cheapest")
                .contains("imports eu.nephele.smo.api.placement;[0.1,0.2)")
                .containsPattern("placement +cheapest +1.0.0 +used +7 +1");
        server.instead("GET /api/v1/plugins", "{\"items\":[]}");
        run("plugin", "list");
        assertThat(out.toString()).contains("No plugins are installed.");
    }

    @Test
    void aRemovalSaysWhoUsesIt() {
        server.reply("DELETE " + PLUGIN + "?force=false", 409, "{\"status\":409,\"detail\":\"demo/g uses it\"}");
        server.on(
                "DELETE " + PLUGIN + "?force=true&version=1.0.0",
                OPERATION.formatted("REMOVE_PLUGIN", "SUCCEEDED", ""));

        assertThat(run("plugin", "remove", ID)).isEqualTo(1);
        assertThat(err.toString()).contains("demo/g uses it");
        assertThat(run("plugin", "remove", ID, "--version", "1.0.0", "--force")).isZero();
        assertThat(out.toString()).contains("org.example.cheapest 1.0.0 is removed");
    }

    @Test
    void aPluginIsStoppedAndStarted() {
        server.on(
                        "POST " + PLUGIN + "/stop?force=false",
                        version("1.0.0", "STOPPED", "stopped by admin", "2026-11-20T10:00:00Z", true))
                .on(
                        "POST " + PLUGIN + "/start?version=1.0.0",
                        version("1.0.0", "FAILED", "activate threw", "2026-11-20T10:00:00Z", true));

        assertThat(run("plugin", "stop", ID)).isZero();
        assertThat(out.toString()).contains("org.example.cheapest 1.0.0: stopped, stopped by admin");
        assertThat(run("plugin", "start", ID, "--version", "1.0.0")).isEqualTo(1);
        assertThat(out.toString()).contains("failed, activate threw");
    }

    @Test
    void theOnlyVersionNeedNotBeNamedForAnEjection() {
        server.on("GET " + STRATEGIES + "/placement", "{\"items\":[" + STRATEGY.formatted("1.0.0", "USED", "") + "]}")
                .on(
                        "POST " + STRATEGIES + "/placement/cheapest/1.0.0/eject",
                        STRATEGY.formatted("1.0.0", "EJECTED", "too slow"))
                .on("POST " + STRATEGIES + "/placement/cheapest/1.0.0/let-in", STRATEGY.formatted("1.0.0", "USED", ""));

        assertThat(run("strategy", "list", "placement")).isZero();
        assertThat(run("strategy", "eject", "placement", "cheapest", "--why", "too slow"))
                .isZero();
        assertThat(run("strategy", "let-in", "placement", "cheapest", "1.0.0")).isZero();

        assertThat(out.toString())
                .contains("placement  cheapest    1.0.0  used          9          7       1  org.example.cheapest")
                .contains("ejected")
                .contains("too slow");
        assertThat(server.calls("POST", STRATEGIES + "/placement/cheapest/1.0.0/eject")
                        .get(0)
                        .body())
                .isEqualTo("{\"why\":\"too slow\"}");
    }

    @Test
    void ofSeveralVersionsOneHasToBeNamed() {
        server.on(
                "GET " + STRATEGIES + "/placement",
                "{\"items\":[%s,%s]}"
                        .formatted(STRATEGY.formatted("1.0.0", "USED", ""), STRATEGY.formatted("2.0.0", "USED", "")));

        assertThat(run("strategy", "eject", "placement", "cheapest")).isEqualTo(64);
        assertThat(run("strategy", "let-in", "placement", "other")).isEqualTo(64);

        assertThat(err.toString())
                .contains("several are installed: 1.0.0, 2.0.0")
                .contains("none is installed");
    }

    @Test
    void aShadowIsStartedReportedPromotedAndStopped() {
        server.on("POST /api/v1/shadows", SHADOW)
                .on("GET /api/v1/shadows", "{\"items\":[" + SHADOW + "]}")
                .on("GET /api/v1/shadows/s1", REPORT)
                .on("DELETE /api/v1/shadows/s1", REPORT)
                .on("POST /api/v1/shadows/s1/promote", "{\"promoted\":\"s1\"}");

        assertThat(run(
                        "shadow",
                        "start",
                        "cheapest",
                        "--version",
                        "[1,2)",
                        "--graph",
                        "demo/g",
                        "--parameters",
                        "{\"a\":1}",
                        "--objectives",
                        "carbon=1,moves=0.5"))
                .isZero();
        assertThat(run("shadow", "list")).isZero();
        assertThat(run("shadow", "report", "s1")).isZero();
        assertThat(run("shadow", "promote", "s1")).isZero();
        assertThat(run("shadow", "stop", "s1")).isZero();

        assertThat(server.calls("POST", "/api/v1/shadows").get(0).body())
                .isEqualTo(
                        "{\"kind\":\"placement\",\"strategy\":{\"id\":\"cheapest\",\"version\":\"[1,2)\","
                                + "\"parameters\":{\"a\":1},\"objectives\":{\"carbon\":1.0,\"moves\":0.5}},\"graph\":\"demo/g\"}");
        assertThat(out.toString())
                .contains("s1      placement  cheapest  [1,2)    demo/g")
                .contains("8 decisions compared, 6 agreed (75 %)")
                .containsPattern("carbon +kg/h +1.5 +0.25 +-1.25\n")
                .containsPattern("moves +1 +4\n")
                .doesNotContain("replicas")
                .containsPattern("median time +ms +2.5 +-\n")
                .contains("demo/g: web on c1 → no answer: timeout")
                .contains("s1 decides from the next decision on");
    }

    @Test
    void aPromotionThatPlacesAGraphAnewTellsItsOperation() {
        server.on("POST /api/v1/shadows/s1/promote", """
                {"id":"o2","kind":"UPDATE","state":"SUCCEEDED","href":"/api/v1/operations/o2","message":"",
                 "graph":{"project":"demo","name":"g","href":"/api/v1/projects/demo/graphs/g"},"plugin":null,"error":null}""");

        assertThat(run("shadow", "promote", "s1")).isZero();

        assertThat(out.toString()).contains("update is succeeded (/api/v1/operations/o2)");
    }

    @Test
    void aReplayIsFollowedToItsEnd() {
        server.on("POST /api/v1/replays", REPLAY.formatted("running", 0, 0))
                .on("GET /api/v1/replays/r1", REPLAY.formatted("running", 5, 5), REPLAY.formatted("done", 9, 8));

        assertThat(run("replay", "--since", "2d", "--strategy", "greedy", "--parameters", "{\"a\":1}", "--limit", "10"))
                .isZero();

        JsonNode question =
                FakeSmo.json(server.calls("POST", "/api/v1/replays").get(0).body());
        assertThat(question.path("strategy").asText()).isEqualTo("greedy");
        assertThat(question.path("limit").asInt()).isEqualTo(10);
        assertThat(java.time.Instant.parse(question.path("from").asText()))
                .isBefore(java.time.Instant.now().minusSeconds(172_000));
        assertThat(out.toString())
                .contains("done: 10 decisions, 9 decided again, 8 identical, 1 different")
                .contains("1 not decided again: the version is gone")
                .contains("demo/g d7: web on c1 → web on c2");
    }

    @Test
    void aReplayThatFailsAndASpanThatIsNoneAreToldByTheStatus() {
        server.on("POST /api/v1/replays", REPLAY.formatted("failed", 0, 0));
        assertThat(run("replay", "--from", "2026-11-20T10:00:00Z")).isEqualTo(1);
        assertThat(run("replay", "--since", "soon")).isEqualTo(64);
        assertThat(err.toString()).contains("--since is 'soon'");
    }

    @Test
    void everyCommandSpeaksJsonToPrograms() throws IOException {
        String one = version("1.0.0", "ACTIVE", "", "2026-11-20T10:00:00Z", true);
        server.on("POST /api/v1/plugins", OPERATION.formatted("INSTALL_PLUGIN", "SUCCEEDED", ""))
                .on("GET /api/v1/plugins", "{\"items\":[]}")
                .on("GET " + PLUGIN, versions(one))
                .on("GET " + PLUGIN + "/uses", "{\"items\":[]}")
                .on("DELETE " + PLUGIN, OPERATION.formatted("REMOVE_PLUGIN", "SUCCEEDED", ""))
                .on("POST " + PLUGIN + "/stop", one)
                .on("GET " + STRATEGIES, "{\"items\":[]}")
                .on("POST " + STRATEGIES + "/placement/x/1/let-in", STRATEGY.formatted("1", "USED", ""))
                .on("POST /api/v1/shadows", SHADOW)
                .on("GET /api/v1/shadows", "{\"items\":[]}")
                .on("GET /api/v1/shadows/s1", REPORT)
                .on("POST /api/v1/shadows/s1/promote", "{\"promoted\":\"s1\"}")
                .on("POST /api/v1/replays", REPLAY.formatted("done", 9, 9));
        run("plugin", "install", jar().toString(), "--json");
        run("plugin", "list", "--json");
        run("plugin", "show", ID, "--json");
        run("plugin", "remove", ID, "--json");
        run("plugin", "stop", ID, "--json");
        run("strategy", "list", "--json");
        run("strategy", "let-in", "placement", "x", "1", "--json");
        run("shadow", "start", "x", "--json");
        run("shadow", "list", "--json");
        run("shadow", "report", "s1", "--json");
        run("shadow", "promote", "s1", "--json");
        run("replay", "--json");

        List<JsonNode> answers = out.toString().lines().map(FakeSmo::json).toList();
        assertThat(answers).hasSize(12);
        assertThat(answers.get(0).at("/operation/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answers.get(0).at("/plugin/version").asText()).isEqualTo("1.0.0");
    }

    @Test
    void defaultsAreShownWithWhatKeepsThemFromHavingAnEffect() {
        server.on("GET /api/v1/defaults", """
                {"items":[{"key":"initialPlacement","value":"doesnotexist","configured":true,"remark":"no such strategy"},
                          {"key":"replacement","value":"optimal","configured":false,"remark":""}]}""");

        assertThat(run("strategy", "defaults")).isZero();

        assertThat(out.toString())
                .contains("initialPlacement  doesnotexist  configuration  no such strategy")
                .contains("replacement       optimal       built in")
                .contains("eu.nephele.smo.core.strategies.cfg");
    }

    @Test
    void aDefaultIsSetAndShownAsItCounts() {
        server.on(
                "PUT /api/v1/defaults/initialPlacement",
                "{\"key\":\"initialPlacement\",\"value\":\"greedy\",\"configured\":true,\"remark\":\"\"}");

        assertThat(run("strategy", "set-default", "initialPlacement", "greedy")).isZero();

        assertThat(server.calls("PUT", "/api/v1/defaults/initialPlacement"))
                .singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo("{\"value\":\"greedy\"}"));
        assertThat(out.toString()).contains("initialPlacement  greedy  configuration");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
