// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Activity of the server, shown like {@code top}. */
class TopCommandTest {

    private static final String RUNTIME = "GET /api/v1/runtime";

    private static final String REPORT = """
            {"at":"2026-11-22T12:00:00Z","uptimeSeconds":7260,"windowSeconds":60.0,
             "work":{"passesPerSecond":3.25,"meanPassMillis":20,"refusalsPerSecond":0.2,"waiting":[{"reason":"removal","graphs":0,"oldestMillis":0},{"reason":"change","graphs":7,"oldestMillis":1500}],"workers":4,"workersBusy":3,
               "longestPasses":[{"project":"shop","graph":"web","endedAt":"2026-11-22T11:59:59Z","millis":250,"processorMillis":12.345}],
               "costliestPasses":[]},
             "store":{"statementsPerSecond":120.5,"statementsPerPass":null},
             "requests":{"perSecond":10,"meanMillis":4,"errorsPerSecond":0.05,"refusalsPerSecond":0},
             "outsideSystems":[
               {"system":"helm","callsPerSecond":0,"meanMillis":null,"failuresPerSecond":0,"circuit":null,"inFlight":0},
               {"system":"karmada","callsPerSecond":2,"meanMillis":8,"failuresPerSecond":1,"circuit":"half-open","inFlight":1}],
             "strategies":[{"strategy":"greedy","kind":"placement","decisions":30,"perSecond":0.5,"meanMillis":1.5,"faults":2}],
             "events":{"streams":1,"mostStreams":64,"publishedPerSecond":4,"deliveriesPerSecond":0,"subscriberLagEvents":12},
             "process":{"processors":2,"processorShare":0.75,"heapUsedBytes":100000000,"heapCommittedBytes":144000000,
               "heapMaxBytes":320000000,"heapAfterCollectionBytes":80000000,"threads":60,
               "collections":[{"collector":"Copy","count":90,"millis":400,"countInWindow":9,"millisInWindow":40}]}}""";

    private final FakeSmo server = new FakeSmo();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void onceShowsSumsAndTablesWithTheMostFirst() {
        server.on(RUNTIME, REPORT);

        assertThat(run("--once")).isZero();

        assertThat(out.toString())
                .contains("up 2 h 1 min; rates of the last 60 s")
                .contains("passes      3.3/s, 20 ms each; 3 of 4 workers busy")
                .contains("queue       removal 0, change 7 (first for 1500 ms); 0.20 refusals/s")
                .contains("database    120.5 statements/s, - per pass")
                .contains("requests    10/s, 4 ms each; 0.05 errors/s, 0 refusals/s")
                .contains("1 of 64 streams open")
                .contains("processor   0.75 of 2 cores; 60 threads")
                .contains("heap        100 of at most 320 MB; 80 MB after the last collection")
                .contains("shop/web        250          12.3")
                .doesNotContain("most processor time");
        List<String> lines = out.toString().lines().map(String::strip).toList();
        int header = lines.indexOf("outside system  calls/s  ms each  failures/s  in flight  circuit");
        assertThat(lines.get(header + 1)).startsWith("karmada").endsWith("half-open");
        assertThat(lines.get(header + 2)).startsWith("helm").endsWith("-");
    }

    @Test
    void withoutTheEngineTheRestIsShown() {
        server.on(RUNTIME, REPORT.replaceAll("(?s)\"work\":\\{.*?\"costliestPasses\":\\[]}", "\"work\":null"));

        assertThat(run("--once")).isZero();

        assertThat(out.toString())
                .contains("engine      away")
                .contains("karmada")
                .doesNotContain("queue");
    }

    @Test
    void programsGetOneObjectPerLine() {
        server.on(RUNTIME, REPORT);

        assertThat(run("--json", "--times", "2", "--interval", "1")).isZero();

        List<JsonNode> reports = out.toString().lines().map(FakeSmo::json).toList();
        assertThat(reports).hasSize(2).allSatisfy(report -> assertThat(
                        report.at("/work/workers").asInt())
                .isEqualTo(4));
    }

    @Test
    void aServerThatIsAwayForAWhileIsAskedAgain() {
        server.reply(RUNTIME, 503, "{\"status\":503,\"detail\":\"the server starts\"}")
                .on(RUNTIME, REPORT);

        assertThat(run("--times", "2", "--interval", "1")).isZero();

        assertThat(out.toString()).contains("answered 503: the server starts").contains("shop/web");
    }

    @Test
    void askedOnceItFails() {
        server.reply(RUNTIME, 503, "{\"status\":503,\"detail\":\"the server starts\"}");

        assertThat(run("--once")).isEqualTo(1);

        assertThat(err.toString()).contains("answered 503: the server starts");
    }

    @Test
    void anIntervalOfNothingIsWrongUsage() {
        assertThat(run("--interval", "0")).isEqualTo(64);
        assertThat(server.calls()).isEmpty();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("top"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
