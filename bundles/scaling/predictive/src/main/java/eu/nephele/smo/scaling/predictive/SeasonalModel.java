// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.util.function.DoubleUnaryOperator;

/** The expected demand of one service: its rhythm, how far it is off that now, and both uncertainties. */
final class SeasonalModel {

    private static final int EXAMINED_DAYS = 7;
    private static final double MIDDLE = 0.5;
    /** The mean of a minute is known at its end. */
    private static final double HALF_MINUTE = 30;

    private final QuarterSeries past;
    private final DayRhythm rhythm;
    private final RhythmErrors errors;
    private final int first;
    private final double nowSeconds;
    private final PresentLevel level;

    /**
     * @param past more than a day
     * @param nowSeconds time of the forecast, seconds of the epoch
     * @param horizonSeconds how far ahead demand is wanted
     */
    SeasonalModel(QuarterSeries past, LoadSeries recent, double nowSeconds, double horizonSeconds) {
        this.past = past;
        this.nowSeconds = nowSeconds;
        this.first = Math.max(past.binsPerDay(), past.size() - EXAMINED_DAYS * past.binsPerDay());
        double last = past.position(nowSeconds + horizonSeconds);
        int bins = (int) Math.max(1, Math.min(past.binsPerDay(), Math.ceil(last) - past.size() + 1));
        this.rhythm = new DayRhythm(past, first, bins);
        this.errors = new RhythmErrors(past, rhythm, first);
        PresentLevel lately = PresentLevel.of(recent, nowSeconds, past, rhythm, errors);
        this.level = Double.isNaN(lately.offShare()) ? ofLastBin(lately.scatter()) : lately;
    }

    private PresentLevel ofLastBin(double[] scatter) {
        double share = errors.share(past.size() - 1);
        double age = nowSeconds - past.endSeconds() + past.binSeconds() / 2;
        return new PresentLevel(Double.isNaN(share) ? 0 : share, Math.max(0, age), scatter);
    }

    DayRhythm rhythm() {
        return rhythm;
    }

    RhythmErrors errors() {
        return errors;
    }

    /** The first bin with a rhythm. */
    int first() {
        return first;
    }

    /** @param seconds from the time of the forecast */
    DoubleUnaryOperator quantiles(double seconds) {
        double position = past.position(nowSeconds + seconds - HALF_MINUTE);
        double usual = rhythm.at(position);
        double base = errors.base(usual);
        double bins = (seconds + level.ageSeconds()) / past.binSeconds();
        double middle = errors.quantile(MIDDLE, bins, position);
        double expected = usual + base * (errors.left(bins) * level.offShare() + middle);
        double bend = rhythm.bend(position) / base;
        // less than a bin ahead, less of the error of a bin has come
        double come = Math.sqrt(Math.min(1, bins));
        return probability -> {
            double slow = come * (errors.quantile(probability, bins, position) - middle);
            double fast =
                    level.scatter().length == 0 ? 0 : OrderStatistics.quantileOfNext(level.scatter(), probability);
            double shape = 2 * (probability - MIDDLE) * bend;
            double away = Math.sqrt(slow * slow + fast * fast + shape * shape);
            return expected + base * Math.copySign(away, probability - MIDDLE);
        };
    }
}
