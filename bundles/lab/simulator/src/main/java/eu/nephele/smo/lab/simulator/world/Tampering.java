// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldAction.ChangeValues;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRelease;
import eu.nephele.smo.lab.simulator.WorldAction.DeleteRule;
import eu.nephele.smo.lab.simulator.WorldAction.SetReplicas;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** Changes objects that the orchestrator wrote, as another actor would. */
final class Tampering {

    private final ChangeNotifier changeNotifier;

    Tampering(ChangeNotifier changeNotifier) {
        this.changeNotifier = changeNotifier;
    }

    /**
     * @return whether it was such an action
     * @throws NoSuchElementException when there is no such release, rule or cluster
     */
    boolean strike(WorldState state, WorldAction action) {
        if (action instanceof DeleteRelease deleted) {
            delete(state, release(state, deleted.workload()));
        } else if (action instanceof SetReplicas set) {
            setReplicas(state, set);
        } else if (action instanceof ChangeValues changed) {
            release(state, changed.workload()).tamper();
            changeNotifier.workloadChanged(changed.workload());
        } else if (action instanceof DeleteRule deleted) {
            delete(state, deleted);
            changeNotifier.workloadChanged(deleted.workload());
        } else {
            return false;
        }
        return true;
    }

    private static void delete(WorldState state, InstalledRelease release) {
        state.pods().fit(release, Map.of());
        state.releases().remove(release);
    }

    private static void setReplicas(WorldState state, SetReplicas set) {
        InstalledRelease release = release(state, set.workload());
        Map<Node, Integer> replicas = new LinkedHashMap<>();
        release.podsByCluster()
                .forEach((cluster, pods) -> replicas.put(state.nodes().require(cluster), pods.size()));
        replicas.put(state.nodes().require(set.cluster()), set.replicas());
        state.pods().fit(release, replicas);
    }

    private static void delete(WorldState state, DeleteRule deleted) {
        EvaluatedRule rule = state.monitoring()
                .find(deleted.workload(), deleted.eventId())
                .orElseThrow(() -> new NoSuchElementException(
                        "Alert rule %s/%s does not exist".formatted(deleted.workload(), deleted.eventId())));
        state.monitoring().remove(rule, state.now());
    }

    private static InstalledRelease release(WorldState state, WorkloadRef ref) {
        return state.releases()
                .find(ref)
                .orElseThrow(() -> new NoSuchElementException("Release of %s does not exist".formatted(ref)));
    }
}
