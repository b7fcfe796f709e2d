// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.browser.BrowserPrograms;
import eu.nephele.smo.lab.harness.engine.EngineCommand;
import eu.nephele.smo.lab.harness.engine.EngineOptions;
import eu.nephele.smo.lab.harness.engine.EngineResult;
import eu.nephele.smo.lab.harness.engine.EngineRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** What {@code ./smo bench engine} does, with few graphs. Not the figures are tested here but the counts, and that nothing is lost. */
@Timeout(600)
class EngineBenchIT {

    private static final int GRAPHS = 30;
    private static final int SERVICES = 3;
    private static final int ROOM_SECONDS = 1;

    /** More than the web server has threads. */
    private static final int STREAMS = 250;

    /** Deliveries that wait: so few are those of two webhooks. */
    private static final int DELIVERIES = 120;

    /** 100 on a quiet machine; a busy one looks at a graph more often until all of it runs. */
    private static final double MOST_STATEMENTS_OF_A_DEPLOYMENT = 200;

    /** None of its own: a graph that was read last is in memory, and so is what is open of it. What goes on beside it counts, too. */
    private static final double MOST_STATEMENTS_OF_A_GET = 3;

    /** One of its own, however many graphs it shows. */
    private static final double MOST_STATEMENTS_OF_A_PAGE = 10;

    @Test
    void everyPhaseComesToItsEndAndAGraphCostsNoMoreThanItself() throws Exception {
        EngineResult result = new EngineRun(options(), Distribution.freshFolder("engine"), System.out).run();

        JsonNode figures = result.figures();
        assertThat(figures.findValuesAsText("failed")).as("phases that failed").isEmpty();
        assertThat(result.isGood()).as(result.table()).isTrue();
        assertThat(figures.path("lost").asInt(-1)).isZero();
        for (String phase : List.of("deploy", "remove")) {
            assertThat(figures.at("/%s/done".formatted(phase)).asInt())
                    .as(phase)
                    .isEqualTo(GRAPHS);
        }
        int scaled = GRAPHS / 5 * SERVICES;
        assertThat(figures.at("/wave/wanted").asInt()).isEqualTo(scaled);
        for (String way : List.of("Up", "Down")) {
            assertThat(figures.at("/wave/scaled" + way).asInt()).as(way).isEqualTo(scaled);
            assertThat(figures.at("/wave/decisions" + way).asInt()).as(way).isEqualTo(scaled);
        }
        assertThat(figures.at("/burst/done").asInt()).isEqualTo(GRAPHS / 2);
        assertThat(figures.at("/timers/timers").asInt()).isEqualTo(GRAPHS);
        assertDeliveriesWaitAndAllComeInTheEnd(figures.path("deliveries"));
        assertThat(figures.at("/overload/halfAccepted").asInt(-1)).isZero();
        assertNothingIsLostNorRefusedWithoutAWordWhenToComeBack(figures);
        for (String kind : List.of("get", "page", "explain", "operations", "events", "metrics")) {
            assertThat(figures.at("/mixed/%s/calls".formatted(kind)).asInt())
                    .as(kind)
                    .isPositive();
            assertThat(figures.at("/mixed/%s/failedCalls".formatted(kind)).asInt(-1))
                    .as(kind)
                    .isZero();
        }
        assertAllStreamsGetAllEvents(figures.path("crowd"));
        assertThat(figures.at("/deploy/statementsPerGraph").asDouble())
                .as(result.table())
                .isBetween(10.0, MOST_STATEMENTS_OF_A_DEPLOYMENT);
        assertThat(figures.at("/get/statementsPerCall").asDouble())
                .as(result.table())
                .isBetween(0.0, MOST_STATEMENTS_OF_A_GET);
        assertThat(figures.at("/page/statementsPerCall").asDouble())
                .as(result.table())
                .isBetween(1.0, MOST_STATEMENTS_OF_A_PAGE);
        assertThat(figures.at("/loss/decisions").asInt()).as(result.table()).isPositive();
        assertTheRoomOfTheDatabaseIsLookedAtForASecond(figures.path("room"));
        assertThePageIsMeasuredInABrowser(figures.path("browser"));
    }

    private static void assertThePageIsMeasuredInABrowser(JsonNode figures) {
        if (BrowserPrograms.installed().isEmpty()) {
            System.err.println("NO BROWSER: the web page is NOT measured. " + BrowserPrograms.MISSING);
            assertThat(figures.path("notMeasured").asText()).isEqualTo(BrowserPrograms.MISSING);
            return;
        }
        for (String figure : List.of(
                "/overview/firstPaintMillisMedian",
                "/graphs/rowsMillisMedian",
                "/clusters/rowsMillisMedian",
                "/search/p95Millis",
                "/changeVisible/p95Millis",
                "/open/eventsSecond",
                "/open/heapMegabytesSecond")) {
            assertThat(figures.at(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(figures.at("/open/nodesSecond").asInt())
                .as("the page shows no more than it did: %s", figures)
                .isLessThan(2 * figures.at("/open/nodesFirst").asInt());
    }

    private static void assertTheRoomOfTheDatabaseIsLookedAtForASecond(JsonNode figures) {
        assertThat(figures.path("seconds").asInt()).isEqualTo(ROOM_SECONDS);
        for (String when : List.of("Before", "")) {
            assertThat(figures.has("dataMegabytes" + when)).as(when).isTrue();
            // of the folder whole megabytes are told
            assertThat(figures.path("databaseMegabytes" + when).asDouble())
                    .as(when)
                    .isPositive()
                    .isLessThan(figures.path("dataMegabytes" + when).asInt() + 1);
        }
    }

    private static void assertDeliveriesWaitAndAllComeInTheEnd(JsonNode figures) {
        int waiting = figures.path("waiting").asInt();
        int all = figures.path("webhooks").asInt() * figures.path("events").asInt();
        assertThat(waiting).isGreaterThanOrEqualTo(DELIVERIES);
        assertThat(figures.path("waitingMost").asInt()).isGreaterThan(waiting);
        assertThat(figures.path("refusedAttempts").asInt()).isPositive();
        assertThat(figures.path("received").asInt()).isGreaterThanOrEqualTo(all);
        assertThat(all).isGreaterThan(waiting);
        assertThat(figures.path("missing").asInt(-1)).isZero();
    }

    private static void assertNothingIsLostNorRefusedWithoutAWordWhenToComeBack(JsonNode figures) {
        // of open, burst, timers, deliveries, overload, and of all
        assertThat(figures.findValues("lost")).hasSize(6).allSatisfy(lost -> assertThat(lost.asInt(-1))
                .isZero());
        assertThat(figures.findValues("refusedWithoutRetryAfter"))
                .hasSizeGreaterThan(10)
                .allSatisfy(refused -> assertThat(refused.asInt(-1)).isZero());
    }

    private static void assertAllStreamsGetAllEvents(JsonNode crowd) {
        assertThat(crowd.path("streamsWithFindings").asInt(-1)).isZero();
        assertThat(crowd.at("/delivery/calls").asInt())
                .as("each stream has got the events of the updates")
                .isGreaterThan(STREAMS);
        assertThat(crowd.path("threadsWithStreams").asInt())
                .as("streams hold no thread")
                .isLessThan(crowd.path("threadsBefore").asInt() + STREAMS / 2);
    }

    private static EngineOptions options() {
        List<String> arguments = new ArrayList<>(
                List.of("--graphs", Integer.toString(GRAPHS), "--services", Integer.toString(SERVICES)));
        arguments.addAll(List.of("--clusters", "6", "--clients", "8", "--steady-seconds", "1", "--drift-seconds", "2"));
        arguments.addAll(List.of("--open-seconds", "1", "--read-seconds", "2", "--read-rate", "40"));
        arguments.addAll(List.of(
                "--room-seconds",
                Integer.toString(ROOM_SECONDS),
                "--streams",
                Integer.toString(STREAMS),
                "--slow-senders",
                "20",
                "--overload-seconds",
                "1",
                "--deliveries",
                Integer.toString(DELIVERIES)));
        arguments.add("--");
        arguments.addAll(Distribution.serverCommand());
        return CommandLine.populateCommand(new EngineCommand(), arguments.toArray(String[]::new))
                .options();
    }
}
