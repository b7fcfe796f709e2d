// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.metrics;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured in the last hour, by metric and workload. */
final class UsageHistory {

    private static final Duration KEPT = Duration.ofHours(1);

    /** Between points that are kept: the newest one may be nearer, and gives way to the next. */
    private static final Duration APART = Duration.ofSeconds(15);

    /** Points oldest first; older ones than an hour go, and with the last one the workload. */
    private final Map<String, Map<WorkloadRef, Deque<LoadPoint>>> points = new HashMap<>();

    synchronized void add(String metric, WorkloadRef workload, Instant at, double value) {
        Deque<LoadPoint> series = points.computeIfAbsent(metric, any -> new HashMap<>())
                .computeIfAbsent(workload, any -> new ArrayDeque<>());
        LoadPoint newest = series.pollLast();
        if (newest != null && (series.isEmpty() || isApart(series.peekLast(), newest))) {
            series.addLast(newest);
        }
        series.addLast(new LoadPoint(at, value));
    }

    private static boolean isApart(LoadPoint before, LoadPoint after) {
        return Duration.between(before.at(), after.at()).compareTo(APART) >= 0;
    }

    synchronized void forgetBefore(Instant now) {
        Instant oldest = now.minus(KEPT);
        points.values().forEach(byWorkload -> byWorkload.values().removeIf(series -> {
            while (!series.isEmpty() && series.peekFirst().at().isBefore(oldest)) {
                series.removeFirst();
            }
            return series.isEmpty();
        }));
    }

    /** The newest point, unless it is older than this. */
    synchronized Optional<Double> latest(String metric, WorkloadRef workload, Instant notBefore) {
        return Optional.ofNullable(points.getOrDefault(metric, Map.of()).get(workload))
                .map(Deque::peekLast)
                .filter(point -> !point.at().isBefore(notBefore))
                .map(LoadPoint::perSecond);
    }

    /** Oldest first, at multiples of the step: each the newest value until then, in no more than one step before. */
    synchronized List<LoadPoint> since(String metric, WorkloadRef workload, Instant begin, Duration step) {
        Deque<LoadPoint> series = points.getOrDefault(metric, Map.of()).get(workload);
        if (series == null) {
            return List.of();
        }
        long stepMillis = Math.max(1, step.toMillis());
        List<LoadPoint> told = new ArrayList<>();
        for (LoadPoint point : series) {
            long at = -Math.floorDiv(-point.at().toEpochMilli(), stepMillis) * stepMillis;
            LoadPoint aligned = new LoadPoint(Instant.ofEpochMilli(at), point.perSecond());
            boolean again = !told.isEmpty() && told.get(told.size() - 1).at().equals(aligned.at());
            if (again) {
                told.remove(told.size() - 1);
            }
            if (!point.at().isBefore(begin)) {
                told.add(aligned);
            }
        }
        return told;
    }
}
