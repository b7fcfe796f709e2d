// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Makes carbon intensities of a day in gCO2eq/kWh, one for each hour. The shapes are those that grid operators publish; no value
 * is copied from anybody.
 */
final class CarbonCurve {

    static final int HOURS = 24;

    /** Part of a second wave that puts the extremes of {@link #SOLAR} 3.5 hours beside its middle. */
    private static final double SECOND_WAVE = 1.18;

    /** Follows the demand: highest at its hour. */
    static final DoubleUnaryOperator DEMAND = hour -> Math.cos(turn(hour));

    /** Sun: lowest 3.5 hours before its hour, highest 3.5 hours after it, with a low at night. */
    static final DoubleUnaryOperator SOLAR = hour -> Math.sin(turn(hour)) + SECOND_WAVE * Math.sin(2 * turn(hour));

    private CarbonCurve() {}

    private static double turn(double hours) {
        return 2 * Math.PI * hours / HOURS;
    }

    /**
     * @param mean of the day
     * @param swing largest deviation from the mean, as a part of it
     * @param shape by hours since {@code hour}; its scale does not matter
     * @param noise one value per hour, in the scale of the shape
     */
    static List<Double> hourly(double mean, double swing, DoubleUnaryOperator shape, double hour, double[] noise) {
        double[] raw = IntStream.range(0, HOURS)
                .mapToDouble(h -> shape.applyAsDouble(h - hour) + noise[h])
                .toArray();
        double middle = DoubleStream.of(raw).average().orElseThrow();
        double most = DoubleStream.of(raw)
                .map(value -> Math.abs(value - middle))
                .max()
                .orElseThrow();
        return DoubleStream.of(raw)
                .map(value -> mean * (1 + swing * (value - middle) / most))
                .mapToObj(value -> Math.rint(value * 10) / 10)
                .toList();
    }
}
