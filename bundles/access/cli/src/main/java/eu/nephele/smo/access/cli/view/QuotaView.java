// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quotas for people: cores and GiB instead of thousandths and bytes. */
public final class QuotaView {

    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,16}(?:\\.\\d{1,9})?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?");
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "m", new BigDecimal("0.001"),
            "k", BigDecimal.valueOf(1_000),
            "M", BigDecimal.valueOf(1_000_000),
            "G", BigDecimal.valueOf(1_000_000_000),
            "T", BigDecimal.valueOf(1_000_000_000_000L),
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(1L << 20),
            "Gi", GIBIBYTE,
            "Ti", BigDecimal.valueOf(1L << 40));
    private static final String CPU = "cpu";
    private static final int DECIMALS = 3;

    private QuotaView() {}

    /** One line for each member of each quota. */
    public static TableRenderer table(Iterable<JsonNode> quotas) {
        TableRenderer table = new TableRenderer("project", "of", "used", "limit", "from");
        quotas.forEach(quota -> quota.path("members")
                .properties()
                .forEach(member -> table.row(
                        quota.path("project").asText(),
                        member.getKey(),
                        shown(member.getKey(), member.getValue().path("used").longValue()),
                        member.getValue().has("limit")
                                ? shown(
                                        member.getKey(),
                                        member.getValue().path("limit").longValue())
                                : "none",
                        quota.path("source").asText())));
        return table;
    }

    private static String shown(String member, long amount) {
        return switch (member) {
            case CPU -> inUnits(amount, MILLIS);
            case "memory", "storage" -> inUnits(amount, GIBIBYTE) + "Gi";
            default -> Long.toString(amount);
        };
    }

    private static String inUnits(long amount, BigDecimal unit) {
        return BigDecimal.valueOf(amount)
                .divide(unit, DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What a limit stands for, in the unit of the interface; empty when it is no whole amount of that. */
    public static Optional<Long> amount(String member, String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        BigDecimal unit = Optional.ofNullable(quantity.group(2)).map(UNITS::get).orElse(BigDecimal.ONE);
        BigDecimal amount = new BigDecimal(quantity.group(1)).multiply(unit);
        try {
            return Optional.of((member.equals(CPU) ? amount.multiply(MILLIS) : amount).longValueExact());
        } catch (ArithmeticException noWholeNumber) {
            return Optional.empty();
        }
    }
}
