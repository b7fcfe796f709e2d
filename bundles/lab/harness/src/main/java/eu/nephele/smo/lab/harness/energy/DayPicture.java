// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.lab.harness.energy.EnergyMeter.MeterReading;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Draws a day as SVG, one chart below the other over the same hours: carbon intensity of the regions, cores in use by region for
 * each set of strategies, and what they emit.
 */
final class DayPicture {

    private static final int WIDTH = 760;
    private static final int ROW = 170;
    private static final int LEFT = 50;
    private static final int RIGHT = 130;
    private static final int TOP = 30;
    private static final int PLOT = 110;
    private static final int LINE = 16;
    private static final int LABELLED_HOURS = 4;
    private static final List<String> REGION_COLOURS = List.of("#2a9d8f", "#e9c46a", "#6c757d");
    private static final List<String> SET_COLOURS = List.of("#b56576", "#2a6f97", "#588157", "#7b2cbf", "#bc6c25");

    private final EnergyResult result;
    private final Scenario scenario;
    private final List<Duration> times;
    private final StringBuilder text = new StringBuilder();

    private DayPicture(EnergyResult result) {
        this.result = result;
        this.scenario = result.regions().scenario();
        this.times =
                result.days().get(0).readings().stream().map(MeterReading::at).toList();
    }

    static String svg(EnergyResult result) {
        return new DayPicture(result).draw();
    }

    private String draw() {
        int rows = result.days().size() + 2;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n",
                WIDTH, rows * ROW);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
        row(0, "Carbon intensity, g CO2eq/kWh", this::intensities);
        for (int d = 0; d < result.days().size(); d++) {
            DayResult day = result.days().get(d);
            row(
                    d + 1,
                    "Cores in use: %s, %.1f kg CO2eq, %d moves".formatted(day.name(), day.kilograms(), day.moves()),
                    () -> cores(day));
        }
        row(rows - 1, "Emissions, kg CO2eq/h", this::emissions);
        return text.append("</svg>\n").toString();
    }

    private void row(int number, String title, Runnable chart) {
        add("<g transform=\"translate(0 %d)\">%n", number * ROW);
        add("<text x=\"%d\" y=\"%d\" font-size=\"13\">%s</text>%n", LEFT, TOP - LINE / 2, title);
        chart.run();
        add("<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"gray\"/>%n", LEFT, TOP, TOP + PLOT, WIDTH - RIGHT);
        int hours = (int) ThreeRegions.DAY.toHours();
        for (int hour = 0; hour <= hours; hour += LABELLED_HOURS) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%02d:00</text>%n",
                    x(Duration.ofHours(hour)), TOP + PLOT + LINE, hourOfDay(Duration.ofHours(hour)));
        }
        add("</g>%n");
    }

    private int hourOfDay(Duration at) {
        return scenario.startsAt().plus(at).atOffset(ZoneOffset.UTC).getHour();
    }

    private static double x(Duration at) {
        return LEFT + (double) at.toMinutes() / ThreeRegions.DAY.toMinutes() * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double most) {
        return TOP + PLOT - (most == 0 ? 0 : value / most * PLOT);
    }

    private void intensities() {
        List<ClusterModel> regions = scenario.clusters();
        double most = regions.stream()
                .flatMap(region -> region.carbonGramsPerKwh().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        scale(most);
        for (int r = 0; r < regions.size(); r++) {
            List<Double> curve = regions.get(r).carbonGramsPerKwh();
            line(times.stream().map(at -> curve.get(hourOfDay(at))).toList(), most, colour(REGION_COLOURS, r));
            legend(r, colour(REGION_COLOURS, r), regions.get(r).name());
        }
    }

    private void cores(DayResult day) {
        double most = result.regions().peakCores();
        scale(most);
        List<Double> below = new ArrayList<>(times.stream().map(at -> 0.0).toList());
        for (int r = 0; r < scenario.clusters().size(); r++) {
            String name = scenario.clusters().get(r).name();
            List<Double> above = new ArrayList<>();
            for (int t = 0; t < times.size(); t++) {
                above.add(below.get(t) + day.readings().get(t).cores().getOrDefault(name, 0.0));
            }
            area(below, above, most, colour(REGION_COLOURS, r));
            legend(r, colour(REGION_COLOURS, r), name);
            below = above;
        }
    }

    private void emissions() {
        ToDoubleFunction<DayResult> highest = day -> day.readings().stream()
                .mapToDouble(MeterReading::kilogramsPerHour)
                .max()
                .orElse(0);
        double most = result.days().stream().mapToDouble(highest).max().orElse(1);
        scale(most);
        for (int d = 0; d < result.days().size(); d++) {
            DayResult day = result.days().get(d);
            line(day.readings().stream().map(MeterReading::kilogramsPerHour).toList(), most, colour(SET_COLOURS, d));
            legend(d, colour(SET_COLOURS, d), day.name());
        }
    }

    private static String colour(List<String> colours, int index) {
        return colours.get(index % colours.size());
    }

    private void scale(double most) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 4, TOP + 4, number(most));
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>%n", LEFT - 4, TOP + PLOT);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < LINE ? "%.1f" : "%,.0f", value);
    }

    private void legend(int index, String colour, String name) {
        int at = TOP + index * LINE;
        add("<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>%n", WIDTH - RIGHT + LINE, at, colour);
        add("<text x=\"%d\" y=\"%d\">%s</text>%n", WIDTH - RIGHT + 2 * LINE, at + 9, name);
    }

    private void line(List<Double> values, double most, String colour) {
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", points(values, most), colour);
    }

    private void area(List<Double> below, List<Double> above, double most, String colour) {
        List<String> back = new ArrayList<>(List.of(points(below, most).strip().split(" ", -1)));
        Collections.reverse(back);
        add("<polygon points=\"%s %s\" fill=\"%s\"/>%n", points(above, most), String.join(" ", back), colour);
    }

    private String points(List<Double> values, double most) {
        List<String> points = new ArrayList<>();
        for (int t = 0; t < values.size(); t++) {
            points.add(String.format(Locale.ROOT, "%.1f,%.1f", x(times.get(t)), y(values.get(t), most)));
        }
        return points.stream().collect(Collectors.joining(" "));
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
