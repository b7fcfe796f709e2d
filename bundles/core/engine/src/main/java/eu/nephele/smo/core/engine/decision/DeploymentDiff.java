// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.store.Desired;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Difference between the actual and the desired state, service by service. It is computed here only: a plan shows it,
 * an operation stores it as its steps, a pass executes it. Each pass computes it from its own observation, and takes
 * from it the waits, moves and removals. Everything else is one step, which ensures a release and its replicas: the
 * step itself finds out whether to install, upgrade, scale or repair, because a former pass may have done half of it.
 */
public final class DeploymentDiff {

    /** Actual state of a graph: as stored, or as observed outside. */
    public interface ActualState {

        /** Returns whether a service is there and stays: it is changed then, and not installed. */
        boolean has(String service);

        /** Places of a service; for one that is being moved, the places that it leaves. */
        List<Share> places(String service);

        /**
         * Returns whether its release needs no change. A plan knows by the sources of the release; a pass, by whether
         * an earlier one has carried this decision out.
         */
        boolean isUpToDate(String service, DeployedGraph after);

        /**
         * Services whose workloads, present or possible, have to go: those that are gone, or are to be made otherwise.
         */
        Set<String> leftovers();
    }

    /** @param sideBySide whether old and new run at the same time meanwhile */
    public record ServiceChange(Action action, String service, List<Share> from, List<Share> to, boolean sideBySide) {

        /** Returns whether some place is given up altogether, as opposed to replicas at a place that stays. */
        public boolean leavesClusters() {
            return !clusters(to).containsAll(clusters(from));
        }

        PlanStep toPlanStep() {
            return new PlanStep(action, service, from, to, sideBySide, detail());
        }

        private String detail() {
            return switch (action) {
                case WATCH -> "wait for its event";
                case SCALE ->
                    replicas(from) == replicas(to)
                            ? "divide anew, from %s to %s".formatted(where(from), where(to))
                            : "scale from %d to %d".formatted(replicas(from), replicas(to));
                case REMOVE -> from.isEmpty() ? "remove the release" : "remove the release from " + where(from);
                case MOVE ->
                    "move from %s to %s, %s"
                            .formatted(where(from), where(to), sideBySide ? "make before break" : "stop, then start");
                default -> "%s %s".formatted(action.name().toLowerCase(Locale.ROOT), where(to));
            };
        }

        static String where(List<Share> shares) {
            return shares.isEmpty()
                    ? "where its chart says"
                    : shares.stream()
                            .map(share -> "%s ×%d".formatted(share.cluster().name(), share.replicas()))
                            .collect(Collectors.joining(" + "));
        }

        private static int replicas(List<Share> shares) {
            return shares.stream().mapToInt(Share::replicas).sum();
        }
    }

    private final Desired desired;
    private final ActualState is;
    private final DeployedGraph shall;
    private final boolean breakFirst;

    /** @param breakFirst whether old places have to be empty before anything new begins */
    public DeploymentDiff(Desired desired, ActualState is, DeployedGraph shall, boolean breakFirst) {
        this.desired = desired;
        this.is = is;
        this.shall = shall;
        this.breakFirst = breakFirst;
    }

    /** Returns the change of a service; empty if it is as desired. */
    public Optional<ServiceChange> compute(ServiceSpec service) {
        String id = service.id();
        List<Share> to = shall.placement().of(id);
        if (desired.awaitsTrigger(service)) {
            return Optional.of(new ServiceChange(Action.WATCH, id, List.of(), to, false));
        }
        if (!is.has(id)) {
            return Optional.of(new ServiceChange(Action.INSTALL, id, List.of(), to, false));
        }
        List<Share> from = is.places(id);
        if (!clusters(from).equals(clusters(to))) {
            return Optional.of(new ServiceChange(Action.MOVE, id, from, to, !breakFirst && mayRunTwice(service)));
        }
        if (!is.isUpToDate(id, shall)) {
            return Optional.of(new ServiceChange(Action.UPGRADE, id, from, to, false));
        }
        return from.equals(to) ? Optional.empty() : Optional.of(new ServiceChange(Action.SCALE, id, from, to, false));
    }

    /** Returns the removals: last where old and new run side by side, otherwise before anything new begins. */
    public List<ServiceChange> removals() {
        return is.leftovers().stream()
                .map(service -> new ServiceChange(Action.REMOVE, service, is.places(service), List.of(), false))
                .toList();
    }

    /** Returns whether a service that has to go is wanted again: it is gone before its successor is installed. */
    public boolean isReplaced(ServiceChange removal) {
        return shall.has(removal.service());
    }

    /** All steps in the order in which they can begin. A replaced service appears once, as its successor. */
    List<ServiceChange> changes() {
        List<ServiceChange> changes = new ArrayList<>();
        ServiceStartOrder.compute(shall.graph())
                .forEach(service -> compute(service).ifPresent(changes::add));
        List<ServiceChange> removals =
                removals().stream().filter(removal -> !isReplaced(removal)).toList();
        changes.addAll(breakFirst ? 0 : changes.size(), removals);
        return changes;
    }

    /** Returns whether a service may run at both places at once: not one that stands for a single device. */
    private static boolean mayRunTwice(ServiceSpec service) {
        return !service.artifact().isWebOfThings();
    }

    private static List<ClusterId> clusters(List<Share> shares) {
        return shares.stream().map(Share::cluster).toList();
    }
}
