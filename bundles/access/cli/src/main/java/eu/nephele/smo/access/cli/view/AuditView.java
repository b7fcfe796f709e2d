// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import java.util.Locale;

/** Entries of the audit, and what its verification has found. */
public final class AuditView {

    private AuditView() {}

    public static TableRenderer table(JsonNode items) {
        TableRenderer table = new TableRenderer("#", "TIME", "WHO", "FROM", "ACTION", "TARGET", "OUTCOME");
        items.forEach(entry -> table.row(
                entry.path("sequence").asText(),
                entry.path("at").asText(),
                entry.path("actor").asText(),
                entry.path("address").asText(),
                entry.path("action").asText(),
                entry.path("target").asText(),
                entry.path("outcome").asText()));
        return table;
    }

    /** Each member that says something, in a line. */
    public static void print(Terminal terminal, JsonNode object) {
        object.properties().forEach(member -> {
            String text = member.getValue().isValueNode()
                    ? member.getValue().asText()
                    : member.getValue().toString();
            if (!text.isEmpty()) {
                terminal.line("%-14s %s".formatted(member.getKey(), text));
            }
        });
    }

    public static void print(Terminal terminal, AuditVerdict verdict, double seconds) {
        terminal.line("%d entries, %d to %d, %d signed heads, in %s s"
                .formatted(
                        verdict.entries(),
                        verdict.first(),
                        verdict.end().sequence(),
                        verdict.seals(),
                        seconds(seconds)));
        verdict.restores()
                .forEach(restore -> terminal.notable("restored at %s by %s, entry %d: %s"
                        .formatted(
                                restore.content().at(),
                                restore.content().principal(),
                                restore.sequence(),
                                restore.content().detail())));
        if (!verdict.isGood()) {
            verdict.faults()
                    .forEach(fault -> terminal.bad("%s at %d: %s"
                            .formatted(
                                    fault.kind().name().toLowerCase(Locale.ROOT), fault.sequence(), fault.message())));
            return;
        }
        terminal.good("Nothing was changed, removed or reordered");
        long open = verdict.end().sequence() - verdict.sealedTo();
        if (open > 0) {
            terminal.notable("The last %d entries are covered by no signed head yet".formatted(open));
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    public static JsonNode json(AuditVerdict verdict, double seconds) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("good", verdict.isGood());
        json.put("entries", verdict.entries());
        json.put("first", verdict.first());
        json.put("last", verdict.end().sequence());
        json.put("hash", verdict.end().hash());
        json.put("seals", verdict.seals());
        json.put("sealedTo", verdict.sealedTo());
        json.put("seconds", Double.parseDouble(seconds(seconds)));
        ArrayNode restores = json.putArray("restores");
        verdict.restores().forEach(restore -> restores.addObject()
                .put("sequence", restore.sequence())
                .put("at", restore.content().at().toString())
                .put("by", restore.content().principal())
                .put("detail", restore.content().detail()));
        ArrayNode faults = json.putArray("faults");
        verdict.faults().forEach(fault -> faults.addObject()
                .put("kind", fault.kind().name().toLowerCase(Locale.ROOT))
                .put("sequence", fault.sequence())
                .put("message", fault.message()));
        return json;
    }
}
