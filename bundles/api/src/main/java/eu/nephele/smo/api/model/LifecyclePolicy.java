// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.OptionalInt;

/**
 * Actions that the orchestrator may take on a graph by itself.
 *
 * @param onFailure what a deployment that fails for good leaves behind
 * @param onClusterReturn whether services go back when their former cluster is healthy again
 * @param onDrift what happens to changes made outside
 * @param onSignalChange whether services go to better places when carbon, price or other signals of the clusters have changed
 * @param maxMovesPerHour budget of moves that the orchestrator may make by itself; empty means no limit
 */
public record LifecyclePolicy(
        OnFailure onFailure,
        OnClusterReturn onClusterReturn,
        OnDrift onDrift,
        OnSignalChange onSignalChange,
        OptionalInt maxMovesPerHour) {

    public static final LifecyclePolicy STANDARD = new LifecyclePolicy(
            OnFailure.ROLLBACK, OnClusterReturn.STAY, OnDrift.REPAIR, OnSignalChange.STAY, OptionalInt.empty());

    public enum OnFailure {
        ROLLBACK,
        KEEP
    }

    public enum OnClusterReturn {
        STAY,
        RETURN
    }

    public enum OnDrift {
        REPAIR,
        REPORT
    }

    public enum OnSignalChange {
        STAY,
        REPLACE
    }
}
