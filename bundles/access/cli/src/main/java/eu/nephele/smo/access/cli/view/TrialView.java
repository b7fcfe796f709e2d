// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.math.MathContext;
import java.util.Locale;

/** Strategies, shadows and replays for people. */
public final class TrialView {

    private static final MathContext FIGURE_DIGITS = new MathContext(4);

    private TrialView() {}

    /** @param defaults items of {@code GET /api/v1/defaults} */
    public static TableRenderer defaults(JsonNode defaults) {
        TableRenderer table = new TableRenderer("key", "value", "from", "remark");
        defaults.forEach(each -> table.row(
                each.path("key").asText(),
                each.path("value").asText(),
                each.path("configured").asBoolean() ? "configuration" : "built in",
                each.path("remark").asText()));
        return table;
    }

    /** @param strategies items of {@code GET /api/v1/strategies} */
    public static TableRenderer strategies(JsonNode strategies) {
        TableRenderer table = new TableRenderer(
                "kind", "id", "version", "standing", "calls", "decisions", "faults", "bundle", "remark");
        strategies.forEach(strategy -> {
            JsonNode standing = strategy.path("standing");
            table.row(
                    strategy.path("kind").asText(),
                    strategy.path("id").asText(),
                    strategy.path("version").asText(),
                    standing.path("state").asText("-").toLowerCase(Locale.ROOT),
                    standing.path("calls").asText("-"),
                    standing.path("decisions").asText("-"),
                    standing.path("faults").asText("-"),
                    strategy.path("bundle").asText(),
                    standing.path("why").asText());
        });
        return table;
    }

    /** @param shadows items of {@code GET /api/v1/shadows} */
    public static TableRenderer shadows(JsonNode shadows) {
        TableRenderer table = new TableRenderer("shadow", "kind", "strategy", "version", "follows", "since");
        shadows.forEach(shadow -> table.row(
                shadow.path("id").asText(),
                shadow.path("kind").asText(),
                shadow.path("strategy").path("id").asText(),
                shadow.path("strategy").path("version").asText("any"),
                follows(shadow),
                shadow.path("since").asText()));
        return table;
    }

    /** @param report {@code GET /api/v1/shadows/{id}} */
    public static void report(Terminal terminal, JsonNode report) {
        JsonNode shadow = report.path("shadow");
        long compared = report.path("compared").asLong();
        long agreed = report.path("agreed").asLong();
        terminal.line("%s: %s follows %s since %s"
                .formatted(
                        shadow.path("id").asText(),
                        shadow.path("strategy").path("id").asText(),
                        follows(shadow),
                        shadow.path("since").asText()));
        terminal.line("%d decisions compared, %d agreed%s; %d only live, %d only shadow, %d not asked, %d faults"
                .formatted(
                        compared,
                        agreed,
                        compared == 0 ? "" : " (%s %%)".formatted(ResponseTables.number(100.0 * agreed / compared)),
                        report.path("onlyLive").asLong(),
                        report.path("onlyShadow").asLong(),
                        report.path("dropped").asLong(),
                        report.path("faults").asLong()));
        TableRenderer table = terms(report);
        String count = shadow.path("kind").asText().equals("scaling") ? "Replicas" : "Moves";
        table.row(
                count.toLowerCase(Locale.ROOT),
                "",
                report.path("live" + count).asText(),
                report.path("shadow" + count).asText(),
                "");
        table.row("median time", "ms", figure(report.path("liveMillis")), figure(report.path("shadowMillis")), "");
        terminal.table(table);
        report.path("latest").forEach(comparison -> latest(terminal, comparison));
    }

    /** @param replay {@code GET /api/v1/replays/{id}} */
    public static void replay(Terminal terminal, JsonNode replay) {
        long replayed = replay.path("replayed").asLong();
        long identical = replay.path("identical").asLong();
        String line = "%s: %d decisions, %d decided again, %d identical, %d different"
                .formatted(
                        replay.path("state").asText(),
                        replay.path("decisions").asLong(),
                        replayed,
                        identical,
                        replayed - identical);
        if (replayed == identical) {
            terminal.good(line);
        } else {
            terminal.notable(line);
        }
        if (!replay.path("message").asText().isEmpty()) {
            terminal.notable(replay.path("message").asText());
        }
        replay.path("skipped")
                .forEach(some -> terminal.line("%d not decided again: %s"
                        .formatted(some.path("count").asLong(), some.path("why").asText())));
        if (!replay.path("terms").isEmpty()) {
            terminal.table(terms(replay));
        }
        replay.path("differences")
                .forEach(difference -> terminal.line("%s %s: %s → %s"
                        .formatted(
                                difference.path("graph").asText(),
                                difference.path("decision").asText(),
                                difference.path("recorded").asText(),
                                difference.path("replayed").asText())));
    }

    private static TableRenderer terms(JsonNode compared) {
        TableRenderer table = new TableRenderer("sum of", "unit", "live", "other", "difference");
        compared.path("terms")
                .forEach(term -> table.row(
                        term.path("objective").asText(),
                        term.path("unit").asText(),
                        figure(term.path("live")),
                        figure(term.path("shadow")),
                        figure(term.path("difference"))));
        return table;
    }

    private static void latest(Terminal terminal, JsonNode comparison) {
        if (comparison.path("agreed").asBoolean()) {
            return;
        }
        String other = comparison
                .path("shadow")
                .asText("no answer: " + comparison.path("fault").asText());
        terminal.line("%s %s: %s → %s"
                .formatted(
                        comparison.path("at").asText(),
                        comparison.path("graph").asText(),
                        comparison.path("live").asText(),
                        other));
    }

    private static String follows(JsonNode shadow) {
        if (shadow.path("graph").isTextual()) {
            return shadow.path("graph").asText();
        }
        return shadow.path("project").isTextual()
                ? "project " + shadow.path("project").asText()
                : "all";
    }

    /** Small sums, such as kilograms per hour, need more digits than large ones. */
    public static String figure(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue().round(FIGURE_DIGITS).stripTrailingZeros().toPlainString()
                : "-";
    }
}
