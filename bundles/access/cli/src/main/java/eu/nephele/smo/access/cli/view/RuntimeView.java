// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code GET /api/v1/runtime} for people. */
public final class RuntimeView {

    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final int ROWS_ON_A_SCREEN = 5;

    private RuntimeView() {}

    /** Summary lines, then tables in descending order. */
    public static void show(Terminal terminal, JsonNode report) {
        terminal.line("up %s; rates of the last %s s"
                .formatted(span(report.path("uptimeSeconds").asLong()), number(report, "windowSeconds")));
        work(terminal, report.path("work"));
        sums(terminal, report);
        int rows = terminal.isLive() ? ROWS_ON_A_SCREEN : Integer.MAX_VALUE;
        passes(terminal, "longest passes", report.at("/work/longestPasses"), rows);
        passes(terminal, "most processor time", report.at("/work/costliestPasses"), rows);
        table(terminal, systems(report.path("outsideSystems")));
        table(terminal, strategies(report.path("strategies")));
        table(terminal, collections(report.at("/process/collections")));
    }

    private static void work(Terminal terminal, JsonNode work) {
        if (!work.isObject()) {
            terminal.bad("engine      away");
            return;
        }
        terminal.line("passes      %s/s, %s ms each; %d of %d workers busy"
                .formatted(
                        number(work, "passesPerSecond"),
                        number(work, "meanPassMillis"),
                        work.path("workersBusy").asLong(),
                        work.path("workers").asLong()));
        terminal.line("queue       %s; %s refusals/s"
                .formatted(
                        items(work.path("waiting")).stream()
                                .map(RuntimeView::waiting)
                                .collect(Collectors.joining(", ")),
                        number(work, "refusalsPerSecond")));
    }

    private static String waiting(JsonNode waiting) {
        long graphs = waiting.path("graphs").asLong();
        String reason = waiting.path("reason").asText();
        return graphs == 0
                ? "%s 0".formatted(reason)
                : "%s %d (first for %d ms)"
                        .formatted(reason, graphs, waiting.path("oldestMillis").asLong());
    }

    private static void sums(Terminal terminal, JsonNode report) {
        JsonNode store = report.path("store");
        terminal.line("database    %s statements/s, %s per pass"
                .formatted(number(store, "statementsPerSecond"), number(store, "statementsPerPass")));
        JsonNode requests = report.path("requests");
        terminal.line("requests    %s/s, %s ms each; %s errors/s, %s refusals/s"
                .formatted(
                        number(requests, "perSecond"),
                        number(requests, "meanMillis"),
                        number(requests, "errorsPerSecond"),
                        number(requests, "refusalsPerSecond")));
        JsonNode events = report.path("events");
        terminal.line("events      %s/s published; %d of %d streams open; %s deliveries/s; furthest behind: %d events"
                .formatted(
                        number(events, "publishedPerSecond"),
                        events.path("streams").asLong(),
                        events.path("mostStreams").asLong(),
                        number(events, "deliveriesPerSecond"),
                        events.path("subscriberLagEvents").asLong()));
        JsonNode process = report.path("process");
        terminal.line("processor   %s of %d cores; %d threads"
                .formatted(
                        number(process, "processorShare"),
                        process.path("processors").asLong(),
                        process.path("threads").asLong()));
        terminal.line("heap        %s of at most %s MB; %s MB after the last collection"
                .formatted(
                        megabytes(process.path("heapUsedBytes")),
                        megabytes(process.path("heapMaxBytes")),
                        megabytes(process.path("heapAfterCollectionBytes"))));
    }

    private static void passes(Terminal terminal, String heading, JsonNode passes, int rows) {
        TableRenderer table = new TableRenderer(heading, "ms", "processor ms", "ended");
        items(passes).stream()
                .limit(rows)
                .forEach(pass -> table.row(
                        "%s/%s"
                                .formatted(
                                        pass.path("project").asText(),
                                        pass.path("graph").asText()),
                        number(pass, "millis"),
                        number(pass, "processorMillis"),
                        pass.path("endedAt").asText()));
        table(terminal, table);
    }

    private static TableRenderer systems(JsonNode systems) {
        TableRenderer table =
                new TableRenderer("outside system", "calls/s", "ms each", "failures/s", "in flight", "circuit");
        most(systems, "callsPerSecond")
                .forEach(system -> table.row(
                        system.path("system").asText(),
                        number(system, "callsPerSecond"),
                        number(system, "meanMillis"),
                        number(system, "failuresPerSecond"),
                        String.valueOf(system.path("inFlight").asLong()),
                        system.path("circuit").isTextual()
                                ? system.path("circuit").asText()
                                : "-"));
        return table;
    }

    private static TableRenderer strategies(JsonNode strategies) {
        TableRenderer table = new TableRenderer("strategy", "kind", "calls/s", "ms each", "faults");
        most(strategies, "perSecond")
                .forEach(strategy -> table.row(
                        strategy.path("strategy").asText(),
                        strategy.path("kind").isTextual()
                                ? strategy.path("kind").asText()
                                : "-",
                        number(strategy, "perSecond"),
                        number(strategy, "meanMillis"),
                        String.valueOf(strategy.path("faults").asLong())));
        return table;
    }

    private static TableRenderer collections(JsonNode collections) {
        TableRenderer table = new TableRenderer("collector", "lately", "ms", "since the start", "ms");
        most(collections, "millisInWindow")
                .forEach(collector -> table.row(
                        collector.path("collector").asText(),
                        String.valueOf(collector.path("countInWindow").asLong()),
                        String.valueOf(collector.path("millisInWindow").asLong()),
                        String.valueOf(collector.path("count").asLong()),
                        String.valueOf(collector.path("millis").asLong())));
        return table;
    }

    private static void table(Terminal terminal, TableRenderer table) {
        if (!table.isEmpty()) {
            terminal.line("");
            terminal.table(table);
        }
    }

    private static List<JsonNode> most(JsonNode array, String measure) {
        return items(array).stream()
                .sorted(Comparator.comparingDouble(
                                (JsonNode item) -> item.path(measure).asDouble())
                        .reversed())
                .toList();
    }

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String number(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNumber() ? rate(value.asDouble()) : "-";
    }

    /** Rates below one keep two digits: one call in ten seconds is not none. */
    private static String rate(double value) {
        return value > 0 && value < 1 ? String.format(Locale.ROOT, "%.2f", value) : ResponseTables.number(value);
    }

    private static String megabytes(JsonNode bytes) {
        return bytes.isNumber() ? String.valueOf(Math.round(bytes.asDouble() / BYTES_PER_MEGABYTE)) : "-";
    }

    private static String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        if (span.toDays() > 0) {
            return "%d d %d h".formatted(span.toDays(), span.toHoursPart());
        }
        if (span.toHours() > 0) {
            return "%d h %d min".formatted(span.toHours(), span.toMinutesPart());
        }
        return "%d min %d s".formatted(span.toMinutes(), span.toSecondsPart());
    }
}
