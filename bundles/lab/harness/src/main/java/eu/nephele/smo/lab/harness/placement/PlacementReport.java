// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Rows as lines of CSV, with a dot as decimal mark and nothing where a figure is not available, and as one line of JSON. */
final class PlacementReport {

    static final String HEADER =
            "instance,objective,solver,version,machine,threads,seed,limit_s,build_s,first_feasible_s,"
                    + "within1_s,best_s,value,bound,gap_pct,status,checked,date";

    private static final double ONE_PERCENT_MORE = 1.01;
    private static final double MILLIS = 1e3;

    private final String version;
    private final String machine;
    private final LocalDate date;

    PlacementReport(String version, String machine, LocalDate date) {
        this.version = version;
        this.machine = machine;
        this.date = date;
    }

    String csv(PlacementRow row) {
        OptionalDouble withinOne = row.bestBound().isEmpty()
                ? OptionalDouble.empty()
                : row.trace().secondsTo(ONE_PERCENT_MORE * row.bestBound().getAsLong());
        OptionalDouble best = row.value().isEmpty()
                ? OptionalDouble.empty()
                : row.trace().secondsTo((double) row.value().getAsLong());
        return String.join(
                ",",
                List.of(
                        row.instance().name(),
                        row.instance().objective().name().toLowerCase(Locale.ROOT),
                        row.strategy(),
                        version,
                        machine,
                        "1",
                        Long.toString(row.seed()),
                        number(OptionalDouble.of(row.limitSeconds())),
                        number(OptionalDouble.of(row.buildSeconds())),
                        number(row.trace().secondsTo(Double.MAX_VALUE)),
                        number(withinOne),
                        number(best),
                        number(row.value()),
                        number(row.bound()),
                        number(row.gapPercent()),
                        row.status().name(),
                        Boolean.toString(row.checked()),
                        date.toString()));
    }

    String json(List<PlacementRow> rows) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", "placement");
        ArrayNode list = root.putArray("rows");
        for (PlacementRow row : rows) {
            ObjectNode entry = list.addObject();
            entry.put("file", row.instance().name());
            entry.put("strategy", row.strategy());
            entry.put("objective", row.instance().objective().name().toLowerCase(Locale.ROOT));
            row.value().ifPresent(value -> entry.put("value", value));
            row.bound().ifPresent(bound -> entry.put("bound", bound));
            row.ownGapPercent().ifPresent(gap -> entry.put("gapPercent", Math.round(gap * MILLIS) / MILLIS));
            entry.put("feasible", row.checked());
            row.trace()
                    .secondsTo(Double.MAX_VALUE)
                    .ifPresent(seconds -> entry.put("firstFeasibleMillis", Math.round(seconds * MILLIS)));
            entry.put("proven", row.status() == PlacementRow.RowStatus.OPTIMAL);
            entry.put("seconds", Math.round(row.seconds() * MILLIS) / MILLIS);
        }
        return root.toString();
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.3f", number.getAsDouble()) : "";
    }
}
