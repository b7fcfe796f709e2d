// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.forecast;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** The problems of the kit for forecasters; the same for the same number. */
final class ForecastCases {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final GraphId GRAPH = new GraphId("demo", "g0");
    private static final int MINUTES = 180;
    private static final int QUARTERS = 14 * 96;

    /** Two weeks of a day with a wave, nothing missing. */
    ForecastCase plain() {
        return one("two weeks with a rhythm", wave(QUARTERS, 100), wave(MINUTES, 100));
    }

    /** Each service has another order of magnitude: a mixed-up order is detected. */
    ForecastCase inOrder() {
        List<ServiceHistory> services = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            double level = Math.pow(100, i % 5 - 1.0);
            services.add(history("s" + i, wave(QUARTERS, level), wave(MINUTES, level), List.of()));
        }
        return new ForecastCase("services of different size", ForecastRequest.of(services, HORIZON));
    }

    /** Histories at the boundaries of the contract. */
    List<ForecastCase> edges() {
        double[] none = {};
        double[] gaps = filled(QUARTERS, i -> Double.NaN);
        return List.of(
                one("nothing known", none, none),
                one("nothing but gaps", gaps, filled(MINUTES, i -> Double.NaN)),
                one("one value", new double[] {5}, new double[] {5}),
                one("ten minutes", none, filled(10, i -> 100 + i)),
                one("a day", wave(96, 10), wave(MINUTES, 10)),
                one("no demand", filled(QUARTERS, i -> 0), filled(MINUTES, i -> 0)),
                one("always the same demand", filled(QUARTERS, i -> 7), filled(MINUTES, i -> 7)),
                one("every second value missing", filled(QUARTERS, i -> i % 2 == 0 ? 9 : Double.NaN), wave(MINUTES, 9)),
                one("the last day missing", filled(QUARTERS, i -> i < QUARTERS - 96 ? 9 : Double.NaN), none),
                one("very much demand", wave(QUARTERS, 1e12), wave(MINUTES, 1e12)),
                one("very little demand", wave(QUARTERS, 1e-9), wave(MINUTES, 1e-9)),
                one(
                        "ten times more for a minute",
                        wave(QUARTERS, 50),
                        filled(MINUTES, i -> i == MINUTES - 1 ? 500 : 50)),
                one(
                        "a hundred times more from yesterday on",
                        filled(QUARTERS, i -> i < QUARTERS - 96 ? 1 : 100),
                        filled(MINUTES, i -> 100)),
                new ForecastCase(
                        "a whole day ahead",
                        ForecastRequest.of(
                                List.of(history("a", wave(96, 1), none, List.of("gone"))), Duration.ofDays(1))),
                circle(),
                new ForecastCase("a clock that was set back", ForecastRequest.of(List.of(later()), HORIZON)));
    }

    /** Services that call each other and themselves, and one that is not known. */
    private static ForecastCase circle() {
        return new ForecastCase(
                "services that call each other",
                ForecastRequest.of(
                        List.of(
                                history("a", wave(QUARTERS, 100), wave(MINUTES, 100), List.of("c", "a", "gone")),
                                history("b", wave(QUARTERS, 200), wave(MINUTES, 200), List.of("a")),
                                history("c", wave(QUARTERS, 400), wave(MINUTES, 400), List.of("a", "b"))),
                        HORIZON));
    }

    private static ServiceHistory later() {
        Instant first = NOW.minus(QUARTER.multipliedBy(QUARTERS - 24L));
        return new ServiceHistory(
                GRAPH,
                "a",
                LoadSeries.of(NOW.plus(MINUTE.multipliedBy(180)), MINUTE, wave(MINUTES, 100)),
                LoadSeries.of(first, QUARTER, wave(QUARTERS, 100)),
                List.of());
    }

    /** Noisy services of several graphs with gaps, of any age, some with callers. */
    ForecastCase generated(long seed, int services) {
        Random random = new Random(seed);
        List<ServiceHistory> histories = new ArrayList<>();
        for (int s = 0; s < services; s++) {
            double level = Math.pow(10, random.nextInt(5) - 1.0);
            double missing = random.nextInt(4) == 0 ? random.nextDouble() : 0;
            double[] quarters =
                    noisy(wave(random.nextInt(6) == 0 ? random.nextInt(QUARTERS) : QUARTERS, level), missing, random);
            double[] minutes =
                    noisy(wave(random.nextInt(6) == 0 ? random.nextInt(MINUTES) : MINUTES, level), missing, random);
            List<String> callers = s % 3 == 0 ? List.of() : List.of("s%04d".formatted(s - 1));
            histories.add(new ServiceHistory(
                    new GraphId("demo", "g" + s / 6),
                    "s%04d".formatted(s),
                    past(MINUTE, minutes),
                    past(QUARTER, quarters),
                    callers));
        }
        return new ForecastCase("generated histories %d".formatted(seed), ForecastRequest.of(histories, HORIZON));
    }

    private static double[] noisy(double[] values, double missing, Random random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < missing ? Double.NaN : values[i] * (0.8 + 0.4 * random.nextDouble());
        }
        return values;
    }

    private static ForecastCase one(String origin, double[] quarters, double[] minutes) {
        return new ForecastCase(
                origin, ForecastRequest.of(List.of(history("a", quarters, minutes, List.of())), HORIZON));
    }

    private static ServiceHistory history(String id, double[] quarters, double[] minutes, List<String> callers) {
        return new ServiceHistory(GRAPH, id, past(MINUTE, minutes), past(QUARTER, quarters), callers);
    }

    private static LoadSeries past(Duration step, double[] values) {
        return values.length == 0
                ? LoadSeries.EMPTY
                : LoadSeries.of(NOW.minus(step.multipliedBy(values.length - 1L)), step, values);
    }

    /** A wave per day by quarters of an hour; minutes are a short piece of it. */
    private static double[] wave(int count, double level) {
        return filled(count, i -> level * (1 + 0.5 * Math.sin((i - count) * Math.PI / (count == MINUTES ? 720 : 48))));
    }

    private static double[] filled(int count, IntToDoubleFunction value) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return values;
    }
}
