// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.BeginOutage;
import eu.nephele.smo.lab.simulator.WorldAction.BreakArtifact;
import eu.nephele.smo.lab.simulator.WorldAction.DrainCluster;
import eu.nephele.smo.lab.simulator.WorldAction.DropSeries;
import eu.nephele.smo.lab.simulator.WorldAction.EndOutage;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.ResizeCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.WorldAction.SetForeignLoad;
import eu.nephele.smo.lab.simulator.WorldAction.SetLoad;
import eu.nephele.smo.lab.simulator.WorldAction.SetSeries;

final class ActionExecutor {

    private final ChangeNotifier changeNotifier;
    private final Tampering tampering;

    ActionExecutor(ChangeNotifier changeNotifier) {
        this.changeNotifier = changeNotifier;
        this.tampering = new Tampering(changeNotifier);
    }

    void strike(WorldState state, WorldAction action) {
        if (action instanceof SetLoad load) {
            state.loads().set(load.service(), load.profile(), state.now());
        } else if (action instanceof BeginOutage begin) {
            state.outages().add(begin.outage());
        } else if (action instanceof EndOutage end) {
            state.outages().remove(end.outage());
        } else if (action instanceof SetSeries set) {
            state.monitoring().series().set(set.series(), set.value());
        } else if (action instanceof BreakArtifact broken) {
            state.pods().breakArtifact(broken.artifact());
        } else if (action instanceof DropSeries drop) {
            state.monitoring().series().drop(drop.series());
        } else if (!tampering.strike(state, action)) {
            strikeCluster(state, action);
            state.pods().lookForRoomAgain();
            changeNotifier.clustersChanged();
        }
    }

    private static void strikeCluster(WorldState state, WorldAction action) {
        Nodes nodes = state.nodes();
        if (action instanceof AddCluster added) {
            nodes.add(added.cluster());
        } else if (action instanceof RemoveCluster removed) {
            remove(state, nodes.require(removed.cluster()));
        } else if (action instanceof FailCluster failed) {
            fail(state, nodes.require(failed.cluster()));
        } else if (action instanceof RestoreCluster restored) {
            restore(state, nodes.require(restored.cluster()));
        } else if (action instanceof DrainCluster drained) {
            Node node = nodes.require(drained.cluster());
            node.drain(drained.fraction());
            state.pods().evictOverflow(node);
        } else if (action instanceof ResizeCluster resized) {
            Node node = nodes.require(resized.cluster());
            node.resize(resized.capacity());
            state.pods().evictOverflow(node);
        } else if (action instanceof SetForeignLoad foreign) {
            nodes.require(foreign.cluster()).foreignWanted(foreign.load());
        } else {
            throw new IllegalArgumentException("Unknown action of the world: " + action);
        }
    }

    private static void fail(WorldState state, Node node) {
        if (node.isUp()) {
            node.up(false);
            state.pods().lose(node);
        }
    }

    private static void restore(WorldState state, Node node) {
        if (!node.isUp()) {
            node.up(true);
            state.pods().restart(node, state.now());
        }
    }

    private static void remove(WorldState state, Node node) {
        state.releases().all().forEach(release -> state.pods().withdraw(release, node.name()));
        state.nodes().remove(node);
    }
}
