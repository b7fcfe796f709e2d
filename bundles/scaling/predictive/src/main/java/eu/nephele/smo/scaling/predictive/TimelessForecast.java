// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

/** What a forecast that knows of no time of day would have said: of a deviation from the median of the day before, a part is left one bin later. */
final class TimelessForecast {

    private static final int BLOCKS_PER_DAY = 4;

    private final QuarterSeries past;
    private final double[] levels;
    private final double persistence;

    /** @param first the first bin that is asked for, a day or more after the beginning */
    TimelessForecast(QuarterSeries past, int first) {
        this.past = past;
        this.levels = new double[past.size()];
        int day = past.binsPerDay();
        int block = day / BLOCKS_PER_DAY;
        for (int from = first; from < levels.length; from += block) {
            double level = OrderStatistics.median(past.values(), from - day, from);
            for (int bin = from; bin < Math.min(levels.length, from + block); bin++) {
                levels[bin] = level;
            }
        }
        this.persistence = persistence(first);
    }

    /** The forecast of a bin from the one before; NaN where unknown. */
    double oneAhead(int bin) {
        return levels[bin] + persistence * (past.values()[bin - 1] - levels[bin]);
    }

    private double persistence(int first) {
        double both = 0;
        double square = 0;
        for (int bin = first; bin < levels.length; bin++) {
            double before = past.values()[bin - 1] - levels[bin];
            double now = past.values()[bin] - levels[bin];
            if (!Double.isNaN(before + now)) {
                both += before * now;
                square += before * before;
            }
        }
        return square == 0 ? 0 : Math.max(0, Math.min(1, both / square));
    }
}
