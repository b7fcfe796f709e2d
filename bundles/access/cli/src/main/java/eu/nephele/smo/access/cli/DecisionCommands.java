// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "decision", description = "Decisions: list, verify.", synopsisSubcommandLabel = "COMMAND")
final class DecisionCommands {

    private static final String BOUND_BY_SEARCH = "bound by search, not verifiable";
    private static final String NOT_TRIED = "not tried";
    private static final String VERDICT = "verdict";
    private static final int PAGE = 100;

    @Command(description = "Decisions about a graph, newest first.")
    int list(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "GRAPH") String graph,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "So many at most; default: ${DEFAULT-VALUE}.")
                    int limit) {
        List<JsonNode> decisions = decisions(connection.client(), project, graph, "", limit);
        if (connection.terminal().isJson()) {
            connection.terminal().json(array(decisions));
            return 0;
        }
        TableRenderer table = new TableRenderer("decision", "at", "kind", "reason", "strategy", "outcome");
        decisions.forEach(decision -> table.row(
                decision.path("id").asText(),
                decision.path("at").asText(),
                decision.path("kind").asText(),
                decision.path("reason").asText(),
                decision.path("strategy").path("id").asText(),
                decision.path("outcome").asText()));
        connection.terminal().table(table);
        return 0;
    }

    @Command(
            description =
                    "Recomputes cost, constraints and lower bound of placements from what is recorded, without their"
                            + " strategies. Fails if one is not as recorded.")
    int verify(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "GRAPH") String graph,
            @Parameters(paramLabel = "DECISION", arity = "0..1", description = "Id; default: the latest placements.")
                    Optional<String> decision,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "So many of the latest; default: ${DEFAULT-VALUE}.")
                    int limit) {
        RestCalls client = connection.client();
        List<String> ids = decision.map(List::of)
                .orElseGet(() -> decisions(client, project, graph, "placement", limit).stream()
                        .map(item -> item.path("id").asText())
                        .toList());
        List<JsonNode> verdicts = ids.stream()
                .map(id -> client.get(RestCalls.path(
                        "api", "v1", "projects", project, "graphs", graph, "decisions", id, "verification")))
                .toList();
        long rejected = count(verdicts, "rejected");
        if (connection.terminal().isJson()) {
            ObjectNode summary = JsonNodeFactory.instance.objectNode();
            summary.put("verified", count(verdicts, "verified"))
                    .put("rejected", rejected)
                    .put("boundBySearch", count(verdicts, BOUND_BY_SEARCH))
                    .put("notTried", count(verdicts, NOT_TRIED))
                    .put("decisions", verdicts.size())
                    .set("items", array(verdicts));
            connection.terminal().json(summary);
        } else {
            verdicts.forEach(verdict -> show(connection.terminal(), verdict));
            connection
                    .terminal()
                    .line("%d decisions, %d verified, %d rejected, %d with a bound by search, %d not tried"
                            .formatted(
                                    verdicts.size(),
                                    count(verdicts, "verified"),
                                    rejected,
                                    count(verdicts, BOUND_BY_SEARCH),
                                    count(verdicts, NOT_TRIED)));
        }
        return rejected == 0 ? 0 : 1;
    }

    private static void show(Terminal terminal, JsonNode verdict) {
        terminal.line("%s  %s"
                .formatted(
                        verdict.path("decision").asText(), verdict.path(VERDICT).asText()));
        verdict.path("flaws").forEach(flaw -> terminal.notable("  " + flaw.asText()));
        verdict.path("text").forEach(line -> terminal.line("  " + line.asText()));
    }

    private static long count(List<JsonNode> verdicts, String word) {
        return verdicts.stream()
                .filter(verdict -> verdict.path(VERDICT).asText().equals(word))
                .count();
    }

    private static ArrayNode array(List<JsonNode> nodes) {
        return JsonNodeFactory.instance.arrayNode().addAll(nodes);
    }

    private static List<JsonNode> decisions(RestCalls client, String project, String graph, String kind, int limit) {
        String path = RestCalls.path("api", "v1", "projects", project, "graphs", graph, "decisions")
                + "?limit=" + Math.min(PAGE, limit)
                + (kind.isEmpty() ? "" : "&kind=" + kind);
        List<JsonNode> decisions = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get(cursor.isEmpty() ? path : path + "&cursor=" + RestCalls.encoded(cursor));
            page.path("items").forEach(decisions::add);
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && decisions.size() < limit);
        return decisions.subList(0, Math.min(limit, decisions.size()));
    }
}
