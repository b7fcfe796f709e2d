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
                    + "within1_s,best_s,value,bound,gap_pct,status,checked,date,solve_s";

    /** Of the strategies of this repository. */
    static final String OUR_VERSION = "0.1.0";

    private static final double ONE_PERCENT_MORE = 1.01;
    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;

    private final String machine;
    private final LocalDate date;

    PlacementReport(String machine, LocalDate date) {
        this.machine = machine;
        this.date = date;
    }

    /** @param bestBound from which the gap is told */
    String csv(PlacementRow row, OptionalLong bestBound) {
        OptionalDouble withinOne = bestBound.isEmpty()
                ? OptionalDouble.empty()
                : row.trace().secondsTo(ONE_PERCENT_MORE * bestBound.getAsLong());
        OptionalDouble best = row.value().isEmpty()
                ? OptionalDouble.empty()
                : row.trace().secondsTo((double) row.value().getAsLong());
        return String.join(
                ",",
                List.of(
                        row.instance().name(),
                        row.instance().objectiveName(),
                        row.solver(),
                        row.version(),
                        machine,
                        "1",
                        Long.toString(row.limits().seed()),
                        number(OptionalDouble.of(row.limits().seconds())),
                        number(OptionalDouble.of(row.buildSeconds())),
                        number(row.trace().secondsTo(Double.MAX_VALUE)),
                        number(withinOne),
                        number(best),
                        number(row.value()),
                        number(row.bound()),
                        number(row.gapPercent(bestBound)),
                        row.status().name(),
                        Boolean.toString(row.checked()),
                        date.toString(),
                        solved(row)));
    }

    /** As fine as a small problem is solved. */
    private static String solved(PlacementRow row) {
        return String.format(Locale.ROOT, "%.5f", row.seconds());
    }

    String json(List<PlacementRow> rows) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", "placement");
        ArrayNode list = root.putArray("rows");
        for (PlacementRow row : rows) {
            ObjectNode entry = list.addObject();
            entry.put("file", row.instance().name());
            entry.put("strategy", row.solver());
            entry.put("objective", row.instance().objectiveName());
            row.value().ifPresent(value -> entry.put("value", value));
            row.bound().ifPresent(bound -> entry.put("bound", bound));
            row.gapPercent(row.bound()).ifPresent(gap -> entry.put("gapPercent", Math.round(gap * MILLIS) / MILLIS));
            entry.put("feasible", row.checked());
            row.trace()
                    .secondsTo(Double.MAX_VALUE)
                    .ifPresent(seconds -> entry.put("firstFeasibleMillis", Math.round(seconds * MILLIS)));
            entry.put("proven", row.status() == PlacementRow.RowStatus.OPTIMAL);
            if (row.status() == PlacementRow.RowStatus.ERROR) {
                entry.put("error", row.answer().reason());
            }
            entry.put("seconds", Math.round(row.seconds() * MICROS) / MICROS);
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
