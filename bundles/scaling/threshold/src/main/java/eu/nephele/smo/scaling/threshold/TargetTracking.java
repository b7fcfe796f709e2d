// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Replicas at which metrics have their targets. As the HorizontalPodAutoscaler: each metric asks for a number, the largest counts; within
 * the tolerance nothing changes; growing goes to the smallest number of its stabilisation window, shrinking to the largest of its own;
 * policies limit the pace. Where a metric has no data, the others can make the service grow, and not shrink.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/">Horizontal Pod Autoscaling</a>
 */
record TargetTracking(ThresholdParameters parameters, Instant now) {

    static final int SHRINK_WINDOW_SECONDS = 300;
    private static final double PER_CENT = 100;
    /** Beyond any bound; a profile that serves hardly anything would ask for more than an int has. */
    private static final double MOST_REPLICAS = 1e9;

    /** What one metric asks for. */
    private record Recommendation(double replicas, String reason) {}

    DesiredReplicas of(ScalingTarget target) {
        List<Recommendation> recommended = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (MetricTarget metric : parameters.metrics()) {
            OptionalDouble total = metric.now(target);
            double exact = total.isPresent() ? metric.exactReplicas(target, total.getAsDouble()) : Double.NaN;
            if (Double.isNaN(exact)) {
                silent.add(metric.silent(target));
            } else {
                recommended.add(new Recommendation(rounded(target, exact), metric.text(total.getAsDouble())));
            }
        }
        return recommended.isEmpty() ? withoutData(target, silent) : decide(target, recommended, silent);
    }

    private double rounded(ScalingTarget target, double exact) {
        double tolerance = parameters.tolerancePercent() / PER_CENT;
        boolean asItIs = target.replicas() > 0 && Math.abs(exact / target.replicas() - 1) <= tolerance;
        return asItIs ? target.replicas() : Math.ceil(Math.max(0, Math.min(MOST_REPLICAS, exact)));
    }

    private DesiredReplicas decide(ScalingTarget target, List<Recommendation> recommended, List<String> silent) {
        Recommendation largest = recommended.get(0);
        for (Recommendation other : recommended) {
            largest = other.replicas() > largest.replicas() ? other : largest;
        }
        int wanted = (int) largest.replicas();
        String reason = "%s asks for %d replicas".formatted(largest.reason(), wanted);
        if (!silent.isEmpty() && wanted < target.replicas()) {
            return DesiredReplicas.keep(
                    target,
                    "%s; not fewer than %d while there is no data about %s"
                            .formatted(reason, target.replicas(), String.join(", ", silent)));
        }
        int stable = stabilised(target, wanted);
        String held = stable == wanted ? "" : ", %d by the past minutes".formatted(stable);
        int paced = Math.max(
                parameters.scaleDown().least(target, now),
                Math.min(stable, parameters.scaleUp().most(target, now)));
        String pace = paced == stable ? "" : ", %d at the permitted pace".formatted(paced);
        return DesiredReplicas.asMuchAsPossible(target, paced, wanted, reason + held + pace);
    }

    private int stabilised(ScalingTarget target, int wanted) {
        int present = target.replicas();
        int up = extreme(target, wanted, parameters.scaleUp().stabilisation(0), true);
        int down = extreme(target, wanted, parameters.scaleDown().stabilisation(SHRINK_WINDOW_SECONDS), false);
        if (present < up) {
            return up;
        }
        return Math.min(present, Math.max(wanted, down));
    }

    /** The smallest or largest number of the window, the present one included. */
    private int extreme(ScalingTarget target, int wanted, int seconds, boolean smallest) {
        int extreme = wanted;
        if (seconds == 0) {
            return extreme;
        }
        Instant begin = now.minusSeconds(seconds);
        List<LoadSeries> series = parameters.metrics().stream()
                .map(metric -> metric.history(target))
                .toList();
        for (Instant at : times(series, begin)) {
            OptionalInt then = recommendedAt(target, series, at);
            if (then.isPresent()) {
                extreme = smallest ? Math.min(extreme, then.getAsInt()) : Math.max(extreme, then.getAsInt());
            }
        }
        return extreme;
    }

    /** Those of all metrics: one may begin later than another, or end earlier. */
    private static Set<Instant> times(List<LoadSeries> series, Instant begin) {
        Set<Instant> times = new HashSet<>();
        for (LoadSeries one : series) {
            for (int i = one.size() - 1; i >= 0 && !one.at(i).isBefore(begin); i--) {
                times.add(one.at(i));
            }
        }
        return times;
    }

    private OptionalInt recommendedAt(ScalingTarget target, List<LoadSeries> series, Instant at) {
        double most = Double.NaN;
        for (int m = 0; m < series.size(); m++) {
            double total = valueAt(series.get(m), at);
            double exact = parameters.metrics().get(m).exactReplicas(target, total);
            most = Double.isNaN(most) || exact > most ? exact : most;
        }
        return Double.isNaN(most)
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.ceil(Math.max(0, Math.min(MOST_REPLICAS, most))));
    }

    private static double valueAt(LoadSeries series, Instant at) {
        if (series.size() == 0) {
            return Double.NaN;
        }
        long index = Math.floorDiv(
                Duration.between(series.at(0), at).toMillis(), series.step().toMillis());
        return index < 0 || index >= series.size() ? Double.NaN : series.value((int) index);
    }

    /** Of the metrics that have no data now; one that has, and no target for this service, says nothing. */
    private Optional<Instant> lastData(ScalingTarget target) {
        return parameters.metrics().stream()
                .filter(metric -> metric.now(target).isEmpty())
                .flatMap(metric -> metric.measuredAt(target).stream())
                .max(Comparator.naturalOrder());
    }

    private DesiredReplicas withoutData(ScalingTarget target, List<String> silent) {
        String reason = "no data about " + String.join(", ", silent);
        return parameters
                .noData()
                .flatMap(safe -> lastData(target)
                        .map(at -> Duration.between(at, now).toSeconds())
                        .filter(seconds -> seconds >= safe.afterSeconds())
                        .map(seconds -> DesiredReplicas.asMuchAsPossible(
                                target,
                                PartOfWhole.decidedIn(target).replicas(safe.replicas()),
                                PartOfWhole.decidedIn(target).replicas(safe.replicas()),
                                "%s for %d s: the number that is safe without".formatted(reason, seconds))))
                .orElseGet(() -> DesiredReplicas.keep(target, reason));
    }
}
