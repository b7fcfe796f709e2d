// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.core.contract.decision.DemandOutlook;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Forecasts of the graphs whose strategies want them: made in the background, anew after each quarter of an hour, some graphs in one call,
 * and found when replicas are decided.
 */
public final class Forecasts implements DemandOutlook {

    /**
     * The longest time that strategies look ahead, a quarter of an hour, from the last moment at which a forecast counts: the next one is
     * made up to 22.5 minutes later, and that may take a while. More would be kept for nothing.
     */
    private static final Duration HORIZON = Duration.ofMinutes(40);

    private static final int SERVICES_PER_CALL = 250;
    private static final Duration FIRST = Duration.ofSeconds(5);
    /** A reading older than this says nothing about the present. */
    private static final Duration PRESENT = Duration.ofMinutes(2);

    private final DemandHistory history;
    private final ScalingDecider decider;
    private final Function<GraphId, List<GraphDemand>> services;
    private final Clock clock;
    /** Begins anew with each start, because forecasts are made again as soon as strategies want them. */
    private final Map<GraphId, Map<String, GraphForecast>> wanted = new ConcurrentHashMap<>();

    /** @param services of a graph; none when it does not run */
    public Forecasts(
            DemandHistory history, ScalingDecider decider, Function<GraphId, List<GraphDemand>> services, Clock clock) {
        this.history = history;
        this.decider = decider;
        this.services = services;
        this.clock = clock;
    }

    private record GraphForecast(Instant due, Map<String, DemandForecast> byService) {}

    @Override
    public List<ServiceLoad> of(GraphId graph, String forecaster) {
        Instant now = clock.instant();
        List<GraphDemand> demands = services.apply(graph);
        Map<String, DemandForecast> known = wanted.computeIfAbsent(graph, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(forecaster, any -> {
                    // their past is asked for before the first forecast is due
                    demands.forEach(service -> history.keepSeasons(service.rate(), now));
                    return new GraphForecast(now.plus(FIRST), Map.of());
                })
                .byService();
        return demands.stream()
                .map(service -> new ServiceLoad(
                        graph,
                        service.service(),
                        history.latest(service.rate(), PRESENT, now),
                        Optional.ofNullable(known.get(service.service()))))
                .toList();
    }

    public void forget(GraphId graph) {
        wanted.remove(graph);
    }

    /** Makes forecasts that are due, until they all are or the time is up. */
    void refresh(Duration atMost) {
        Instant end = clock.instant().plus(atMost);
        List<Due> due = due(clock.instant());
        int from = 0;
        while (from < due.size() && clock.instant().isBefore(end)) {
            int to = from;
            int count = 0;
            String forecaster = due.get(from).forecaster();
            while (to < due.size()
                    && due.get(to).forecaster().equals(forecaster)
                    && (count == 0 || count + due.get(to).services().size() <= SERVICES_PER_CALL)) {
                count += due.get(to).services().size();
                to++;
            }
            make(forecaster, due.subList(from, to));
            from = to;
        }
    }

    private record Due(String forecaster, GraphId graph, List<GraphDemand> services) {}

    private List<Due> due(Instant now) {
        List<Due> due = new ArrayList<>();
        wanted.forEach((graph, byForecaster) -> byForecaster.forEach((forecaster, forecast) -> {
            if (!forecast.due().isAfter(now)
                    || forecast.due()
                            .isAfter(now.plus(MetricHistory.SEASON_STEP).plus(MetricHistory.SEASON_STEP))) {
                due.add(new Due(forecaster, graph, services.apply(graph)));
            }
        }));
        due.sort(Comparator.comparing(Due::forecaster).thenComparing(Due::graph));
        return due;
    }

    private void make(String forecaster, List<Due> graphs) {
        Instant now = clock.instant();
        ForecastRequest request = ForecastRequest.of(histories(graphs, now), HORIZON);
        List<Optional<DemandForecast>> made =
                request.services().isEmpty() ? List.of() : decider.forecast(forecaster, request);
        Map<GraphId, Map<String, DemandForecast>> byGraph = new HashMap<>();
        for (int i = 0; i < made.size(); i++) {
            ServiceHistory of = request.services().get(i);
            made.get(i).ifPresent(forecast -> byGraph.computeIfAbsent(of.graph(), any -> new HashMap<>())
                    .put(of.service(), forecast));
        }
        graphs.forEach(graph -> wanted.computeIfPresent(graph.graph(), (id, byForecaster) -> {
            byForecaster.put(forecaster, new GraphForecast(next(id, now), byGraph.getOrDefault(id, Map.of())));
            return byForecaster;
        }));
    }

    private List<ServiceHistory> histories(List<Due> graphs, Instant now) {
        return graphs.stream()
                .flatMap(graph -> graph.services().stream()
                        .map(service -> new ServiceHistory(
                                graph.graph(),
                                service.service(),
                                history.recent(service.rate(), now),
                                history.seasons(service.rate(), now),
                                service.callers())))
                .toList();
    }

    /** After the quarter of an hour that begins now, each graph at another moment of the next one. */
    private static Instant next(GraphId graph, Instant now) {
        long step = MetricHistory.SEASON_STEP.toSeconds();
        long slot = Math.floorDiv(now.getEpochSecond(), step) + 1;
        return Instant.ofEpochSecond(slot * step + Math.floorMod(graph.hashCode(), (int) (step / 2)));
    }
}
