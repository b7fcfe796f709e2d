// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Index of the graphs with their phases and priorities, and of those that wait for capacity. Rebuilt from passes after a restart. */
@Metric(
        value = "smo_engine_graphs",
        type = MetricType.GAUGE,
        unit = "graphs",
        labels = "phase",
        meaning = "Graphs by phase, in lower case")
@Metric(value = "smo_engine_services", type = MetricType.GAUGE, unit = "services", meaning = "Services of all graphs")
public final class GraphIndex {

    private record IndexedGraph(GraphPhase phase, int services) {}

    /** Cache of the stored phases and numbers of services, found again by the first pass over each graph. */
    private final Map<GraphId, IndexedGraph> graphs = new ConcurrentHashMap<>();
    /** Cache of their sums, found again with them: with many graphs each read of a gauge would else go through all. */
    private final Map<GraphPhase, AtomicLong> byPhase = new EnumMap<>(GraphPhase.class);

    private final AtomicLong services = new AtomicLong();
    /** Cache of the stored priorities that are not the standard one, found again by reading them at each start. */
    private final Map<GraphId, Integer> priorities = new ConcurrentHashMap<>();
    /** Begins anew with each start, because each graph gets a pass then and waits again. */
    private final Set<GraphId> waiting = ConcurrentHashMap.newKeySet();
    /** Begins anew with each start, because each waiting graph is decided on then and its refusal published again. */
    private final Map<GraphId, Map<String, Map<String, String>>> refusals = new ConcurrentHashMap<>();

    public GraphIndex() {
        for (GraphPhase phase : GraphPhase.values()) {
            byPhase.put(phase, new AtomicLong());
        }
    }

    public void publish(MetricsRecorder metricsRecorder) {
        byPhase.forEach((phase, graphsIn) -> metricsRecorder.gauge(
                "smo_engine_graphs",
                Map.of("phase", phase.name().toLowerCase(Locale.ROOT)),
                graphsIn,
                AtomicLong::doubleValue));
        metricsRecorder.gauge("smo_engine_services", Map.of(), services, AtomicLong::doubleValue);
    }

    public void record(GraphId graph, GraphPhase phase, int services) {
        IndexedGraph now = new IndexedGraph(phase, services);
        Optional.ofNullable(graphs.put(graph, now)).ifPresent(before -> count(before, -1));
        count(now, 1);
    }

    private void count(IndexedGraph indexedGraph, int difference) {
        Objects.requireNonNull(byPhase.get(indexedGraph.phase())).addAndGet(difference);
        services.addAndGet((long) difference * indexedGraph.services());
    }

    public void forget(GraphId graph) {
        Optional.ofNullable(graphs.remove(graph)).ifPresent(before -> count(before, -1));
        waiting.remove(graph);
        refusals.remove(graph);
        priorities.remove(graph);
    }

    /** Takes note of the priority that a graph's descriptor names. */
    public void rank(GraphId graph, int priority) {
        if (priority == Graph.STANDARD_PRIORITY) {
            priorities.remove(graph);
        } else {
            priorities.put(graph, priority);
        }
    }

    public int priority(GraphId graph) {
        return priorities.getOrDefault(graph, Graph.STANDARD_PRIORITY);
    }

    /** Whether some graph may be more important than that; true is no promise. */
    boolean isSurpassed(int priority) {
        return priority < Graph.STANDARD_PRIORITY
                || priorities.values().stream().anyMatch(other -> other > priority);
    }

    /** The more important first, equals by name; by the priorities of now. */
    public List<GraphId> byPriority(Collection<GraphId> of) {
        Map<GraphId, Integer> now = new HashMap<>();
        of.forEach(graph -> now.put(graph, priority(graph)));
        return now.entrySet().stream()
                .sorted(Map.Entry.<GraphId, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * @param reasons service → cluster → reason
     * @return whether the reasons are new: a graph that waits is decided on again and again, and reports the same each
     *     time
     */
    public boolean refusedAnew(GraphId graph, Map<String, Map<String, String>> reasons) {
        return !reasons.equals(refusals.put(graph, reasons));
    }

    /** The reasons why a graph does not fit, for people; "" when it does, or was not placed yet. */
    public String refusal(GraphId graph) {
        return refusals.getOrDefault(graph, Map.of()).entrySet().stream()
                .map(entry -> "%s: %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    public void placed(GraphId graph) {
        refusals.remove(graph);
    }

    /** Queues the graph for a pass when capacity is released. */
    public void waiting(GraphId graph) {
        waiting.add(graph);
    }

    boolean waits(GraphId graph) {
        return waiting.contains(graph);
    }

    /** Graphs that waited until now, the more important first. */
    List<GraphId> takeWaiting() {
        return takeWaiting(graph -> true);
    }

    /** The same, of some. */
    List<GraphId> takeWaiting(Predicate<GraphId> which) {
        List<GraphId> taken = byPriority(waiting.stream().filter(which).toList());
        taken.forEach(waiting::remove);
        return taken;
    }

    Set<GraphId> known() {
        return graphs.keySet();
    }
}
