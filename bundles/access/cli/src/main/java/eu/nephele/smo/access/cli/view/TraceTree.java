// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The spans of a trace as a tree: each with its beginning, after that of the first one, and its duration. */
public final class TraceTree {

    private static final double NANOS_PER_MILLI = 1e6;
    /** Attributes that tell one span from the others of its name, the first one that is there. */
    private static final List<String> TELLING = List.of(
            "smo.service",
            "smo.target",
            "smo.system",
            "smo.helm.call",
            "smo.ledger.result",
            "smo.pass.result",
            "url.path",
            "smo.graph");

    private final Map<String, List<JsonNode>> below = new HashMap<>();
    private final List<JsonNode> roots = new ArrayList<>();
    private final Instant beginning;

    /** @param trace as the server returns it */
    public TraceTree(JsonNode trace) {
        List<JsonNode> spans = new ArrayList<>();
        trace.path("spans").forEach(spans::add);
        spans.sort(Comparator.comparing(TraceTree::startedAt));
        Set<String> ids =
                spans.stream().map(span -> span.path("spanId").asText()).collect(Collectors.toSet());
        spans.forEach(span -> {
            String parent = span.path("parentId").asText("");
            if (ids.contains(parent)) {
                below.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
            } else {
                roots.add(span);
            }
        });
        beginning = spans.isEmpty() ? Instant.EPOCH : startedAt(spans.get(0));
    }

    public TableRenderer table() {
        TableRenderer table = new TableRenderer("span", "begins", "takes", "about");
        roots.forEach(root -> add(table, root, "", ""));
        return table;
    }

    private void add(TableRenderer table, JsonNode span, String branch, String indent) {
        table.row(
                branch + span.path("name").asText(),
                "+" + millis(Duration.between(beginning, startedAt(span)).toNanos() / NANOS_PER_MILLI),
                span.path("durationMillis").isNull()
                        ? "runs"
                        : millis(span.path("durationMillis").asDouble()),
                about(span));
        List<JsonNode> children = below.getOrDefault(span.path("spanId").asText(), List.of());
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            add(table, children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private static String about(JsonNode span) {
        String telling = TELLING.stream()
                .map(key -> span.path("attributes").path(key).asText(""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        String failure = span.path("failure").asText("");
        return failure.isEmpty() ? telling : (telling + " failed: " + failure).strip();
    }

    private static Instant startedAt(JsonNode span) {
        return Instant.parse(span.path("startedAt").asText());
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
