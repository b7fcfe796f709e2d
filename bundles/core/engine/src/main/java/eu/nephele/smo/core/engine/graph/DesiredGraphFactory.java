// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Creates the desired state of a graph for each kind of change. It stores nothing. */
public final class DesiredGraphFactory {

    /**
     * @param clusters service → cluster
     * @param adopts service → fingerprints of releases of others that may be taken over
     */
    public record PlanPins(Map<String, ClusterId> clusters, String plan, Map<String, Set<String>> adopts) {
        public static final PlanPins NOTHING = new PlanPins(Map.of(), "", Map.of());

        /** The same for a graph that has not run yet: its pending adoptions stay allowed. */
        public PlanPins adopting(Desired desired) {
            return adopts.isEmpty()
                    ? new PlanPins(clusters, plan, desired.wish().adopts())
                    : this;
        }

        /** Returns whether all services are where they shall be, and nothing is to be taken over. */
        public boolean isMetBy(Optional<DecidedGraph> decided) {
            return adopts.isEmpty() && isPlacedBy(decided);
        }

        private boolean isPlacedBy(Optional<DecidedGraph> decided) {
            Placement placement = decided.map(DecidedGraph::placement).orElse(Placement.NONE);
            return clusters.entrySet().stream()
                    .allMatch(pin -> placement.clusterOf(pin.getKey()).equals(Optional.of(pin.getValue())));
        }
    }

    private final Clock clock;

    DesiredGraphFactory(Clock clock) {
        this.clock = clock;
    }

    public Desired first(DeployRequest request, PlanPins planPins) {
        Graph graph = request.graph();
        return new Desired(
                graph.id(),
                1,
                1,
                DesiredState.RUNNING,
                declaration(request, 1),
                !request.keepIfInfeasible(),
                wish(1, DecisionReason.DEPLOY, request.override(), planPins),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(clock.instant()));
    }

    /** Another attempt after a failure. */
    public Desired renew(Desired desired) {
        long number = desired.wish().number() + 1;
        return new Edit(desired)
                .nextGeneration()
                .wish(wish(
                        number,
                        DecisionReason.DEPLOY,
                        desired.declaration().override(),
                        PlanPins.NOTHING.adopting(desired)))
                .make();
    }

    /** A new descriptor; services that it does not have any more retire. */
    public Desired updated(
            Desired desired, Graph before, DeployRequest request, long descriptorRevision, PlanPins planPins) {
        Graph graph = request.graph();
        Map<String, String> retiring = retiring(desired, before, graph);
        Set<String> activated = graph.services().stream()
                .filter(service -> service.trigger().isConditional())
                .filter(service -> isActive(desired, before, service.id()))
                .map(ServiceSpec::id)
                .collect(Collectors.toSet());
        // until it is gone it runs: a rollback takes it up again
        retiring.keySet().stream().filter(desired.activated()::contains).forEach(activated::add);
        return new Edit(desired)
                .nextGeneration()
                .declaration(declaration(request, descriptorRevision))
                .activated(activated)
                .retiring(retiring)
                .wish(wish(desired.wish().number() + 1, DecisionReason.UPDATE, request.override(), planPins))
                .make();
    }

    /** Returns to a former descriptor of the graph, under its old number. */
    public Desired back(Desired desired, Graph before, Graph after, Revision revision) {
        DeployRequest request = new DeployRequest(
                after, revision.override(), true, desired.declaration().warnings());
        return updated(desired, before, request, revision.number(), PlanPins.NOTHING);
    }

    /** Changes the run state; conditional services wait for their event again after a start. */
    public Desired withState(Desired desired, DesiredState state) {
        return new Edit(desired)
                .nextGeneration()
                .state(state)
                .activated(Set.of())
                .make();
    }

    public Desired placed(Desired desired, PlaceRequest request, PlanPins planPins) {
        return new Edit(desired)
                .wish(wish(desired.wish().number() + 1, request, planPins))
                .make();
    }

    /** Withdraws a request for another placement that was not answered. */
    public Desired withoutWish(Desired desired, long answered) {
        return new Edit(desired)
                .wish(RequestedPlacement.of(answered, desired.wish().request()))
                .make();
    }

    /** The same desired state, to be reconciled again. */
    public Desired repaired(Desired desired) {
        return new Edit(desired).nextGeneration().make();
    }

    /** Automatic changes are off while paused. */
    public Desired paused(Desired desired, boolean paused) {
        return new Edit(desired).paused(paused).make();
    }

    /** Replicas of one service are set by hand, or given back; those that have expired go. */
    public Desired held(Desired desired, String service, Optional<ReplicaHold> hold) {
        Map<String, ReplicaHold> holds = new TreeMap<>(desired.holds());
        holds.values().removeIf(each -> !each.counts(clock.instant()));
        hold.ifPresentOrElse(next -> holds.put(service, next), () -> holds.remove(service));
        return new Edit(desired).holds(holds).make();
    }

    /** Conditional services whose events have fired. */
    public Desired activated(Desired desired, Set<String> activated) {
        return new Edit(desired).activated(activated).make();
    }

    /** These services are removed: their ids are free. */
    public Desired retired(Desired desired, Set<String> gone) {
        Map<String, String> retiring = new TreeMap<>(desired.retiring());
        retiring.keySet().removeAll(gone);
        Set<String> activated = new HashSet<>(desired.activated());
        activated.removeIf(service ->
                gone.contains(service) && !desired.declaration().services().contains(service));
        return new Edit(desired).retiring(retiring).activated(activated).make();
    }

    private static Map<String, String> retiring(Desired desired, Graph before, Graph after) {
        Map<String, String> retiring = new TreeMap<>(desired.retiring());
        before.services()
                .forEach(
                        service -> retiring.put(service.id(), service.artifact().runtime()));
        after.services()
                .forEach(service ->
                        retiring.remove(service.id(), service.artifact().runtime()));
        return retiring;
    }

    /** A running service stays active, also if its trigger changes or it gets one. */
    private static boolean isActive(Desired desired, Graph before, String service) {
        return before.service(service)
                .map(last -> !desired.awaitsTrigger(last))
                .orElseGet(() -> desired.retiring().containsKey(service)
                        && desired.activated().contains(service));
    }

    private static Declaration declaration(DeployRequest request, long descriptorRevision) {
        Graph graph = request.graph();
        return new Declaration(
                graph.descriptor(),
                graph.services().stream().map(ServiceSpec::id).toList(),
                graph.priority(),
                request.override(),
                descriptorRevision,
                request.warnings());
    }

    private static RequestedPlacement wish(
            long number, DecisionReason reason, StrategyOverride override, PlanPins planPins) {
        PlaceRequest request = new PlaceRequest(reason, Set.of(), Optional.empty(), override.placement(), false);
        return wish(number, request, planPins);
    }

    private static RequestedPlacement wish(long number, PlaceRequest request, PlanPins planPins) {
        return new RequestedPlacement(number, request, planPins.clusters(), planPins.plan(), planPins.adopts());
    }

    private final class Edit {

        private final Desired last;
        private long generation;
        private DesiredState state;
        private Declaration declaration;
        private RequestedPlacement wish;
        private Set<String> activated;
        private Map<String, String> retiring;
        private Map<String, ReplicaHold> holds;
        private boolean paused;

        private Edit(Desired last) {
            this.last = last;
            this.generation = last.generation();
            this.state = last.state();
            this.declaration = last.declaration();
            this.wish = last.wish();
            this.activated = last.activated();
            this.retiring = last.retiring();
            this.holds = last.holds();
            this.paused = last.paused();
        }

        private Edit nextGeneration() {
            generation = last.generation() + 1;
            return this;
        }

        private Edit state(DesiredState next) {
            state = next;
            return this;
        }

        private Edit declaration(Declaration next) {
            declaration = next;
            return this;
        }

        private Edit wish(RequestedPlacement next) {
            wish = next;
            return this;
        }

        private Edit activated(Set<String> next) {
            activated = next;
            return this;
        }

        private Edit retiring(Map<String, String> next) {
            retiring = next;
            return this;
        }

        private Edit holds(Map<String, ReplicaHold> next) {
            holds = next;
            return this;
        }

        private Edit paused(boolean next) {
            paused = next;
            return this;
        }

        private Desired make() {
            return new Desired(
                    last.id(),
                    generation,
                    last.revision() + 1,
                    state,
                    declaration,
                    last.provisional(),
                    wish,
                    activated,
                    retiring,
                    holds,
                    paused,
                    last.times().changed(clock.instant()));
        }
    }
}
