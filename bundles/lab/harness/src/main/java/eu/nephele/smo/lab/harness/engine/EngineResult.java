// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.RunCommand;

/**
 * Result of a run.
 *
 * @param figures one object per phase, or runs with such objects
 * @param isGood whether every phase was completed and nothing was lost
 */
public record EngineResult(ObjectNode figures, boolean isGood) implements RunCommand.RunResult {

    @Override
    public String json() {
        return figures.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        rows(text, "", figures);
        return text.toString();
    }

    private static void rows(StringBuilder text, String indent, JsonNode node) {
        if (node.isArray()) {
            node.forEach(element -> rows(text, indent, element));
        }
        node.properties().forEach(field -> {
            if (field.getValue().isContainerNode()) {
                text.append("%s%s%n".formatted(indent, field.getKey()));
                rows(text, indent + "  ", field.getValue());
            } else {
                text.append("%-38s %s%n"
                        .formatted(indent + field.getKey(), field.getValue().asText()));
            }
        });
    }
}
