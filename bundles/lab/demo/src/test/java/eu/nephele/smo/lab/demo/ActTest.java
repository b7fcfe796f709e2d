// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import static eu.nephele.smo.lab.demo.Sample.GRAPH;
import static eu.nephele.smo.lab.demo.Sample.cluster;
import static eu.nephele.smo.lab.demo.Sample.page;
import static eu.nephele.smo.lab.demo.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strategy of a partner comes in, is tried, promoted and swapped. */
class ActTest {

    private static final String GRAPHS = "/api/v1/projects/demo/graphs";

    @TempDir
    private Path examples;

    private final StringWriter out = new StringWriter();
    private final FakeSmo server = new FakeSmo();
    private final FakePlatform platform = new FakePlatform();

    @BeforeEach
    void aServer() throws IOException {
        Files.writeString(examples.resolve("energy-aware-1.0.0.jar"), "first");
        Files.writeString(examples.resolve("energy-aware-2.0.0.jar"), "second");
        platform.on(server)
                .on("GET /lab/world", "{}")
                .on("GET /api/v1/clusters", page(cluster("c1", true), cluster("c2", true)))
                .on("POST " + GRAPHS, Sample.DEPLOYMENT)
                .on("GET " + GRAPHS, page("{\"name\":\"g\"}"))
                .on("GET " + GRAPH, graph())
                .on("GET " + GRAPH + "/services/filter/explanation", "{\"text\":[\"filter has room on c1.\"]}")
                .reply("POST /lab/load", 204, "");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aStrategyComesInIsTriedPromotedAndSwappedAndNothingIsLost() {
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("admission, passed: imports")
                .contains("admission, warned: signature (not signed)")
                .contains("kit: placement strategy h3ni.energy-aware conforms, 1 checks in 1200 ms")
                .contains("eu.h3ni.energy-aware 1.0.0 offers placement h3ni.energy-aware: in use")
                .contains("carbon  kg CO2eq/h     0.3    0.1        -0.2")
                .contains("it would save 0.2 kg CO2eq/h, for 1 moves")
                .contains("rehearse: 20 the same")
                .contains("0 lost: 1.0.0 gave way to 2.0.0")
                .contains("h3ni.energy-aware 2.0.0 stays and decides about g")
                .contains("./smo plugin remove eu.h3ni.energy-aware --force --url " + server.uri());
        JsonNode outcome = outcome();
        assertThat(outcome.path("carbonBeforeKgPerHour").asDouble()).isEqualTo(0.3);
        assertThat(outcome.path("carbonAfterKgPerHour").asDouble()).isEqualTo(0.1);
        assertThat(outcome.path("swapLost").asInt(-1)).isZero();
        assertThat(outcome.path("swapFailed").asInt(-1)).isZero();
        assertThat(outcome.path("swapDecidedByOld").asLong()).isPositive();
        assertThat(outcome.path("swapDecidedByNew").asLong()).isPositive();
        assertThat(outcome.path("swapAsked").asLong())
                .isEqualTo(outcome.path("swapDecidedByOld").asLong()
                        + outcome.path("swapDecidedByNew").asLong())
                .isEqualTo(outcome.path("swapRecorded").asLong());
    }

    @Test
    void theShadowWeighsCarbonSoThatItIsOnRecordAndTheSmallGraphsAreGoneAfterwards() {
        run();
        assertThat(server.calls("POST", "/api/v1/shadows")).singleElement().satisfies(call -> assertThat(call.body())
                .isEqualTo("""
                        {"kind":"placement","graph":"demo/g","strategy":{"id":"h3ni.energy-aware","objectives":{"moves":1,"carbon":1}}}"""));
        assertThat(server.calls().stream()
                        .filter(call -> call.method().equals("DELETE"))
                        .map(FakeSmo.Call::path))
                .containsExactly(
                        "/api/v1/projects/demo-crowd/graphs/crowd-1",
                        "/api/v1/projects/demo-crowd/graphs/crowd-2",
                        "/api/v1/projects/demo-crowd/graphs/crowd-3");
    }

    @Test
    void whatAnEarlierRunHasLeftIsUsedAndSwappedForTheOtherVersion() {
        platform.installed("2.0.0", "ACTIVE");
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("eu.h3ni.energy-aware 2.0.0 is installed already, since 2026-11-20T10:00:00Z: it stays")
                .contains("0 lost: 2.0.0 gave way to 1.0.0");
        assertThat(platform.installations()).isZero();
        assertThat(outcome().path("pluginUsableMillis").isNull()).isTrue();
    }

    @Test
    void aGraphThatAnEarlierRunHasPromotedBeginsAnew() {
        server.instead("POST " + GRAPHS)
                .reply("POST " + GRAPHS, 409, """
                        {"status":409,"detail":"g already exists; update it with PUT %s or choose another name"}""".formatted(GRAPH))
                .on("POST " + GRAPHS, Sample.DEPLOYMENT)
                .instead("GET " + GRAPH, """
                        {"project":"demo","name":"g","hdaGraph":{"strategies":{"placement":{"id":"h3ni.energy-aware"}}}}""", graph())
                .on("DELETE " + GRAPH, "{}");
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("an earlier demo has left g to h3ni.energy-aware");
        assertThat(server.calls("DELETE", GRAPH)).hasSize(1);
    }

    @Test
    void aGraphOfSomebodyElseIsNotTouched() {
        server.instead("POST " + GRAPHS).reply("POST " + GRAPHS, 409, """
                {"status":409,"detail":"g already exists; update it with PUT %s or choose another name"}""".formatted(GRAPH));
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).contains("answered 409: g already exists");
        assertThat(server.calls("DELETE", GRAPH)).isEmpty();
    }

    @Test
    void aDecisionThatIsNotOnRecordIsLostAndFailsTheDemo() {
        platform.forgets(2);
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).containsPattern("failed: 2 of \\d+ placements are lost");
    }

    @Test
    void aPlacementThatFailsDuringTheSwapFailsTheDemo() {
        platform.fails(1);
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("failed: 1 of \\d+ placements failed, the first: .*500: out of order");
        assertThat(server.calls("DELETE", "/api/v1/projects/demo-crowd/graphs/crowd-1"))
                .hasSize(1);
    }

    @Test
    void aSwapThatIsRolledBackFailsTheDemoWithTheReason() {
        platform.rollsBack();
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).contains("failed: The operation o9 ended as FAILED: it overbooks");
    }

    @Test
    void aSwapThatChangesNothingIsNone() {
        platform.onlySaysThatItSwaps();
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).contains("2.0.0 made 0: that was no swap under load");
    }

    @Test
    void whatWouldSaveNothingIsNotPromoted() {
        platform.shadowCarbon(0.9);
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("it would save no carbon here, and is not promoted")
                .contains("skipped: there is no shadow that would make it better")
                .contains("0 lost: 1.0.0 gave way to 2.0.0");
        assertThat(server.calls("DELETE", "/api/v1/shadows/s1")).hasSize(1);
        assertThat(server.calls("POST", "/api/v1/shadows/s1/promote")).isEmpty();
        assertThat(outcome().path("carbonAfterKgPerHour").isNull()).isTrue();
    }

    @Test
    void aGraphThatMustStayIsNotTriedOn() {
        platform.graphStays();
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("skipped: POST .*/placement.* answered 409: only a failover moves this graph")
                .contains("0 lost: 1.0.0 gave way to 2.0.0");
        assertThat(server.calls("POST", "/api/v1/shadows")).isEmpty();
    }

    @Test
    void aServerThatLetsInNoStrangersIsNoFailure() {
        platform.refuses(422, "REFUSED");
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("skipped: this server does not let it in: signature: not signed")
                .contains("skipped: h3ni.energy-aware is not installed");
    }

    @Test
    void withoutTheTokenNothingIsInstalled() {
        platform.refuses(401, "ACTIVE");
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("skipped: plugins need the administrator's token (--token-file)");
    }

    @Test
    void aPluginThatFailsItsExaminationFailsTheDemo() {
        platform.refuses(422, "FAILED");
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).contains("POST /api/v1/plugins").contains("answered 422: refused");
    }

    @Test
    void whatSomebodyHasStoppedStaysStopped() {
        platform.installed("1.0.0", "STOPPED");
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("skipped: eu.h3ni.energy-aware is installed, and somebody has stopped it");
    }

    @Test
    void withoutTheFilesTheActIsSkipped() throws IOException {
        Files.delete(examples.resolve("energy-aware-2.0.0.jar"));
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("skipped: there is no energy-aware-2.0.0.jar to swap it for");

        Files.delete(examples.resolve("energy-aware-1.0.0.jar"));
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("skipped: there is no energy-aware-1.0.0.jar; --examples FOLDER says where");
    }

    private JsonNode outcome() {
        return FakeSmo.json(Sample.lastLine(out.toString()));
    }

    private static String graph() {
        return Sample.graph("WAITING", service("filter", "PENDING", "c1", 1, 0));
    }

    private int run() {
        Terminal terminal = new Terminal(new PrintWriter(out, true), Terminal.OutputMode.PLAIN);
        return new Demo(
                        new RestCalls(server.uri(), Optional.empty()),
                        terminal,
                        new VirtualPace(),
                        Optional.of(examples))
                .run(new DemoGraph("a test", "hdaGraph: {}"), -1, true);
    }
}
