// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.decision.DecidedGraphFactory;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.proposal.EffectiveServiceResolver;
import eu.nephele.smo.core.engine.proposal.MoveBudget;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.proposal.PlacementProblemFactory;
import eu.nephele.smo.core.engine.proposal.PlacementProposer;
import eu.nephele.smo.core.engine.proposal.PlacementProposer.Proposal;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The engine's own rules for what is placed, when and how often it is moved, on graphs in memory: a database and workloads that
 * start would take most of the time and change no decision. The world follows each decision within a step of the day; meanwhile
 * both places are reserved.
 */
final class DayEngine {

    private static final int IMPROVED_AT_ONCE = 10;

    /** As a server whose queue is empty that often: better places are looked for when there is nothing else to do. */
    private static final Duration QUIET = Duration.ofMinutes(30);

    private static final String NO_DECISION = "";

    private final VirtualDay day;
    private final MemoryLedger ledger = new MemoryLedger();
    private final ClusterInventory inventory;
    private final PlacementProblemFactory problems;
    private final PlacementProposer proposer;
    private final MoveBudget budget;
    private final AutomaticPlacement automation;
    private final DecidedGraphFactory decisions;
    private final Map<GraphId, RunningGraph> graphs = new LinkedHashMap<>();
    private Duration nextImprovements = Duration.ZERO;

    /** @param replacementInterval shortest time between two placements of a graph for lack of room */
    DayEngine(VirtualDay day, SimulatedFederation world, StrategyModule strategies, Duration replacementInterval) {
        this.day = day;
        AdapterPorts ports = new AdapterPorts();
        ports.add(ClusterRegistry.class, SimulatedFederation.SOURCE, world.clusters());
        ports.add(SignalSource.class, "", new SignalsOfTheMoment(world.signals(), day));
        EngineSettings settings = EngineSettings.STANDARD;
        this.inventory =
                new ClusterInventory(ports, ledger, any -> Graph.STANDARD_PRIORITY, Duration.ZERO, day, day.seen());
        this.problems = new PlacementProblemFactory(inventory, ports, day);
        this.proposer = new PlacementProposer(
                inventory,
                problems,
                new EffectiveServiceResolver(settings.scaling(), () -> ServiceProfiles.NONE),
                new RememberedIntents(strategies.intents()),
                PlacedGraphs.NONE,
                strategies.placement());
        this.budget = new MoveBudget(day);
        // no former process has placed anything
        this.automation = new AutomaticPlacement(
                inventory, budget, Duration.ZERO, replacementInterval, graph -> Optional.empty(), day, day.seen());
        this.decisions = new DecidedGraphFactory(inventory, budget, new GraphEventFactory(day), day);
        inventory.begin();
        inventory.refresh();
    }

    /**
     * Deploys a graph with the replicas that the load needs.
     *
     * @throws SmoException if there is no room for it
     */
    void deploy(DayGraph ordered, Graph graph) {
        RunningGraph running = new RunningGraph(ordered, graph, day.instant());
        place(running, PlacementDemand.automatic(DecisionReason.DEPLOY, Set.of()));
        graphs.put(graph.id(), running);
        scale(running);
    }

    List<SeenGraph> seen() {
        return graphs.values().stream().map(RunningGraph::seen).toList();
    }

    /** Does what is due: the world has followed what was decided before. */
    void step() {
        inventory.follow();
        for (RunningGraph running : graphs.values()) {
            arrive(running);
            automation.converged(running.record(), running.decided().orElseThrow(), running.graph());
        }
        graphs.values().forEach(this::scale);
        graphs.values().forEach(this::placeIfNeeded);
        if (day.elapsed().compareTo(nextImprovements) >= 0) {
            nextImprovements = day.elapsed().plus(QUIET);
            improve();
        }
    }

    private void placeIfNeeded(RunningGraph running) {
        automation.wanted(running.record(), running.graph()).ifPresent(demand -> {
            if (demand.reason() == DecisionReason.IMPROVE) {
                improve(running, demand);
            } else {
                place(running, demand);
            }
        });
    }

    private void arrive(RunningGraph running) {
        running.decided().filter(DecidedGraph::inTransit).ifPresent(decided -> {
            DecidedGraph arrived = decided.arrived();
            ledger.reserve(running.graph().id(), Reservations.compute(arrived));
            running.decide(arrived);
        });
    }

    /** Replicas follow the load, as far as there is room where they are. */
    private void scale(RunningGraph running) {
        Map<String, Integer> starved = new TreeMap<>();
        for (DayService service : running.ordered().services()) {
            int wanted = service.replicas(day.elapsed());
            Share present = running.placement().of(service.id()).get(0);
            int now = wanted;
            while (now > present.replicas() && !resize(running, service.id(), new Share(present.cluster(), now))) {
                now--;
            }
            if (now < present.replicas()) {
                resize(running, service.id(), new Share(present.cluster(), now));
            }
            if (now < wanted) {
                starved.put(service.id(), wanted);
            }
        }
        automation.starved(running.graph().id(), starved);
    }

    private boolean resize(RunningGraph running, String service, Share share) {
        DecidedGraph decided = running.decided().orElseThrow();
        Placement next = decided.placement().with(service, List.of(share));
        return commit(
                running,
                decided.next(decided.generation(), next, decided.transition().held(), day.instant()));
    }

    private void improve() {
        List<GraphId> next = automation.improvable(IMPROVED_AT_ONCE, problems::signals);
        while (!next.isEmpty()) {
            next.forEach(id -> placeIfNeeded(known(id)));
            next = automation.improvable(IMPROVED_AT_ONCE, problems::signals);
        }
    }

    private RunningGraph known(GraphId id) {
        return Optional.ofNullable(graphs.get(id)).orElseThrow();
    }

    /** @throws SmoException if the strategy did not decide: the figures would be those of another one */
    private void improve(RunningGraph running, PlacementDemand demand) {
        Graph graph = running.graph();
        Map<ClusterId, Resources> own = ledger.reservedBy(graph.id());
        int most = budget.left(graph, running.decided().orElseThrow()).orElse(Integer.MAX_VALUE);
        proposer.improve(running.record(), graph, demand, proposer.translate(graph), own, most)
                .ifPresent(better -> commit(running, demand, better, own, false));
    }

    private void place(RunningGraph running, PlacementDemand demand) {
        Map<ClusterId, Resources> own = ledger.reservedBy(running.graph().id());
        Proposal proposal =
                proposer.propose(running.record(), running.graph(), demand, proposer.translate(running.graph()), own);
        if (proposal instanceof Proposal.DoesNotFit refused) {
            if (running.decided().isEmpty()) {
                throw refused.why();
            }
            return;
        }
        Proposal.Fits fits = (Proposal.Fits) proposal;
        if (!commit(running, demand, fits, own, false)) {
            // where old and new do not fit side by side, the old place is given up first
            commit(running, demand, fits, own, true);
        }
    }

    private boolean commit(
            RunningGraph running,
            PlacementDemand demand,
            Proposal.Fits fits,
            Map<ClusterId, Resources> own,
            boolean breakFirst) {
        return commit(running, decisions.create(running.record(), demand, fits, NO_DECISION, own, breakFirst));
    }

    private boolean commit(RunningGraph running, DecidedGraph next) {
        boolean stored = ledger.reserve(running.graph().id(), Reservations.compute(next));
        if (stored) {
            running.decide(next);
        }
        return stored;
    }
}
