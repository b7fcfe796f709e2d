// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The best lower bound known of instances, with who has proven it: lines of CSV, the first of them the {@link #HEADER}. The same file is part
 * of the program.
 */
final class BestBounds {

    static final String HEADER = "instance,objective,bound,solver,seconds,date";

    private static final int FIELDS = 6;
    private static final String SHIPPED = "best-bounds.csv";

    private final Map<String, KnownBound> byProblem;

    private BestBounds(Map<String, KnownBound> byProblem) {
        this.byProblem = byProblem;
    }

    /**
     * @param bound a cost, in whole units of the file, that no placement is below
     * @param solver who has proven it
     * @param seconds limit of the run that did
     */
    record KnownBound(String instance, String objective, long bound, String solver, double seconds, LocalDate date) {

        String problem() {
            return instance + ',' + objective;
        }

        KnownBound higher(KnownBound other) {
            return other.bound > bound ? other : this;
        }

        String line() {
            return "%s,%s,%d,%s,%s,%s".formatted(instance, objective, bound, solver, decimal(seconds), date);
        }

        private static String decimal(double number) {
            return String.format(Locale.ROOT, "%.1f", number);
        }
    }

    /** The table that is part of the program. */
    static BestBounds shipped() throws IOException {
        try (InputStream table = BestBounds.class.getResourceAsStream(SHIPPED)) {
            if (table == null) {
                throw new IOException("%s is missing beside %s".formatted(SHIPPED, BestBounds.class.getName()));
            }
            return parse(SHIPPED, new String(table.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** @throws IOException if the file cannot be read, or is no such table */
    static BestBounds read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    private static BestBounds parse(String name, String content) throws IOException {
        List<String> lines = content.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IOException("%s is no table of bounds: its first line has to be %s".formatted(name, HEADER));
        }
        Map<String, KnownBound> byProblem = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            try {
                if (fields.length != FIELDS) {
                    throw new IllegalArgumentException("it has %d fields, not %d".formatted(fields.length, FIELDS));
                }
                KnownBound known = new KnownBound(
                        fields[0],
                        fields[1],
                        Long.parseLong(fields[2]),
                        fields[3],
                        Double.parseDouble(fields[4]),
                        LocalDate.parse(fields[5]));
                byProblem.merge(known.problem(), known, KnownBound::higher);
            } catch (IllegalArgumentException | DateTimeException invalid) {
                throw new IOException("%s, line %d: %s".formatted(name, i + 1, invalid.getMessage()), invalid);
            }
        }
        return new BestBounds(byProblem);
    }

    OptionalLong bound(Instance instance) {
        KnownBound known = byProblem.get(instance.name() + ',' + instance.objectiveName());
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.bound());
    }

    /** The higher bound of each problem. */
    BestBounds with(BestBounds others) {
        Map<String, KnownBound> all = new TreeMap<>(byProblem);
        others.byProblem.forEach((problem, known) -> all.merge(problem, known, KnownBound::higher));
        return new BestBounds(all);
    }

    /** With the bounds of rows that are no errors, as far as they are higher. */
    BestBounds with(List<PlacementRow> rows, LocalDate today) {
        Map<String, KnownBound> all = new TreeMap<>(byProblem);
        for (PlacementRow row : rows) {
            if (row.bound().orElse(0) > 0) {
                KnownBound found = new KnownBound(
                        row.instance().name(),
                        row.instance().objectiveName(),
                        row.bound().getAsLong(),
                        row.solver() + ' ' + row.version(),
                        row.limits().seconds(),
                        today);
                all.merge(found.problem(), found, KnownBound::higher);
            }
        }
        return new BestBounds(all);
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                byProblem.values().stream()
                        .map(KnownBound::line)
                        .collect(Collectors.joining("\n", HEADER + "\n", "\n")));
    }
}
