// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.chaos.Program;

/**
 * What a run has shown.
 *
 * @param figures one object per phase
 * @param isGood whether every phase came to its end and nothing was lost
 */
public record EngineResult(ObjectNode figures, boolean isGood) implements Program.Verdict {

    @Override
    public String json() {
        return figures.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        figures.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                text.append("%s%n".formatted(field.getKey()));
                field.getValue().properties().forEach(figure -> row(text, "  " + figure.getKey(), figure.getValue()));
            } else {
                row(text, field.getKey(), field.getValue());
            }
        });
        return text.toString();
    }

    private static void row(StringBuilder text, String name, JsonNode value) {
        text.append("%-38s %s%n".formatted(name, value.asText()));
    }
}
