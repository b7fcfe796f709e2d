// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Values of the past at equal distances, oldest first. Where nothing is known, the value is NaN: a gap is never filled, and is not a
 * demand of 0. Immutable.
 */
public final class LoadSeries {

    /** Nothing is known. */
    public static final LoadSeries EMPTY = new LoadSeries(Instant.EPOCH, Duration.ofMinutes(1), new double[0]);

    private final Instant first;
    private final Duration step;
    private final double[] values;

    private LoadSeries(Instant first, Duration step, double[] values) {
        this.first = first;
        this.step = step;
        this.values = values;
    }

    /**
     * @param first time of the first value
     * @param step distance of two values, more than 0
     * @param values 0 or more each, or NaN
     */
    public static LoadSeries of(Instant first, Duration step, double... values) {
        if (step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("Expected a positive step, got " + step);
        }
        return new LoadSeries(first, step, values.clone());
    }

    public int size() {
        return values.length;
    }

    /** Distance of two values. */
    public Duration step() {
        return step;
    }

    /** Time of a value: the end of what it is the mean of. */
    public Instant at(int index) {
        return first.plus(step.multipliedBy(index));
    }

    /** The value, NaN in a gap. */
    public double value(int index) {
        return values[index];
    }

    /** All values, gaps included. */
    public double[] values() {
        return values.clone();
    }

    /** The values that are known, with their times. */
    public List<LoadPoint> points() {
        List<LoadPoint> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                points.add(new LoadPoint(at(i), values[i]));
            }
        }
        return points;
    }

    /** Each value times a factor, as the part of one of several clusters. */
    public LoadSeries times(double factor) {
        return factor == 1
                ? this
                : new LoadSeries(
                        first,
                        step,
                        DoubleStream.of(values).map(value -> value * factor).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadSeries series
                && Arrays.equals(values, series.values)
                && (values.length == 0 || (first.equals(series.first) && step.equals(series.step)));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "LoadSeries[%s + n * %s: %s]"
                .formatted(
                        first,
                        step,
                        DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    }
}
