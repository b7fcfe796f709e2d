// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Generated load, as services have it: everything scatters by some per cent from minute to minute, days differ from each other, and what
 * comes at a time of day comes some minutes earlier or later.
 */
final class LoadShapes {

    /** A Monday. */
    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");

    private static final int DAY = LoadShape.STEPS_PER_DAY;
    private static final int MINUTE = LoadShape.STEPS_PER_MINUTE;
    private static final int WEEK_DAYS = 7;
    private static final int WORK_DAYS = 5;

    private final SplittableRandom random;
    private final int days;

    private LoadShapes(long seed, int days) {
        this.random = new SplittableRandom(seed);
        this.days = days;
    }

    /** The same for the same seed. */
    static List<LoadShape> generated(long seed, int days) {
        return List.of(
                new LoadShapes(seed, days).steady(),
                new LoadShapes(seed + 1, days).dayRhythm(),
                new LoadShapes(seed + 2, days).weekRhythm(),
                new LoadShapes(seed + 3, days).bursts(),
                new LoadShapes(seed + 4, days).trend());
    }

    private LoadShape steady() {
        double level = between(80, 160);
        double[] load = new double[days * DAY];
        Arrays.fill(load, level);
        return shape("steady", false, scattered(load, 0.04));
    }

    /** A night, a morning, a lull at noon, an end of work, and something in the evening. */
    private LoadShape dayRhythm() {
        double[] load = new double[days * DAY];
        DayPlan plan = plan();
        for (int day = 0; day < days; day++) {
            workDay(load, day, plan, between(0.92, 1.08));
        }
        return shape("day rhythm", true, scattered(load, 0.04));
    }

    /** Working days, and weekends with a quiet day and an evening. */
    private LoadShape weekRhythm() {
        double[] load = new double[days * DAY];
        DayPlan plan = plan();
        for (int day = 0; day < days; day++) {
            if (day % WEEK_DAYS < WORK_DAYS) {
                workDay(load, day, plan, between(0.92, 1.08));
            } else {
                freeDay(load, day, plan, between(0.92, 1.08));
            }
        }
        return shape("week rhythm", true, scattered(load, 0.04));
    }

    /** Some four times a day, at any time, many more requests for some minutes. */
    private LoadShape bursts() {
        double level = between(80, 120);
        double[] load = new double[days * DAY];
        Arrays.fill(load, level);
        double at = exponential(DAY / 4.0);
        while (at < load.length) {
            double height = level * between(1, 3);
            int length = (int) (MINUTE * between(5, 30));
            for (int step = (int) at; step < Math.min(load.length, at + length); step++) {
                load[step] += height * Math.min(1, (step - at + 1) / (2.0 * MINUTE));
            }
            at += length + exponential(DAY / 4.0);
        }
        return shape("bursts", false, scattered(load, 0.04));
    }

    /** Three times the load after 30 days, with much noise. */
    private LoadShape trend() {
        double level = between(50, 80);
        double[] load = new double[days * DAY];
        for (int step = 0; step < load.length; step++) {
            load[step] = level * (1 + 2.0 * step / (30 * DAY));
        }
        return shape("trend with noise", false, scattered(load, 0.1));
    }

    /**
     * Requests per second of a day, and the minutes of the day at which they change.
     *
     * @param noon share of the day's that is missing at noon
     * @param evening what comes in the evening for an hour
     * @param begins of the evening
     * @param freeBegins of the evening of a free day
     */
    private record DayPlan(
            double night,
            double day,
            double noon,
            double evening,
            double opens,
            double closes,
            double begins,
            double freeBegins) {}

    /** Each change has a minute of its own: at full hours all would be where the bins of a forecast begin. */
    private DayPlan plan() {
        return new DayPlan(
                between(30, 50),
                between(140, 200),
                between(0.1, 0.3),
                between(150, 240),
                between(7.5 * 60, 8.5 * 60),
                between(17.5 * 60, 18.5 * 60),
                between(19.5 * 60, 20.5 * 60),
                between(15.5 * 60, 16.5 * 60));
    }

    private void workDay(double[] load, int day, DayPlan plan, double factor) {
        double opens = plan.opens() + jitter();
        double closes = plan.closes() + jitter();
        double begins = plan.begins() + jitter();
        for (int step = 0; step < DAY; step++) {
            double minute = (double) step / MINUTE;
            double open = ramp(minute, opens, 5) * (1 - ramp(minute, closes, 90));
            double noon = plan.noon() * Math.exp(-Math.pow((minute - 12.5 * 60) / 40, 2));
            double value = plan.night() + (plan.day() - plan.night()) * open * (1 - noon);
            value += plan.evening() * ramp(minute, begins, 3) * (1 - ramp(minute, begins + 60, 20));
            load[day * DAY + step] = factor * value;
        }
    }

    private void freeDay(double[] load, int day, DayPlan plan, double factor) {
        double begins = plan.freeBegins() + jitter();
        for (int step = 0; step < DAY; step++) {
            double minute = (double) step / MINUTE;
            double bright = 0.3 * Math.max(0, Math.sin(Math.PI * (minute - 7 * 60) / (14 * 60)));
            double value = plan.night() + (plan.day() - plan.night()) * bright;
            value += plan.evening() * ramp(minute, begins, 3) * (1 - ramp(minute, begins + 120, 20));
            load[day * DAY + step] = factor * value;
        }
    }

    private static double ramp(double minute, double from, double length) {
        return Math.max(0, Math.min(1, (minute - from) / length));
    }

    /** Minutes earlier or later. */
    private double jitter() {
        return random.nextDouble() * 2 + random.nextDouble() * 2 - 2;
    }

    /** Deviations that last some minutes, and as large ones that do not. */
    private double[] scattered(double[] load, double share) {
        double each = share / Math.sqrt(2);
        double left = Math.exp(-1.0 / (5 * MINUTE));
        double slow = 0;
        double[] scattered = new double[load.length];
        for (int step = 0; step < load.length; step++) {
            slow = left * slow + each * Math.sqrt(1 - left * left) * random.nextGaussian();
            scattered[step] = Math.max(0, load[step] * (1 + slow + each * random.nextGaussian()));
        }
        return scattered;
    }

    private double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private static LoadShape shape(String name, boolean periodic, double[] load) {
        return new LoadShape(name, periodic, BEGIN, load);
    }
}
