// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proposals of what services should ask for, from the command line. */
class RightsizeCommandTest {

    private static final String GRAPH = "/api/v1/projects/p/graphs/g";
    private static final String RIGHTSIZING = GRAPH + "/rightsizing";
    private static final String USED = "{\"median\":0.2,\"quantile\":0.25,\"peak\":0.5,\"startUpPeak\":0}";
    private static final String QUALITY = "{\"confidence\":\"medium\",\"samples\":300,\"hours\":25,\"text\":\"25 h\"}";

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void propose() {
        String proposed = """
                {"class":"medium","requested":4,"proposedClass":"small","proposed":1,"saved":6,"savedPercent":75,
                 "reason":"it uses less","risks":["it may be throttled"],"need":0.3,"used":%s,"replicas":2,"quality":%s}""".formatted(USED, QUALITY);
        String kept = """
                {"class":"small","requested":1073741824,"reason":"it fits","risks":[],"need":5,"used":%s,"replicas":2,"quality":%s}""".formatted(USED, QUALITY);
        String items = """
                {"service":"web","proposal":true,"confirmable":true,"scaled":false,"cpu":%s,"ram":%s},
                {"service":"db","proposal":false,"confirmable":false,"scaled":false,"cpu":%s,"ram":%s}""".formatted(proposed, kept, kept, kept);
        server.on("GET " + RIGHTSIZING, """
                {"project":"p","graph":"g","at":"2026-06-01T00:00:00Z","savedCores":6,"savedMemoryBytes":0,"items":[%s]}""".formatted(items));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("graph", "rightsize", "p", "g"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private void planned(boolean feasible) {
        server.on("POST " + RIGHTSIZING + "/plan", """
                {"id":"plan-1","href":"%s/plans/plan-1","feasible":%b,"expiresAt":"2026-06-01T00:15:00Z",
                 "steps":[{"action":"UPGRADE","service":"web","detail":"other needs"}],"conflicts":["no room"],"warnings":[]}""".formatted(GRAPH, feasible));
    }

    @Test
    void proposalsAreShownWithSavingReasonAndRisk() {
        assertThat(run()).isZero();
        assertThat(out.toString())
                .contains("medium", "small", "it uses less", "it may be throttled", "it fits", "1 GiB", "6 cores");
        assertThat(server.calls("POST", RIGHTSIZING + "/plan")).isEmpty();
    }

    @Test
    void whatItsChartDoesNotTakeIsShownWithTheReason() {
        String advice = """
                {"class":"medium","requested":4,"requestedFrom":"class","podsRequest":0,"proposedClass":"small","proposed":1,
                 "reason":"it uses less","risks":[],"need":0.3,"used":%s,"replicas":2,"quality":%s}""".formatted(USED, QUALITY);
        server.instead("GET " + RIGHTSIZING, """
                {"project":"p","graph":"g","at":"2026-06-01T00:00:00Z","savedCores":6,"savedMemoryBytes":0,"items":[
                 {"service":"web","proposal":true,"confirmable":false,"obstacle":"the chart has no value 'resources'",
                  "scaled":false,"cpu":%s,"ram":%s}]}""".formatted(advice, advice));
        assertThat(run()).isZero();
        assertThat(out.toString())
                .contains("4 (class)", "its pods ask for nothing")
                .contains("web cannot be applied: the chart has no value 'resources'");
    }

    @Test
    void whatIsShownIsWhatIsConfirmed() {
        planned(true);
        assertThat(run("--plan")).isZero();
        assertThat(FakeSmo.json(
                        server.calls("POST", RIGHTSIZING + "/plan").get(0).body()))
                .isEqualTo(FakeSmo.json("{\"services\":{\"web\":{\"cpu\":\"small\"}}}"));
        assertThat(out.toString()).contains("plan-1", "other needs");
    }

    @Test
    void anAppliedPlanIsFollowed() {
        planned(true);
        server.reply(
                "POST " + GRAPH + "/plans/plan-1/apply",
                200,
                "{\"project\":\"p\",\"name\":\"g\",\"phase\":\"RUNNING\",\"services\":[]}");
        assertThat(run("--apply")).as(err.toString()).isZero();
        assertThat(server.calls("POST", GRAPH + "/plans/plan-1/apply")).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsNotApplied() {
        planned(false);
        assertThat(run("--apply")).isEqualTo(1);
        assertThat(out.toString()).contains("no room");
        assertThat(server.calls("POST", GRAPH + "/plans/plan-1/apply")).isEmpty();
    }

    @Test
    void nothingIsPlannedWhereNothingIsProposed() {
        assertThat(run("db", "--plan")).isEqualTo(1);
        assertThat(server.calls("POST", RIGHTSIZING + "/plan")).isEmpty();
    }

    /** What the server refuses as a whole with any service that cannot be applied. */
    private void oneCannotBeApplied() {
        String advice = """
                {"class":"medium","requested":4,"proposedClass":"small","proposed":1,"saved":%d,"savedPercent":75,
                 "reason":"it uses less","risks":[],"need":0.3,"used":%s,"replicas":2,"quality":%s}""";
        String kept = """
                {"class":"small","requested":1073741824,"reason":"it fits","risks":[],"need":5,"used":%s,"replicas":2,"quality":%s}""".formatted(USED, QUALITY);
        server.instead("GET " + RIGHTSIZING, """
                {"project":"p","graph":"g","at":"2026-06-01T00:00:00Z","savedCores":9,"savedMemoryBytes":0,"items":[
                 {"service":"web","proposal":true,"confirmable":true,"chartValue":"resources","scaled":false,"cpu":%s,"ram":%s},
                 {"service":"old","proposal":true,"confirmable":false,"obstacle":"its chart has no value 'resources'",
                  "scaled":false,"cpu":%s,"ram":%s}]}""".formatted(
                        advice.formatted(3, USED, QUALITY), kept, advice.formatted(6, USED, QUALITY), kept));
    }

    private List<JsonNode> confirmed() {
        return server.calls("POST", RIGHTSIZING + "/plan").stream()
                .map(call -> FakeSmo.json(call.body()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plan", "--apply"})
    void whatCannotBeAppliedIsLeftOutOfAllAndSaysWhy(String how) {
        oneCannotBeApplied();
        planned(true);
        server.reply(
                "POST " + GRAPH + "/plans/plan-1/apply",
                200,
                "{\"project\":\"p\",\"name\":\"g\",\"phase\":\"RUNNING\",\"services\":[]}");
        assertThat(run(how)).as(err.toString()).isZero();
        assertThat(confirmed()).containsExactly(FakeSmo.json("{\"services\":{\"web\":{\"cpu\":\"small\"}}}"));
        assertThat(out.toString()).contains("old cannot be applied: its chart has no value 'resources'");
    }

    @Test
    void programsAreToldOnStandardErrorWhatIsLeftOut() {
        oneCannotBeApplied();
        planned(true);
        assertThat(run("--plan", "--json")).isZero();
        assertThat(confirmed()).containsExactly(FakeSmo.json("{\"services\":{\"web\":{\"cpu\":\"small\"}}}"));
        assertThat(FakeSmo.json(out.toString()).path("id").asText()).isEqualTo("plan-1");
        assertThat(err.toString()).contains("old cannot be applied: its chart has no value 'resources'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plan", "--apply"})
    void whatIsNamedAndCannotBeAppliedIsRefusedBeforeAnythingIsSent(String how) {
        oneCannotBeApplied();
        planned(true);
        assertThat(run("web", "old", how)).isEqualTo(1);
        assertThat(out.toString())
                .contains("old cannot be applied: its chart has no value 'resources'", "Nothing was planned");
        assertThat(server.calls()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void onlyWhatIsNamedIsShownWithItsOwnSum() {
        oneCannotBeApplied();
        assertThat(run("web")).isZero();
        assertThat(out.toString()).contains("web", "3 cores").doesNotContain("old", "9 cores");
    }

    @Test
    void onlyWhatIsNamedIsShownToPrograms() {
        oneCannotBeApplied();
        assertThat(run("web", "--json")).isZero();
        JsonNode shown = FakeSmo.json(out.toString());
        assertThat(shown.path("items").findValuesAsText("service")).containsExactly("web");
        assertThat(shown.path("savedCores").asDouble()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plan", "--apply", "--json"})
    void aServiceThatTheGraphDoesNotHaveIsRefusedWithThoseItHas(String how) {
        planned(true);
        assertThat(run("web", "wbe", how)).isEqualTo(64);
        assertThat(err.toString()).contains("no service wbe", "web, db");
        assertThat(out.toString()).isEmpty();
        assertThat(server.calls()).allMatch(call -> call.method().equals("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plan", "--json"})
    void aPlanThatIsNotFeasibleIsShownAndFails(String how) {
        planned(false);
        assertThat(how.equals("--plan") ? run(how) : run("--plan", how)).isEqualTo(1);
        assertThat(out.toString()).contains("plan-1", "no room");
    }
}
