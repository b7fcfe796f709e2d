// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Sets replicas by hand, as far as the bounds of a service allow, as for every strategy. */
final class ReplicaHolds {

    private final GraphQueries visible;
    private final DesiredGraphFactory desiredGraphFactory;
    private final DesiredStateWriter desiredStateWriter;
    private final Clock clock;

    ReplicaHolds(
            GraphQueries visible,
            DesiredGraphFactory desiredGraphFactory,
            DesiredStateWriter desiredStateWriter,
            Clock clock) {
        this.visible = visible;
        this.desiredGraphFactory = desiredGraphFactory;
        this.desiredStateWriter = desiredStateWriter;
        this.clock = clock;
    }

    /** @throws SmoException {@code NOT_FOUND}, {@code INVALID} */
    GraphView hold(GraphId graph, String service, Optional<ReplicaHold> hold, RequestOrigin origin) {
        return desiredStateWriter.set(
                graph,
                origin,
                visible::present,
                record -> {
                    check(record, service, hold);
                    return Optional.ofNullable(record.desired().holds().get(service))
                                    .equals(hold)
                            ? Optional.empty()
                            : Optional.of(desiredGraphFactory.held(record.desired(), service, hold));
                },
                hold.isPresent() ? "scaling.held" : "scaling.released");
    }

    private void check(GraphRecord record, String service, Optional<ReplicaHold> hold) {
        if (!record.desired().declaration().services().contains(service)) {
            throw SmoException.notFound("Graph %s has no service %s; its services are %s"
                    .formatted(
                            record.id().name(),
                            service,
                            record.desired().declaration().services()));
        }
        hold.ifPresent(next -> check(record, service, next));
    }

    private void check(GraphRecord record, String service, ReplicaHold hold) {
        if (!hold.counts(clock.instant())) {
            throw invalid("/until", "%s is over already".formatted(hold.until().orElseThrow()));
        }
        Optional<EffectiveService> bounds =
                record.decided().map(decided -> decided.constraints().services().get(service));
        bounds.filter(each -> hold.replicas() < each.minReplicas() || hold.replicas() > each.maxReplicas())
                .ifPresent(each -> {
                    throw invalid(
                            "/replicas",
                            "%d is outside the bounds of service %s, %d to %d; change minReplicas or maxReplicas of its descriptor"
                                    .formatted(hold.replicas(), service, each.minReplicas(), each.maxReplicas()));
                });
    }

    private static SmoException invalid(String pointer, String message) {
        return SmoException.invalid("The replicas cannot be set", List.of(new Violation(pointer, message)));
    }
}
