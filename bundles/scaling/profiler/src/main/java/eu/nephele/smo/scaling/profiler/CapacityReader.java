// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Reads capacity from samples. A handled rate is the smaller of demand and capacity, so that it tells about capacity only under full
 * load, or where the use of the processor says how far full load is.
 */
final class CapacityReader {

    /** Above it the number is no share of a limit: it is in another unit. */
    private static final double MOST_UTILISATION = 1.5;
    /** A service at rest has at most this share of its usual rate per replica: not of the largest, which may be wrong. */
    private static final double AT_REST = 0.02;

    /** Of the least utilisation: {@link #underLoad} decides about those near it. */
    private static final double CANDIDATES = 0.8;

    private static final double USUAL_QUANTILE = 0.75;
    private static final int LEAST_AT_REST = 5;
    /** Standard deviation of the utilisation at rest: where it is larger those are loaded services with wrong rates. */
    private static final double MOST_REST_SPREAD = 0.1;
    /** Also where most of what is kept was taken under load. */
    private static final double REST_QUANTILE = 0.05;

    private static final double LEAST_UNSERVED = 0.05;
    private static final double DEVIATIONS = 4;

    private final FitSettings settings;
    private final double idle;
    private final double latencyAtRest;
    private final double served;

    /** @param samples all of them, those at rest as well */
    CapacityReader(List<ProfileSample> samples, FitSettings settings) {
        this.settings = settings;
        this.idle = idle(samples);
        this.latencyAtRest = RobustStatistics.quantile(known(samples, ProfileSample::latencySeconds), REST_QUANTILE);
        this.served = served(samples);
    }

    Optional<CapacityObservation> read(ProfileSample sample) {
        double rate = sample.handledPerSecond();
        if (settings.saturated()) {
            return observed(sample, rate, LoadEvidence.STATED);
        }
        double use = sample.utilisation();
        boolean usable = use >= 0 && use <= MOST_UTILISATION;
        if (usable && use >= CANDIDATES * settings.leastUtilisation() && use > idle) {
            return observed(sample, rate * (1 - idle) / (use - idle), LoadEvidence.PROCESSOR)
                    .map(seen -> new CapacityObservation(
                            seen.at(), seen.replicas(), seen.perSecond(), use, LoadEvidence.PROCESSOR));
        }
        if (usable) {
            // whatever delays it is elsewhere: more replicas would not help
            return Optional.empty();
        }
        if (sample.offeredPerSecond() > 0 && rate < sample.offeredPerSecond() * served) {
            return observed(sample, rate, LoadEvidence.UNSERVED);
        }
        return sample.latencySeconds() > settings.latencyBend() * latencyAtRest
                ? observed(sample, rate, LoadEvidence.LATENCY)
                : Optional.empty();
    }

    /**
     * Those that were under enough load. Whoever chooses by the measured utilisation chooses those where it was measured too high, and
     * with them a capacity that is too low. The geometric mean of the utilisation and of the rate's share of the capacity is chosen by
     * instead: where both readings err alike, its error has nothing to do with that of their ratio, which the capacity is.
     */
    List<CapacityObservation> underLoad(List<CapacityObservation> candidates) {
        List<CapacityObservation> inferred = candidates.stream()
                .filter(seen -> seen.evidence() == LoadEvidence.PROCESSOR)
                .toList();
        if (inferred.isEmpty()) {
            return candidates;
        }
        CapacityLine line =
                RobustLine.of(inferred, RobustLine.medians(inferred).size() > 1).line();
        return candidates.stream()
                .filter(seen -> seen.evidence() != LoadEvidence.PROCESSOR
                        || seen.utilisation() * Math.sqrt(seen.perSecond() / line.at(seen.replicas()))
                                >= settings.leastUtilisation())
                .toList();
    }

    private static Optional<CapacityObservation> observed(
            ProfileSample sample, double capacity, LoadEvidence evidence) {
        return capacity > 0
                ? Optional.of(new CapacityObservation(sample.at(), sample.replicas(), capacity, Double.NaN, evidence))
                : Optional.empty();
    }

    /** Whether utilisation is there but in no unit of it: millicores, per cent. */
    static boolean isInAnotherUnit(List<ProfileSample> samples) {
        return RobustStatistics.median(known(samples, ProfileSample::utilisation)) > MOST_UTILISATION;
    }

    /**
     * Processor use of a service that nobody calls, as far as that was seen and is always the same; else 0, which makes capacity smaller,
     * never larger.
     */
    private static double idle(List<ProfileSample> samples) {
        double usual = RobustStatistics.quantile(
                samples.stream()
                        .mapToDouble(sample -> sample.handledPerSecond() / sample.replicas())
                        .toArray(),
                USUAL_QUANTILE);
        double[] atRest = samples.stream()
                .filter(sample -> sample.handledPerSecond() / sample.replicas() <= AT_REST * usual)
                .mapToDouble(ProfileSample::utilisation)
                .filter(use -> use >= 0 && use <= MOST_UTILISATION)
                .toArray();
        boolean agree = atRest.length >= LEAST_AT_REST && RobustStatistics.spread(atRest) <= MOST_REST_SPREAD;
        return agree ? Math.min(0.5, RobustStatistics.median(atRest)) : 0;
    }

    /**
     * The share of what arrived below which requests are unserved: further from all than the two rates are from each other by
     * chance, which those show where more was answered than arrived.
     */
    private static double served(List<ProfileSample> samples) {
        double[] squares = samples.stream()
                .filter(sample -> sample.offeredPerSecond() > 0)
                .mapToDouble(sample -> sample.handledPerSecond() / sample.offeredPerSecond() - 1)
                .filter(excess -> excess > 0)
                .map(excess -> excess * excess)
                .toArray();
        double deviation = squares.length == 0 ? 0 : Math.sqrt(RobustStatistics.median(squares) / 0.4549);
        return 1 - Math.max(LEAST_UNSERVED, DEVIATIONS * deviation);
    }

    private static double[] known(List<ProfileSample> samples, ToDoubleFunction<ProfileSample> value) {
        return samples.stream()
                .mapToDouble(value)
                .filter(known -> known >= 0 && !Double.isInfinite(known))
                .toArray();
    }
}
