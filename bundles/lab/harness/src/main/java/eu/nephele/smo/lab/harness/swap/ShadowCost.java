// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.RunCommand;
import java.util.List;

/**
 * Cost of a shadow for the live decisions.
 *
 * @param decisions live decisions that were measured with one
 */
public record ShadowCost(
        double withoutMillisP50,
        double withMillisP50,
        double withoutMillisP99,
        double withMillisP99,
        long decisions,
        String shadow)
        implements RunCommand.RunResult {

    private static final double P50 = 0.50;
    private static final double P99 = 0.99;

    static ShadowCost create(List<Double> without, List<Double> with, JsonNode shadow) {
        return new ShadowCost(
                SwapResult.percentile(without, P50),
                SwapResult.percentile(with, P50),
                SwapResult.percentile(without, P99),
                SwapResult.percentile(with, P99),
                with.size(),
                "%d compared, %d agreed, %d dropped, %d faults"
                        .formatted(
                                shadow.path("compared").asLong(),
                                shadow.path("agreed").asLong(),
                                shadow.path("dropped").asLong(),
                                shadow.path("faults").asLong()));
    }

    public double ratio() {
        return withMillisP99 / withoutMillisP99;
    }

    /** A measurement without a verdict. */
    @Override
    public boolean isGood() {
        return true;
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("benchmark", "shadow");
        node.put("decisions", decisions);
        node.put("withoutMillisP99", withoutMillisP99);
        node.put("withMillisP99", withMillisP99);
        node.put("ratioP99", Math.round(ratio() * 1_000) / 1_000.0);
        return node.toString();
    }

    @Override
    public String table() {
        return """
                %-34s %12s %12s
                %-34s %12.3f %12.3f
                %-34s %12.3f %12.3f
                %-34s %12.3f
                the shadow of the last turn: %s
                """.formatted(
                        "",
                        "without",
                        "with shadow",
                        "live decision, median, ms",
                        withoutMillisP50,
                        withMillisP50,
                        "live decision, P99, ms",
                        withoutMillisP99,
                        withMillisP99,
                        "P99, with / without",
                        ratio(),
                        shadow);
    }
}
