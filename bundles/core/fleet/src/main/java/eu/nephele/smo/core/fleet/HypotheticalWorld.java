// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.fleet.FleetRequest.AddedCluster;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The present world, or one that differs from it in lost clusters, demand or added clusters. */
final class HypotheticalWorld {

    private static final String SOURCE = "what-if";

    private final Optional<WhatIf> difference;

    HypotheticalWorld(Optional<WhatIf> difference) {
        this.difference = difference;
    }

    boolean isReal() {
        return difference.isEmpty();
    }

    /** Returns whether only services of lost clusters go elsewhere, as after a failure. */
    boolean movesOnlyLost() {
        return difference
                .filter(other -> other.demand() == 1 && other.added().isEmpty())
                .isPresent();
    }

    boolean isLost(ClusterId cluster) {
        return difference.filter(other -> isNamed(other, cluster)).isPresent();
    }

    private static boolean isNamed(WhatIf other, ClusterId cluster) {
        return other.lost().contains(cluster.name()) || other.lost().contains(cluster.toString());
    }

    boolean isAdded(ClusterId cluster) {
        return cluster.source().equals(SOURCE);
    }

    /** Needs of a service in this world, rounded up. */
    Resources scaled(Resources needs) {
        double factor = difference.map(WhatIf::demand).orElse(1.0);
        if (factor == 1) {
            return needs;
        }
        Map<String, Long> amounts = new TreeMap<>(needs.byName());
        amounts.replaceAll((name, amount) -> name.equals(Resources.CPU) || name.equals(Resources.MEMORY)
                ? (long) Math.ceil(amount * factor)
                : amount);
        return Resources.ofNames(amounts);
    }

    /** Clusters that are only in this world, as a source would report them. */
    List<ClusterState> added() {
        return difference.stream()
                .flatMap(other -> other.added().stream())
                .map(HypotheticalWorld::state)
                .toList();
    }

    private static ClusterState state(AddedCluster cluster) {
        return new ClusterState(
                new ClusterId(SOURCE, cluster.name()),
                true,
                cluster.offered(),
                Resources.NONE,
                "",
                cluster.labels(),
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }

    /**
     * All clusters of this world in order; a lost one has nothing left.
     *
     * @throws SmoException {@code INVALID} when a lost cluster is not there
     */
    List<ClusterCapacity> clusters(List<ClusterCapacity> present) {
        difference.ifPresent(other -> check(other, present));
        List<ClusterCapacity> all = new ArrayList<>();
        present.forEach(cluster -> all.add(isLost(cluster.id()) ? emptied(cluster) : cluster));
        added().forEach(state -> all.add(new ClusterCapacity(
                state.id(),
                state.allocatable(),
                state.allocatable(),
                false,
                state.labels(),
                state.energy(),
                ClusterSignals.UNKNOWN)));
        all.sort(Comparator.comparing(ClusterCapacity::id));
        return all;
    }

    private static void check(WhatIf other, List<ClusterCapacity> present) {
        List<Violation> unknown = other.lost().stream()
                .filter(name -> present.stream()
                        .map(ClusterCapacity::id)
                        .noneMatch(id -> id.name().equals(name) || id.toString().equals(name)))
                .sorted()
                .map(name ->
                        new Violation(JsonPointers.child("/whatIf/clusters", name), "no cluster of that name is ready"))
                .toList();
        if (!unknown.isEmpty()) {
            throw SmoException.invalid("The request names unknown clusters", unknown);
        }
    }

    private static ClusterCapacity emptied(ClusterCapacity cluster) {
        return new ClusterCapacity(
                cluster.id(),
                Resources.NONE,
                cluster.allocatable(),
                cluster.occupied(),
                cluster.labels(),
                cluster.energy(),
                cluster.signals());
    }

    /** Why a graph keeps its place in this world, "" when it may move: a lost cluster moves graphs that stay otherwise. */
    String stays(FleetMember member) {
        boolean loses = member.reserved().keySet().stream().anyMatch(this::isLost);
        if (loses) {
            return "";
        }
        return member.stays().isEmpty() && movesOnlyLost() ? "none of its clusters is lost" : member.stays();
    }
}
