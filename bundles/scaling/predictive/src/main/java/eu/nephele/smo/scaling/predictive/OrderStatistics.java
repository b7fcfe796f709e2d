// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import java.util.Arrays;

/** Medians and quantiles, of what is known: NaN does not count. */
final class OrderStatistics {

    private OrderStatistics() {}

    /** The known values in ascending order. */
    static double[] sorted(double[] values, int from, int to) {
        double[] sorted = known(values, from, to);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] known(double[] values, int from, int to) {
        double[] known = new double[Math.max(0, to - from)];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                known[count++] = values[i];
            }
        }
        return Arrays.copyOf(known, count);
    }

    /** Of these values: linear between the order statistics, as in most programs (type 7 of Hyndman and Fan); NaN without values. */
    static double quantile(double[] sorted, double level) {
        return at(sorted, level * (sorted.length - 1));
    }

    /**
     * Of where they come from: the next value is below it with the probability of the level, whatever the distribution (type 6 of Hyndman
     * and Fan, The American Statistician 50, 1996), for levels that are not nearer to 0 or 1 than {@code 1 / (n + 1)}; NaN without values.
     */
    static double quantileOfNext(double[] sorted, double level) {
        return at(sorted, Math.max(0, Math.min(sorted.length - 1.0, level * (sorted.length + 1) - 1)));
    }

    private static double at(double[] sorted, double position) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** NaN without values. */
    static double median(double[] values, int from, int to) {
        double[] known = known(values, from, to);
        if (known.length == 0) {
            return Double.NaN;
        }
        int middle = known.length / 2;
        double above = select(known, middle);
        if (known.length % 2 == 1) {
            return above;
        }
        double below = known[0];
        for (int i = 1; i < middle; i++) {
            below = Math.max(below, known[i]);
        }
        return below + (above - below) / 2;
    }

    /** Quickselect (Hoare): the value of a rank; those before it are not above it then. */
    private static double select(double[] values, int rank) {
        int left = 0;
        int right = values.length - 1;
        while (left < right) {
            double pivot = values[(left + right) >>> 1];
            int low = left;
            int high = right;
            while (low <= high) {
                while (values[low] < pivot) {
                    low++;
                }
                while (values[high] > pivot) {
                    high--;
                }
                if (low <= high) {
                    double swapped = values[low];
                    values[low++] = values[high];
                    values[high--] = swapped;
                }
            }
            if (rank <= high) {
                right = high;
            } else if (rank >= low) {
                left = low;
            } else {
                break;
            }
        }
        return values[rank];
    }

    /**
     * The value below and above which half of the weight is.
     *
     * @param values the first {@code count} of them count, none is NaN; both arrays are put in another order
     */
    static double weightedMedian(double[] values, double[] weights, int count) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            double value = values[i];
            double weight = weights[i];
            total += weight;
            int place = i;
            while (place > 0 && values[place - 1] > value) {
                values[place] = values[place - 1];
                weights[place] = weights[place - 1];
                place--;
            }
            values[place] = value;
            weights[place] = weight;
        }
        double before = 0;
        double middle = Double.NaN;
        double middleBefore = 0;
        for (int i = 0; i < count; i++) {
            double centre = before + weights[i] / 2;
            if (centre >= total / 2) {
                double share = Double.isNaN(middle) ? 1 : (total / 2 - middleBefore) / (centre - middleBefore);
                return Double.isNaN(middle) ? values[i] : middle + share * (values[i] - middle);
            }
            middle = values[i];
            middleBefore = centre;
            before += weights[i];
        }
        return middle;
    }
}
