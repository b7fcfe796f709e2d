// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import eu.nephele.smo.scaling.profiler.ProfileFit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Fits the capacity model of a service to samples. A pure function. */
public final class ProfileEstimator {

    /** Larger scatter than this is no measurement. */
    private static final double MOST_SPREAD = 0.35;
    /** A capacity that is less certain is not proposed. */
    private static final double MOST_ERROR = 0.1;
    /** No new version makes a service this many times as fast; seconds in place of minutes do. */
    private static final double MOST_CHANGE = 8;

    /** A line of its own that is this certain needs no former one. */
    private static final double CERTAIN = 0.05;

    /** In halves of the 90 % interval: 99 % of the intervals have the true shape within. */
    private static final double CONTRADICTION = 1.57;

    private final FitSettings settings;

    public ProfileEstimator(FitSettings settings) {
        this.settings = settings;
    }

    /** @param samples in the order of their times */
    public ProfileFit fit(List<ProfileSample> samples) {
        return fit(samples, Optional.empty());
    }

    /**
     * @param samples in the order of their times
     * @param before what held before a change: as long as there is too little for a line, the former one is scaled
     */
    public ProfileFit fit(List<ProfileSample> samples, Optional<CapacityLine> before) {
        SampleFilter filter = new SampleFilter(settings.window());
        return fitAccepted(samples.stream().filter(filter::counts).toList(), before, samples.size());
    }

    ProfileFit fitAccepted(List<ProfileSample> accepted, Optional<CapacityLine> before, int given) {
        if (CapacityReader.isInAnotherUnit(accepted)) {
            return nothing(Verdict.UNIT, "The processor use is no share of the limit: expected 0 to 1");
        }
        CapacityReader reader = new CapacityReader(accepted, settings);
        List<CapacityObservation> seen = reader.underLoad(accepted.stream()
                .flatMap(sample -> reader.read(sample).stream())
                .toList());
        if (seen.size() < settings.leastSamples()) {
            return new ProfileFit(
                    Verdict.NOT_ENOUGH_LOAD,
                    "Not enough load seen: %d of %d samples tell about capacity, at least %d are needed"
                            .formatted(seen.size(), given, settings.leastSamples()),
                    Optional.empty(),
                    seen);
        }
        return judged(fitted(seen, before, given), seen, before);
    }

    private static ProfileFit nothing(Verdict verdict, String reason) {
        return new ProfileFit(verdict, reason, Optional.empty(), List.of());
    }

    private FittedProfile fitted(List<CapacityObservation> seen, Optional<CapacityLine> before, int given) {
        SortedMap<Integer, Double> medians = RobustLine.medians(seen);
        boolean free = medians.size() > 1;
        FittedProfile line = profile(RobustLine.of(seen, free), seen, given);
        if (before.isEmpty() || (free && isCertain(line))) {
            return line;
        }
        FittedProfile scaled = scaled(seen, before.get(), given);
        return free && contradicts(line, scaled) ? line : scaled;
    }

    private static boolean isCertain(FittedProfile profile) {
        return profile.alphaError() <= CERTAIN * profile.line().alpha();
    }

    /** Whether the shape of before is outside of what the observations leave possible. */
    private static boolean contradicts(FittedProfile line, FittedProfile scaled) {
        return Math.abs(line.line().alpha() - scaled.line().alpha()) > CONTRADICTION * line.alphaError();
    }

    /** The line of before times one factor, which few observations at few numbers of replicas are enough for. */
    private FittedProfile scaled(List<CapacityObservation> seen, CapacityLine before, int given) {
        List<CapacityObservation> factors = seen.stream()
                .filter(one -> before.at(one.replicas()) > 0)
                .map(one -> new CapacityObservation(
                        one.at(), 1, one.perSecond() / before.at(one.replicas()), Double.NaN, one.evidence()))
                .toList();
        RobustLine factor = RobustLine.of(factors.isEmpty() ? seen : factors, false);
        CapacityLine line = before.times(factor.line().alpha());
        double relative = half(factor, seen.size(), seen)
                * Math.sqrt(factor.covariance().alpha())
                / factor.line().alpha();
        FitQuality quality = quality(factor, line, relative, seen, given);
        return new FittedProfile(line, relative * line.alpha(), relative * Math.abs(line.beta()), quality);
    }

    private FittedProfile profile(RobustLine fit, List<CapacityObservation> seen, int given) {
        double half = half(fit, seen.size(), seen);
        SortedMap<Integer, Double> medians = RobustLine.medians(seen);
        double error = 0;
        for (int replicas = medians.firstKey(); replicas <= medians.lastKey(); replicas++) {
            double capacity = fit.line().at(replicas);
            error = Math.max(
                    error,
                    capacity > 0
                            ? half * fit.covariance().errorAt(replicas) / capacity
                            : medians.containsKey(replicas) ? Double.POSITIVE_INFINITY : 0);
        }
        return new FittedProfile(
                fit.line(),
                half * Math.sqrt(fit.covariance().alpha()),
                half * Math.sqrt(fit.covariance().beta()),
                quality(fit, fit.line(), error, seen, given));
    }

    /** Half of the 90 % interval in standard errors; samples whose windows overlap count as the fewer that they are worth. */
    private double half(RobustLine fit, int observations, List<CapacityObservation> seen) {
        double shared = Math.max(1, settings.window().toMillis() / Math.max(1.0, spacingMillis(seen)));
        return Math.sqrt(shared) * RobustStatistics.t90(Math.min(fit.used(), observations) / shared - 2);
    }

    /** Between moments: observations of one moment are of several services, whose windows have nothing in common. */
    private static double spacingMillis(List<CapacityObservation> seen) {
        List<Instant> moments =
                seen.stream().map(CapacityObservation::at).distinct().toList();
        double[] gaps = new double[Math.max(1, moments.size() - 1)];
        gaps[0] = Double.MAX_VALUE;
        for (int i = 1; i < moments.size(); i++) {
            gaps[i - 1] = Math.abs(
                    Duration.between(moments.get(i - 1), moments.get(i)).toMillis());
        }
        return RobustStatistics.median(gaps);
    }

    private static FitQuality quality(
            RobustLine fit, CapacityLine line, double error, List<CapacityObservation> seen, int given) {
        Map<LoadEvidence, Integer> evidence = new EnumMap<>(LoadEvidence.class);
        seen.forEach(one -> evidence.merge(one.evidence(), 1, Integer::sum));
        SortedMap<Integer, Double> medians = RobustLine.medians(seen);
        List<Instant> times =
                seen.stream().map(CapacityObservation::at).sorted().toList();
        return new FitQuality(
                given,
                seen.size(),
                fit.used(),
                evidence,
                medians.firstKey(),
                medians.lastKey(),
                medians.size(),
                fit.spread(),
                error,
                medians.size() > 1 ? explained(line, seen) : 0,
                Duration.between(times.get(0), times.get(times.size() - 1)));
    }

    private static double explained(CapacityLine line, List<CapacityObservation> seen) {
        double left = RobustStatistics.spread(seen.stream()
                .mapToDouble(one -> one.perSecond() - line.at(one.replicas()))
                .toArray());
        double all = RobustStatistics.spread(
                seen.stream().mapToDouble(CapacityObservation::perSecond).toArray());
        return all > 0 ? Math.max(0, 1 - left * left / (all * all)) : 0;
    }

    private static ProfileFit judged(FittedProfile fit, List<CapacityObservation> seen, Optional<CapacityLine> before) {
        FitQuality quality = fit.quality();
        List<String> reasons = new ArrayList<>();
        Verdict verdict;
        if (quality.spread() > MOST_SPREAD) {
            verdict = Verdict.NOISE;
            reasons.add(text(
                    "The capacity seen scatters by %.0f %%, more than %.0f %% is noise",
                    quality.spread(), MOST_SPREAD));
        } else if (quality.isComplete() && fit.line().alpha() <= fit.alphaError()) {
            verdict = Verdict.REPLICAS_DO_NOT_HELP;
            reasons.add(
                    "More replicas do not serve more: what limits the service is elsewhere, or the load was not full");
        } else if (!(quality.capacityError() <= MOST_ERROR)) {
            verdict = Verdict.NOISE;
            reasons.add(text(
                    "The capacity is uncertain by %.0f %%, at most %.0f %% is proposed",
                    quality.capacityError(), MOST_ERROR));
        } else if (before.filter(former -> isOfAnotherUnit(former, fit)).isPresent()) {
            verdict = Verdict.UNIT;
            reasons.add("The capacity is many times that of before, or a fraction of it: another unit?");
        } else {
            verdict = Verdict.LEARNED;
            reasons.add(learned(quality));
        }
        return new ProfileFit(verdict, String.join("; ", reasons), Optional.of(fit), seen);
    }

    private static boolean isOfAnotherUnit(CapacityLine before, FittedProfile now) {
        int replicas = now.quality().maxReplicas();
        double ratio = now.line().at(replicas) / before.at(replicas);
        return !(ratio <= MOST_CHANGE && ratio >= 1 / MOST_CHANGE);
    }

    private static String learned(FitQuality quality) {
        String counts = quality.isComplete()
                ? "%d to %d replicas".formatted(quality.minReplicas(), quality.maxReplicas())
                : "%d replicas only, others in proportion".formatted(quality.minReplicas());
        return text("%d observations at %s%s", quality.used(), counts, time(quality.span()))
                + text(", capacity certain to %.1f %%", quality.capacityError());
    }

    private static String time(Duration span) {
        if (span.toMinutes() == 0) {
            return "";
        }
        return span.toHours() > 0
                ? " within %d h".formatted(Math.round(span.toMinutes() / 60.0))
                : " within %d min".formatted(span.toMinutes());
    }

    /** Shares are shown per cent. */
    private static String text(String format, Object... values) {
        Object[] shown = values.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown[i] instanceof Double share ? (Object) (share * 100) : shown[i];
        }
        return String.format(Locale.ROOT, format, shown);
    }
}
