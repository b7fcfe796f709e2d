// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The world at its beginning and what will happen in it.
 *
 * @param name for people
 * @param startsAt time in the world when it begins; decides where carbon curves start
 * @param startupDelay from the scheduling of a pod until it is ready, in world time
 * @param terminationDelay from the end of a pod until its capacity is free, in world time; on a cluster that is down it
 *     begins when it is back
 * @param requestsPerCpuSecond requests that one second of one core serves; gives the CPU use of services; above 0
 * @param clusters at the beginning, at least one
 * @param latencyMillis network latency between clusters: from → to → ms; pairs that are missing are unknown
 * @param charts what charts decide by themselves, by name (last part of the reference, with or without tag)
 * @param loads requests at services, by selector as in {@link WorldAction.SetLoad}
 * @param series measurements in addition to those of the world itself, with their value
 * @param timeline actions with their times, in time order
 */
public record Scenario(
        String name,
        Instant startsAt,
        Duration startupDelay,
        Duration terminationDelay,
        double requestsPerCpuSecond,
        List<ClusterModel> clusters,
        Map<String, Map<String, Double>> latencyMillis,
        Map<String, ChartModel> charts,
        Map<String, LoadProfile> loads,
        Map<MetricSeries, Double> series,
        AlertTiming alerting,
        List<ScenarioMoment> timeline) {

    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final double USUAL_REQUESTS_PER_CPU_SECOND = 20;

    /** @param after time in the world since it began */
    public record ScenarioMoment(Duration after, WorldAction action) {}

    public Scenario {
        clusters = List.copyOf(clusters);
        latencyMillis = Map.copyOf(latencyMillis);
        charts = Map.copyOf(charts);
        loads = Collections.unmodifiableMap(new LinkedHashMap<>(loads));
        series = Collections.unmodifiableMap(new LinkedHashMap<>(series));
        timeline = timeline.stream()
                .sorted(Comparator.comparing(ScenarioMoment::after))
                .toList();
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("Scenario %s has no cluster".formatted(name));
        }
        Set<String> names = new LinkedHashSet<>();
        for (ClusterModel cluster : clusters) {
            if (!names.add(cluster.name())) {
                throw new IllegalArgumentException("Scenario %s has cluster %s twice".formatted(name, cluster.name()));
            }
        }
    }

    /** A scenario with nothing but clusters, whose pods are ready after the given delay. */
    public static Scenario of(Duration startupDelay, ClusterModel... clusters) {
        return new Scenario(
                "unnamed",
                MIDNIGHT,
                startupDelay,
                Duration.ZERO,
                USUAL_REQUESTS_PER_CPU_SECOND,
                List.of(clusters),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                AlertTiming.USUAL,
                List.of());
    }

    /** What the chart of a reference decides by itself; one that is named with its tag comes first. */
    public ChartModel chart(String reference) {
        String last = reference.substring(reference.lastIndexOf('/') + 1);
        int end = last.indexOf('@') >= 0 ? last.indexOf('@') : last.indexOf(':');
        ChartModel named = charts.getOrDefault(end < 0 ? last : last.substring(0, end), ChartModel.PLAIN);
        return charts.getOrDefault(last, named);
    }

    /** The same world, where charts decide this by themselves. */
    public Scenario withCharts(Map<String, ChartModel> decided) {
        return copy(startupDelay, terminationDelay, decided, alerting, timeline);
    }

    public Scenario withStartupDelay(Duration delay) {
        return copy(delay, terminationDelay, charts, alerting, timeline);
    }

    public Scenario withTerminationDelay(Duration delay) {
        return copy(startupDelay, delay, charts, alerting, timeline);
    }

    public Scenario withAlerting(AlertTiming timing) {
        return copy(startupDelay, terminationDelay, charts, timing, timeline);
    }

    public Scenario withTimeline(List<ScenarioMoment> moments) {
        return copy(startupDelay, terminationDelay, charts, alerting, moments);
    }

    private Scenario copy(
            Duration delay,
            Duration ending,
            Map<String, ChartModel> decided,
            AlertTiming timing,
            List<ScenarioMoment> moments) {
        return new Scenario(
                name,
                startsAt,
                delay,
                ending,
                requestsPerCpuSecond,
                clusters,
                latencyMillis,
                decided,
                loads,
                series,
                timing,
                moments);
    }
}
