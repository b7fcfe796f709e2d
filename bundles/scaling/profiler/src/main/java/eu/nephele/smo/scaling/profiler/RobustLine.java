// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line through observations by iteratively reweighted least squares with Tukey's biweight (Beaton and Tukey 1974, constant 4.685):
 * what is further off than that many standard deviations does not count at all. Deviations are relative to the line, because rates
 * scatter in proportion. It begins at the Theil–Sen line of the medians of each number of replicas, which half of all values wrong do
 * not move.
 *
 * @param line the line
 * @param covariance of its coefficients, taking the observations as independent
 * @param spread standard deviation of observations, relative to the line
 * @param used observations that count
 */
record RobustLine(CapacityLine line, LineCovariance covariance, double spread, int used) {

    private static final double BIWEIGHT = 4.685;
    private static final int ITERATIONS = 30;
    /** Below it observations are taken for this exact: a spread of 0 would throw out all but one. */
    private static final double LEAST_SPREAD = 0.002;
    /** Expected loss of precision of the biweight against least squares on normal data. */
    private static final double EFFICIENCY = 0.95;

    /** @param free whether beta is fitted too; else the line goes through the origin */
    static RobustLine of(List<CapacityObservation> observations, boolean free) {
        CapacityLine line = start(observations, free);
        double[] weights = new double[observations.size()];
        double spread = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            spread = weigh(observations, line, weights);
            CapacityLine next = new Moments(observations, line, weights).solve(free);
            boolean done = Math.abs(next.alpha() - line.alpha()) <= 1e-9 * Math.abs(line.alpha())
                    && Math.abs(next.beta() - line.beta()) <= 1e-9 * Math.abs(line.alpha());
            line = next;
            if (done) {
                break;
            }
        }
        Moments moments = new Moments(observations, line, weights);
        int used = 0;
        for (double weight : weights) {
            used += weight > 0 ? 1 : 0;
        }
        return new RobustLine(line, moments.covariance(spread * spread / EFFICIENCY, free), spread, used);
    }

    /** Sets the weight of each observation and gives the relative spread around the line. */
    private static double weigh(List<CapacityObservation> observations, CapacityLine line, double[] weights) {
        double[] deviations = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            CapacityObservation seen = observations.get(i);
            deviations[i] = seen.perSecond() / scale(line, seen.replicas()) - 1;
        }
        double spread = Math.max(LEAST_SPREAD, RobustStatistics.spread(deviations));
        for (int i = 0; i < weights.length; i++) {
            double share = deviations[i] / (BIWEIGHT * spread);
            double left = 1 - share * share;
            weights[i] = left > 0 ? left * left : 0;
        }
        return spread;
    }

    /** The value of the line, never so small that one observation near its zero outweighs all others. */
    private static double scale(CapacityLine line, int replicas) {
        return Math.max(line.at(replicas), Math.max(0.05 * Math.abs(line.alpha()), Double.MIN_NORMAL));
    }

    private static CapacityLine start(List<CapacityObservation> observations, boolean free) {
        SortedMap<Integer, Double> medians = medians(observations);
        if (!free || medians.size() < 2) {
            double[] perReplica = observations.stream()
                    .mapToDouble(seen -> seen.perSecond() / seen.replicas())
                    .toArray();
            return new CapacityLine(RobustStatistics.median(perReplica), 0);
        }
        List<Map.Entry<Integer, Double>> points = new ArrayList<>(medians.entrySet());
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                slopes.add((points.get(j).getValue() - points.get(i).getValue())
                        / (points.get(j).getKey() - points.get(i).getKey()));
            }
        }
        double alpha = RobustStatistics.median(
                slopes.stream().mapToDouble(Double::doubleValue).toArray());
        double beta = RobustStatistics.median(points.stream()
                .mapToDouble(point -> point.getValue() - alpha * point.getKey())
                .toArray());
        return new CapacityLine(alpha, beta);
    }

    /** The median observation of each number of replicas. */
    static SortedMap<Integer, Double> medians(List<CapacityObservation> observations) {
        SortedMap<Integer, List<Double>> values = new TreeMap<>();
        observations.forEach(seen -> values.computeIfAbsent(seen.replicas(), replicas -> new ArrayList<>())
                .add(seen.perSecond()));
        SortedMap<Integer, Double> medians = new TreeMap<>();
        values.forEach((replicas, seen) -> medians.put(
                replicas,
                RobustStatistics.median(
                        seen.stream().mapToDouble(Double::doubleValue).toArray())));
        return medians;
    }

    /** Sums of the normal equations, each observation weighed by its weight and by the square of the line, as deviations are relative. */
    private static final class Moments {

        private double one;
        private double r;
        private double rr;
        private double y;
        private double ry;

        Moments(List<CapacityObservation> observations, CapacityLine line, double[] weights) {
            for (int i = 0; i < weights.length; i++) {
                CapacityObservation seen = observations.get(i);
                double scale = scale(line, seen.replicas());
                double weight = weights[i] / (scale * scale);
                one += weight;
                r += weight * seen.replicas();
                rr += weight * seen.replicas() * seen.replicas();
                y += weight * seen.perSecond();
                ry += weight * seen.replicas() * seen.perSecond();
            }
        }

        CapacityLine solve(boolean free) {
            double determinant = one * rr - r * r;
            if (!free || determinant <= 1e-12 * one * rr) {
                return new CapacityLine(rr > 0 ? ry / rr : 0, 0);
            }
            return new CapacityLine((one * ry - r * y) / determinant, (rr * y - r * ry) / determinant);
        }

        LineCovariance covariance(double variance, boolean free) {
            double determinant = one * rr - r * r;
            if (!free || determinant <= 1e-12 * one * rr) {
                return new LineCovariance(rr > 0 ? variance / rr : Double.POSITIVE_INFINITY, 0, 0);
            }
            return new LineCovariance(
                    variance * one / determinant, variance * rr / determinant, -variance * r / determinant);
        }
    }
}
