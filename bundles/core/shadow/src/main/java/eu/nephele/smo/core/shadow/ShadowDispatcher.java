// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.store.ShadowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows live decisions to the shadows that follow them. On the thread that decides live, a decision is put into a
 * bounded queue and nothing else; with no shadow not even that.
 */
final class ShadowDispatcher implements DecisionObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowDispatcher.class);

    private final List<ActiveShadow> followers = new CopyOnWriteArrayList<>();
    private final ShadowStore store;
    private final PlacementComparison placements;
    private final ScalingComparison scalings;
    private final ShadowWorker worker;
    private boolean away;

    ShadowDispatcher(ShadowSettings settings, ShadowStore store, ShadowDependencies shadowDependencies) {
        this.store = store;
        StrategyVersions versions = new StrategyVersions(shadowDependencies.control());
        this.placements = new PlacementComparison(
                shadowDependencies.trials(),
                shadowDependencies.pricing(),
                shadowDependencies.catalog(),
                versions,
                settings.placementBudgetMillis());
        this.scalings = new ScalingComparison(shadowDependencies.trials(), versions, settings.scalingBudgetMillis());
        this.worker = new ShadowWorker(
                settings.queueCapacity(), shadowDependencies.trials()::crowded, this::save, settings.flushEvery());
    }

    void load() {
        followers.addAll(stored());
    }

    /** The shadows as they are stored now, for who does not follow. */
    List<ActiveShadow> stored() {
        return store.list().stream()
                .map(shadow -> ActiveShadow.restored(shadow, store))
                .toList();
    }

    /** In the order in which they began. */
    List<ActiveShadow> all() {
        return List.copyOf(followers);
    }

    Optional<ActiveShadow> find(String id) {
        return followers.stream()
                .filter(activeShadow -> activeShadow.shadow().id().equals(id))
                .findFirst();
    }

    void add(ActiveShadow activeShadow) {
        followers.add(activeShadow);
    }

    void remove(ActiveShadow activeShadow) {
        followers.remove(activeShadow);
    }

    @Override
    public void placed(PlacementOutcome outcome) {
        boolean trivial = outcome.request().services().isEmpty()
                || outcome.request().clusters().isEmpty();
        if (followers.isEmpty() || trivial) {
            return;
        }
        List<ActiveShadow> concerned =
                concerned(StrategyRef.PLACEMENT, Optional.of(outcome.request().graph()));
        if (!concerned.isEmpty()) {
            offer(
                    concerned,
                    () -> concerned.forEach(
                            activeShadow -> activeShadow.add(placements.compare(activeShadow.shadow(), outcome))));
        }
    }

    /** The graphs of the call are compared later: there may be many. */
    @Override
    public void scaled(ScalingCall call) {
        if (followers.isEmpty()) {
            return;
        }
        List<ActiveShadow> concerned = concerned(StrategyRef.SCALING, Optional.empty());
        if (!concerned.isEmpty()) {
            offer(
                    concerned,
                    () -> concerned.forEach(activeShadow ->
                            scalings.compare(activeShadow.shadow(), call).forEach(activeShadow::add)));
        }
    }

    private List<ActiveShadow> concerned(String kind, Optional<GraphId> graph) {
        List<ActiveShadow> concerned = new ArrayList<>();
        for (ActiveShadow activeShadow : followers) {
            Shadow shadow = activeShadow.shadow();
            if (shadow.kind().equals(kind)
                    && graph.map(shadow.scope()::includes).orElse(true)) {
                concerned.add(activeShadow);
            }
        }
        return concerned;
    }

    private void offer(List<ActiveShadow> concerned, Runnable comparison) {
        if (!worker.offer(comparison)) {
            concerned.forEach(ActiveShadow::dropped);
        }
    }

    /** While the database is unavailable new comparisons stay in memory; that is logged once. */
    private void save() {
        try {
            followers.forEach(activeShadow -> activeShadow.save(store));
            away = false;
        } catch (SmoException e) {
            if (!away) {
                LOG.warn("storing comparisons failed reason=\"{}\"; retrying", e.getMessage());
            }
            away = true;
        }
    }

    /** Returns whether everything that was shown is compared. */
    boolean idle() {
        return worker.idle();
    }

    @Override
    public void close() {
        worker.close();
    }
}
