// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How many replicas a service is woken with, while requests wait for the first one. On average as many requests are in work as arrive per
 * second, times the seconds that one takes (Little's law), and a replica is taken to work on one at a time. What waits has arrived in the
 * last second, as whoever waits is told of at once; later, since the first replica was wanted. A rate over a window, which began before
 * that, counts where it is higher. What a request takes is what the balancer measured last; where nobody knows it, one replica is woken.
 */
final class WakeSize {

    /** Requests that wait at the balancer for a replica. */
    static final ScalingMetric WAITING = ScalingMetric.named(MetricQuery.QUEUE_LENGTH);

    /** Mean time of the latest answers. */
    static final ScalingMetric RESPONSE_TIME_MILLIS = ScalingMetric.named(MetricQuery.RESPONSE_TIME_MILLIS);

    private static final double MILLIS = 1000;

    private record WokenService(GraphId graph, String service) {}

    /**
     * What is known of a service over all its clusters.
     *
     * @param waiting requests
     * @param perSecond arriving
     * @param seconds that one takes
     */
    private record ServiceArrivals(List<ScalingTarget> targets, double waiting, double perSecond, double seconds) {

        static ServiceArrivals among(List<ScalingTarget> targets, Instant now) {
            double portions =
                    targets.stream().mapToDouble(ScalingTarget::portion).sum();
            double waiting = total(targets, target -> target.metric(WAITING).now()) / portions;
            double rate = total(targets, ScalingTarget::demandPerSecond) / portions;
            double millis =
                    total(targets, target -> target.metric(RESPONSE_TIME_MILLIS).now()) / portions;
            return new ServiceArrivals(
                    targets, waiting, Math.max(rate, waiting / secondsOfWaiting(targets, now)), millis / MILLIS);
        }

        private static double total(List<ScalingTarget> targets, Function<ScalingTarget, OptionalDouble> measured) {
            return targets.stream()
                    .mapToDouble(target -> measured.apply(target).orElse(0))
                    .filter(Double::isFinite)
                    .map(value -> Math.max(0, value))
                    .sum();
        }

        private static double secondsOfWaiting(List<ScalingTarget> targets, Instant now) {
            return targets.stream()
                    .flatMap(target -> target.changes().stream())
                    .filter(change -> change.from() == 0
                            && change.to() > 0
                            && !change.at().isAfter(now))
                    .map(ReplicaChange::at)
                    .max(Comparator.naturalOrder())
                    .filter(at -> replicas(targets) > 0)
                    .map(at -> Duration.between(at, now).toMillis() / MILLIS)
                    .filter(seconds -> seconds > 1)
                    .orElse(1.0);
        }

        static int replicas(List<ScalingTarget> targets) {
            return targets.stream().mapToInt(ScalingTarget::replicas).sum();
        }

        /** Only while nobody serves it: then how it is scaled is for its base to say. */
        int least() {
            boolean sleeps = replicas(targets) == 0;
            return sleeps || waiting > 0
                    ? (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(perSecond * seconds)))
                    : targets.size();
        }
    }

    private final Map<WokenService, ServiceArrivals> services = new HashMap<>();

    /** Targets of each service that have had their part. */
    private final Map<WokenService, Integer> served = new HashMap<>();

    /** @param targets all of one request */
    WakeSize(List<ScalingTarget> targets, Instant now) {
        Map<WokenService, List<ScalingTarget>> byService = new LinkedHashMap<>();
        targets.forEach(target -> byService
                .computeIfAbsent(service(target), any -> new ArrayList<>())
                .add(target));
        byService.forEach((service, its) -> services.put(service, ServiceArrivals.among(its, now)));
    }

    /** Its part of the replicas that its service is to have at least when it is needed: each target is asked for once, in order. */
    int part(ScalingTarget target) {
        WokenService service = service(target);
        ServiceArrivals arrivals = arrivals(target);
        int whole = arrivals.least();
        int among = arrivals.targets().size();
        int before = served.merge(service, 1, Integer::sum) - 1;
        return Math.min(target.maxReplicas(), whole / among + (before < whole % among ? 1 : 0));
    }

    /** For people: what the number follows. */
    String text(ScalingTarget target) {
        ServiceArrivals arrivals = arrivals(target);
        return String.format(
                Locale.ROOT,
                "%.0f wait, %.4g per second, %.4g s each",
                arrivals.waiting(),
                arrivals.perSecond(),
                arrivals.seconds());
    }

    private ServiceArrivals arrivals(ScalingTarget target) {
        return services.getOrDefault(service(target), new ServiceArrivals(List.of(target), 0, 0, 0));
    }

    private static WokenService service(ScalingTarget target) {
        return new WokenService(target.graph(), target.service());
    }
}
