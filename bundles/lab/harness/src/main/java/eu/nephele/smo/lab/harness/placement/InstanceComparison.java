// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The rows of one instance, beside each other and beside what is known.
 *
 * @param bestBound the highest of all bounds: of the file, of the table, and of the rows
 */
record InstanceComparison(List<PlacementRow> rows, OptionalLong bestBound) {

    InstanceComparison {
        rows = List.copyOf(rows);
    }

    /**
     * A bound that a placement of another row proves wrong makes its row an error, and so does a value below the bound of the table: one of
     * them is wrong then, or the table means another instance of that name.
     *
     * @param tableBound the best one that was known before
     */
    static InstanceComparison compare(List<PlacementRow> rows, OptionalLong tableBound) {
        Optional<PlacementRow> best = rows.stream()
                .filter(PlacementRow::checked)
                .min((one, other) ->
                        Long.compare(one.value().getAsLong(), other.value().getAsLong()));
        List<PlacementRow> compared = rows.stream()
                .map(row -> best.isPresent() ? compare(row, best.get(), tableBound) : row)
                .toList();
        OptionalLong bestBound = Stream.concat(
                        Stream.of(tableBound),
                        compared.stream()
                                .flatMap(row ->
                                        Stream.of(row.bound(), row.instance().knownBound())))
                .flatMapToLong(OptionalLong::stream)
                .max();
        return new InstanceComparison(compared, bestBound);
    }

    private static PlacementRow compare(PlacementRow row, PlacementRow best, OptionalLong tableBound) {
        long least = best.value().getAsLong();
        if (row.bound().orElse(least) > least) {
            return row.failed(
                    "its bound is %d, and %s has found %d".formatted(row.bound().getAsLong(), best.solver(), least));
        }
        long value = row.value().orElse(Long.MAX_VALUE);
        if (row.checked() && tableBound.orElse(value) > value) {
            return row.failed("its value is %d, and the best known bound %d".formatted(value, tableBound.getAsLong()));
        }
        return row;
    }
}
