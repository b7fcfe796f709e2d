// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The figures of the page of limits are those of the constants that it names, wherever in the sources they are. */
class LimitsPageTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/reference/limits.md");
    private static final Pattern ROW = Pattern.compile("\\| [^|]+ \\| (\\d+) \\| `(\\w+)\\.(\\w+)` \\|.*");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.([A-Z_]{3,})`");

    private record Row(long figure, String type, String constant) {
        @Override
        public String toString() {
            return "%s.%s = %d".formatted(type, constant, figure);
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(Long.parseLong(row.group(1)), row.group(2), row.group(3)));
            }
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theFigureIsThatOfTheConstant(Row row) throws IOException {
        List<Long> values = new ArrayList<>();
        for (Path source : sources(row.type())) {
            Matcher constant = Pattern.compile("static final (?:int|long|double) " + row.constant() + " = ([^;]+);")
                    .matcher(Files.readString(source));
            if (constant.find()) {
                values.add(value(constant.group(1)));
            }
        }

        assertThat(values).as("constants of that name in sources of that name").containsOnly(row.figure());
    }

    @Test
    void everyLimitThatThePageNamesHasARow() throws IOException {
        List<String> withRows =
                rows().stream().map(row -> row.type() + "." + row.constant()).toList();
        Matcher named = NAMED.matcher(Files.readString(PAGE));
        List<String> all = new ArrayList<>();
        while (named.find()) {
            all.add(named.group(1) + "." + named.group(2));
        }

        assertThat(withRows).hasSizeGreaterThan(30);
        assertThat(withRows).containsAll(all.stream().distinct().toList());
    }

    /** Limits of what comes in by REST stand in one class: each of them is on the page. */
    @Test
    void everyLimitOfSmallBodiesIsOnThePage() throws IOException {
        Matcher constant = Pattern.compile("public static final int (\\w+)")
                .matcher(Files.readString(sources("InputLimits").get(0)));
        List<String> onPage = rows().stream()
                .filter(row -> row.type().equals("InputLimits"))
                .map(Row::constant)
                .toList();
        List<String> real = new ArrayList<>();
        while (constant.find()) {
            real.add(constant.group(1));
        }

        assertThat(onPage).containsExactlyInAnyOrderElementsOf(real).isNotEmpty();
    }

    private static List<Path> sources(String type) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"))) {
            List<Path> found = files.filter(file -> file.endsWith(type + ".java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .toList();
            assertThat(found).as(type).isNotEmpty();
            return found;
        }
    }

    /** {@code 10_000}, {@code 4 * 1024 * 1024}, {@code 256L << 20}. */
    private static long value(String expression) {
        String[] shifted = expression.split("<<", -1);
        long product = Arrays.stream(shifted[0].split("\\*", -1))
                .map(factor -> factor.strip().replaceAll("[_L]", ""))
                .mapToLong(Long::parseLong)
                .reduce(1, (left, right) -> left * right);
        return shifted.length == 1 ? product : product << Integer.parseInt(shifted[1].strip());
    }
}
