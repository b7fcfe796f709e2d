// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * The demand of the past and the one that is expected.
 *
 * @param queries what is asked of the metrics source
 * @param history what was answered
 * @param forecasts what forecasters make of it
 * @param changes changes of replicas
 * @param backfill asks for what was before
 * @param absence knows which graphs have gone
 * @param clock of decisions
 */
public record DemandModule(
        DemandQueries queries,
        DemandHistory history,
        Forecasts forecasts,
        ReplicaChanges changes,
        HistoryBackfill backfill,
        LongAbsence absence,
        Clock clock) {

    private static final Duration AT_A_TIME = Duration.ofMillis(500);

    /** @param services the services of a graph whose demand may be forecast */
    public static DemandModule create(
            EngineSettings.Scaling settings,
            DemandQueries queries,
            AdapterPorts ports,
            ScalingDecider decider,
            Function<GraphId, List<GraphDemand>> services,
            Clock clock) {
        DemandHistory history = new DemandHistory(settings.history(), settings.historyStep());
        return new DemandModule(
                queries,
                history,
                new Forecasts(history, decider, services, clock),
                new ReplicaChanges(),
                new HistoryBackfill(history, ports::metrics, settings.history(), settings.historyStep(), clock),
                new LongAbsence(history::graphs, graph -> !services.apply(graph).isEmpty(), clock),
                clock);
    }

    /** What is done beside the decisions; called again and again by one thread. */
    public void work() {
        if (!backfill.run()) {
            forecasts.refresh(AT_A_TIME);
        }
        if (absence.forget(this::forget)) {
            history.prune(clock.instant());
        }
    }

    /** Of one pass, nothing yet. */
    public DemandReadings readings(Instant now) {
        return new DemandReadings(history, now);
    }

    /** A graph is gone. */
    public void forget(GraphId graph) {
        history.forget(graph);
        forecasts.forget(graph);
        changes.forget(graph);
    }
}
