// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

public final class PluginView {

    /** Steps of an upgrade with findings about the new version. */
    private static final Set<String> TRIAL = Set.of("REHEARSE", "PROVE");

    private PluginView() {}

    /** @param plugins items of {@code GET /api/v1/plugins} */
    public static TableRenderer list(JsonNode plugins) {
        TableRenderer table = new TableRenderer("plugin", "version", "state", "offers", "signer", "since", "remark");
        plugins.forEach(plugin -> table.row(
                plugin.path("id").asText(),
                plugin.path("version").asText(),
                state(plugin),
                offers(plugin),
                plugin.path("signer").asText("unsigned"),
                plugin.path("changedAt").asText(),
                firstLine(plugin.path("why").asText())));
        return table;
    }

    private static String firstLine(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.length() == text.length() ? text : first + " ...";
    }

    /** The version with the latest event. */
    public static Optional<JsonNode> latest(JsonNode plugin) {
        return StreamSupport.stream(plugin.path("versions").spliterator(), false)
                .max(Comparator.comparing(version -> version.path("changedAt").asText()));
    }

    public static void show(Terminal terminal, JsonNode plugin) {
        headline(terminal, plugin, true);
        terminal.line("file %s, sha256 %s, by %s, signed by %s"
                .formatted(
                        plugin.path("file").asText(),
                        plugin.path("sha256").asText(),
                        plugin.path("door").asText().toLowerCase(Locale.ROOT),
                        plugin.path("signer").asText("nobody")));
        if (!plugin.path("imports").isEmpty()) {
            terminal.line("imports "
                    + StreamSupport.stream(plugin.path("imports").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(" ")));
        }
        services(terminal, plugin);
        findings(terminal, plugin);
    }

    /** Result of the canary: recorded decisions made again, and its first own decisions. */
    public static void trial(Terminal terminal, JsonNode operation) {
        for (JsonNode step : operation.path("steps")) {
            String message = step.path("message").asText("");
            if (TRIAL.contains(step.path("action").asText()) && !message.isEmpty()) {
                terminal.line("%s: %s".formatted(step.path("action").asText().toLowerCase(Locale.ROOT), message));
            }
        }
    }

    /** Returns whether findings or report name its defects. */
    public static boolean saysWhatIsWrong(JsonNode plugin) {
        return StreamSupport.stream(plugin.path("admission").spliterator(), false)
                        .anyMatch(finding -> finding.path("verdict").asText().equals("REFUSED"))
                || reports(plugin.path("conformance")).stream()
                        .anyMatch(report -> !report.path("passed").asBoolean());
    }

    public static void headline(Terminal terminal, JsonNode plugin, boolean withReason) {
        String why = withReason ? plugin.path("why").asText() : "";
        String line = "%s %s: %s%s"
                .formatted(
                        plugin.path("id").asText(),
                        plugin.path("version").asText(),
                        state(plugin),
                        why.isEmpty() ? "" : ", " + why);
        switch (plugin.path("state").asText()) {
            case "ACTIVE" -> terminal.good(line);
            case "REFUSED", "FAILED" -> terminal.bad(line);
            default -> terminal.notable(line);
        }
    }

    public static void findings(Terminal terminal, JsonNode plugin) {
        if (!plugin.path("admission").isEmpty()) {
            TableRenderer table = new TableRenderer("admission", "verdict", "");
            plugin.path("admission")
                    .forEach(finding -> table.row(
                            finding.path("rule").asText(),
                            finding.path("verdict").asText().toLowerCase(Locale.ROOT),
                            finding.path("detail").asText()));
            terminal.table(table);
        }
        for (JsonNode report : reports(plugin.path("conformance"))) {
            report(terminal, report);
        }
    }

    public static void summary(Terminal terminal, JsonNode plugin) {
        Map<String, List<String>> rules = new TreeMap<>();
        plugin.path("admission").forEach(finding -> {
            String verdict = finding.path("verdict").asText();
            String rule = finding.path("rule").asText();
            rules.computeIfAbsent(verdict.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(
                            verdict.equals("PASSED")
                                    ? rule
                                    : "%s (%s)"
                                            .formatted(
                                                    rule, finding.path("detail").asText()));
        });
        rules.forEach(
                (verdict, found) -> terminal.line("admission, %s: %s".formatted(verdict, String.join(", ", found))));
        for (JsonNode report : reports(plugin.path("conformance"))) {
            terminal.line("kit: %s %s, %d checks in %d ms"
                    .formatted(
                            report.path("subject").asText().replaceAll(" \\(.*\\)$", ""),
                            report.path("passed").asBoolean() ? "conforms" : "DOES NOT CONFORM",
                            report.path("checks").size(),
                            report.path("tookMillis").asLong()));
        }
    }

    private static void services(Terminal terminal, JsonNode plugin) {
        if (plugin.path("services").isEmpty()) {
            terminal.line("it offers nothing now");
            return;
        }
        TableRenderer table = new TableRenderer("offers", "name", "version", "standing", "decisions", "faults");
        plugin.path("services").forEach(service -> {
            JsonNode standing = service.path("standing");
            table.row(
                    service.path("kind").asText(),
                    service.path("name").asText(),
                    service.path("version").asText(),
                    standing.path("state").asText("-").toLowerCase(Locale.ROOT),
                    standing.path("decisions").asText("-"),
                    standing.path("faults").asText("-"));
        });
        terminal.table(table);
    }

    private static List<JsonNode> reports(JsonNode conformance) {
        List<JsonNode> reports = new ArrayList<>();
        if (conformance.path("checks").isArray()) {
            reports.add(conformance);
        } else {
            conformance.forEach(member -> reports.addAll(reports(member)));
        }
        return reports;
    }

    private static void report(Terminal terminal, JsonNode report) {
        boolean passed = report.path("passed").asBoolean();
        String line = "%s: %s (%d checks, %d ms)"
                .formatted(
                        report.path("subject").asText(),
                        passed ? "conforms" : "DOES NOT CONFORM",
                        report.path("checks").size(),
                        report.path("tookMillis").asLong());
        if (passed) {
            terminal.good(line);
        } else {
            terminal.bad(line);
        }
        for (JsonNode check : report.path("checks")) {
            check(terminal, check);
        }
    }

    private static void check(Terminal terminal, JsonNode check) {
        String result = check.path("result").asText();
        String detail = check.path("detail").asText();
        String first = "  %-7s %s"
                .formatted(result.toLowerCase(Locale.ROOT), check.path("name").asText());
        if (result.equals("FAILED")) {
            terminal.bad(first);
            detail.lines().forEach(line -> terminal.line("          " + line));
        } else {
            terminal.line(detail.isEmpty() ? first : first + " – " + detail);
        }
    }

    private static String state(JsonNode plugin) {
        return plugin.path("state").asText().toLowerCase(Locale.ROOT);
    }

    public static String offers(JsonNode plugin) {
        return StreamSupport.stream(plugin.path("services").spliterator(), false)
                .map(service -> "%s %s"
                        .formatted(
                                service.path("kind").asText(),
                                service.path("name").asText()))
                .collect(Collectors.joining(", "));
    }
}
