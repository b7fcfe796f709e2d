// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.engine.decision.DeploymentDiff.ActualState;
import eu.nephele.smo.core.engine.decision.DeploymentDiff.ServiceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Steps of an operation: the difference to the stored state of a graph, or its complete removal. */
public final class OperationSteps {

    private final GraphRecord record;

    /** @param record the graph as it is; what was never installed is not there */
    public OperationSteps(GraphRecord record) {
        this.record = record;
    }

    /**
     * @param before state that is deployed now; empty for a new graph
     * @param breakFirst whether old places have to be empty before anything new begins
     */
    public List<PlanStep> to(Optional<DeployedGraph> before, DeployedGraph after, boolean breakFirst) {
        return new DeploymentDiff(record.desired(), new StoredStep(before, after), after, breakFirst)
                .changes().stream().map(ServiceChange::toPlanStep).toList();
    }

    /** Returns the steps of a complete removal, in reverse order. */
    public List<PlanStep> takeDown(Graph graph) {
        Placement placement = record.decided().map(DecidedGraph::placement).orElse(Placement.NONE);
        Set<String> services = new TreeSet<>(record.desired().retiring().keySet());
        graph.services().forEach(service -> services.add(service.id()));
        List<PlanStep> steps = new ArrayList<>();
        services.stream().filter(this::installed).forEach(service -> steps.add(0, removal(service, placement)));
        return steps;
    }

    /** Returns whether a service was installed and not removed since. */
    boolean installed(String service) {
        ObservedService seen = seen(service);
        return seen.assignment() > 0
                && seen.state() != ServiceState.NOT_DEPLOYED
                && seen.state() != ServiceState.PENDING;
    }

    private ObservedService seen(String service) {
        return record.observed().services().getOrDefault(service, ObservedService.NOTHING);
    }

    private static PlanStep removal(String service, Placement places) {
        return new ServiceChange(Action.REMOVE, service, places.of(service), List.of(), false).toPlanStep();
    }

    public static String begins(ServiceSpec service, List<Share> places) {
        return "%s: is being installed on %s".formatted(service.id(), ServiceChange.where(places));
    }

    /** State that was applied last, as far as it was ever installed. */
    private final class StoredStep implements ActualState {

        private final Optional<DeployedGraph> before;
        private final DeployedGraph after;

        StoredStep(Optional<DeployedGraph> before, DeployedGraph after) {
            this.before = before;
            this.after = after;
        }

        /** A service that was being removed when its graph was started again counts as removed. */
        @Override
        public boolean has(String service) {
            return installed(service)
                    && record.observed().phase() != GraphPhase.STOPPING
                    && before.filter(deployedGraph -> deployedGraph.has(service))
                            .isPresent()
                    && !record.desired().retiring().containsKey(service);
        }

        @Override
        public List<Share> places(String service) {
            return before.stream()
                    .flatMap(deployedGraph -> deployedGraph.placement().of(service).stream())
                    .toList();
        }

        /** The inputs of its release. */
        @Override
        public boolean isUpToDate(String service, DeployedGraph deployedGraph) {
            return before.flatMap(last -> last.content(service)).equals(deployedGraph.content(service));
        }

        /** Includes services that the graph has now and will not have: their retirement is not stored yet. */
        @Override
        public Set<String> leftovers() {
            Set<String> left = new TreeSet<>(record.desired().retiring().keySet());
            record.desired().declaration().services().stream()
                    .filter(service -> installed(service) && !after.has(service))
                    .forEach(left::add);
            left.removeIf(service -> seen(service).state() == ServiceState.PENDING);
            return left;
        }
    }
}
