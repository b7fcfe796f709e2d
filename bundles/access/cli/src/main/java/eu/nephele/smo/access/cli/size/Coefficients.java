// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Coefficients of the terms of each figure.
 *
 * @param values by the names of figure and term, {@code heapMegabytes.perGraph}; 0 or more
 */
record Coefficients(String source, Map<String, Double> values) {

    private static final String SOURCE = "source";

    static Coefficients ofTheProduct() throws IOException {
        try (InputStream file = Coefficients.class.getResourceAsStream("coefficients.properties")) {
            if (file == null) {
                throw new IOException("This installation has no coefficients.properties");
            }
            Properties properties = new Properties();
            properties.load(file);
            return of(properties, "coefficients.properties");
        }
    }

    static Coefficients read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            return of(properties, file.toString());
        }
    }

    private static Coefficients of(Properties properties, String file) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        for (SizingFigure figure : SizingFigure.values()) {
            for (SizingTerm term : figure.terms()) {
                String key = key(figure, term);
                values.put(key, number(properties, key, file));
            }
        }
        return new Coefficients(properties.getProperty(SOURCE, "not told"), values);
    }

    private static double number(Properties properties, String key, String file) throws IOException {
        String text = properties.getProperty(key);
        try {
            double value = text == null ? Double.NaN : Double.parseDouble(text);
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a missing one
        }
        throw new IOException("%s: %s is %s, expected a number, 0 or more".formatted(file, key, text));
    }

    static String key(SizingFigure figure, SizingTerm term) {
        return figure.key() + "." + term.key();
    }

    double predict(SizingFigure figure, FleetSize fleet) {
        return figure.terms().stream()
                .mapToDouble(term -> get(figure, term) * term.valueFor(fleet))
                .sum();
    }

    /** 0 when the figure has no such term. */
    double get(SizingFigure figure, SizingTerm term) {
        return values.getOrDefault(key(figure, term), 0.0);
    }

    /** Content of a file in the format of {@link #read}. */
    String text() {
        StringBuilder text = new StringBuilder("source=%s%n".formatted(source));
        values.forEach((key, value) -> text.append(String.format(Locale.ROOT, "%s=%.6g%n", key, value)));
        return text.toString();
    }
}
