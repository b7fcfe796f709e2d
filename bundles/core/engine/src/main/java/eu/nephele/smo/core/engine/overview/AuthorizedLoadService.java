// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.outside.JoinedMetrics;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.engine.demand.DemandQueries;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Asks the metrics sources for the load that scaling sees, for callers who may see the graph. */
public final class AuthorizedLoadService implements LoadService {

    /** Metrics sources answer no more points for a series; their ranges end now. */
    private static final int MOST_POINTS = 10_000;

    private final GraphRepository graphs;
    private final Supplier<Optional<JoinedMetrics>> source;
    private final DemandQueries queries;
    private final Authorizer authorizer;
    private final Clock clock;

    public AuthorizedLoadService(
            GraphRepository graphs,
            Supplier<Optional<JoinedMetrics>> source,
            DemandQueries queries,
            Authorizer authorizer,
            Clock clock) {
        this.graphs = graphs;
        this.source = source;
        this.queries = queries;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    @Override
    public LoadLine load(GraphId graph, String service, HistorySpan span, Duration step, CallContext call) {
        return authorizer.read(call, ResourceRef.of(graph), () -> {
            ServiceSpec spec = spec(graph, service);
            return source.get()
                    .map(metrics -> read(metrics, graph, spec, span, step))
                    .orElseGet(
                            () -> LoadLine.missing(
                                    "No metrics source is available (0 MetricsSource services). Is adapters/prometheus started?"));
        });
    }

    private ServiceSpec spec(GraphId graph, String service) {
        return graphs.find(graph)
                .filter(record -> record.desired().state() != DesiredState.REMOVED)
                .flatMap(record -> graphs.read(record.desired()).services().stream()
                        .filter(each -> each.id().equals(service))
                        .findFirst())
                .orElseThrow(() -> SmoException.notFound("Service %s of graph %s not found in project %s"
                        .formatted(service, graph.name(), graph.project())));
    }

    private LoadLine read(JoinedMetrics metrics, GraphId graph, ServiceSpec spec, HistorySpan span, Duration step) {
        Duration past = Duration.between(span.from(), clock.instant());
        if (past.isNegative() || past.isZero()) {
            return LoadLine.missing("The time has not come yet");
        }
        if (past.dividedBy(step) > MOST_POINTS) {
            return LoadLine.missing("From %s until now there are more than %d steps of %d s; ask for longer ones"
                    .formatted(span.from(), MOST_POINTS, step.toSeconds()));
        }
        MetricQuery usual = queries.rate(graph, spec.id(), spec.scaling());
        MetricQuery query = new MetricQuery(
                usual.metric(),
                usual.workload(),
                usual.window().compareTo(step) < 0 ? step : usual.window(),
                usual.template());
        try {
            List<LoadPoint> points = metrics.range(Set.of(query), past, step).getOrDefault(query, List.of());
            return new LoadLine(
                    points.stream()
                            .filter(point -> !point.at().isBefore(span.from())
                                    && point.at().isBefore(span.until())
                                    && Double.isFinite(point.perSecond()))
                            .toList(),
                    "");
        } catch (AdapterException failure) {
            return LoadLine.missing(failure.system() + ": " + failure.getMessage());
        }
    }
}
