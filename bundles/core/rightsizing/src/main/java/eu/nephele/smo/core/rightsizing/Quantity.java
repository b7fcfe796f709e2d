// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Amounts as Kubernetes writes them. */
final class Quantity {

    private static final double MILLIS = 1000;
    private static final long MEBIBYTE = 1L << 20;
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(MEBIBYTE),
            "Gi", BigDecimal.valueOf(1L << 30),
            "Ti", BigDecimal.valueOf(1L << 40),
            "m", new BigDecimal("0.001"),
            "k", BigDecimal.valueOf(1_000),
            "M", BigDecimal.valueOf(1_000_000),
            "G", BigDecimal.valueOf(1_000_000_000),
            "T", BigDecimal.valueOf(1_000_000_000_000L));

    private Quantity() {}

    /** Cores as thousandths, bytes as mebibytes where they are whole ones. */
    static JsonString write(ComputeResource resource, double amount) {
        if (resource == ComputeResource.CPU) {
            return new JsonString(Math.round(amount * MILLIS) + "m");
        }
        long bytes = Math.round(amount);
        return new JsonString(bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + "Mi" : Long.toString(bytes));
    }

    /** In cores or bytes; empty when it is no amount. */
    static Optional<Double> read(JsonValue value) {
        return value.asNumber()
                .or(() -> value.asString().flatMap(Quantity::parsed))
                .map(BigDecimal::doubleValue)
                .filter(amount -> amount > 0);
    }

    private static Optional<BigDecimal> parsed(String text) {
        String unit = UNITS.keySet().stream().filter(text::endsWith).findFirst().orElse("");
        try {
            return Optional.of(new BigDecimal(text.substring(0, text.length() - unit.length()))
                    .multiply(UNITS.getOrDefault(unit, BigDecimal.ONE)));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
