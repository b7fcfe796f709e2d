// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import java.util.Comparator;

/**
 * What a strategy made of a load. In order of violations, then of cost.
 *
 * @param violationMinutes minutes in which demand was above what the ready replicas serve
 * @param replicaHours hours of all replicas, from the decision for them on
 * @param changes changes of the number of replicas
 */
record ReplayFigures(double violationMinutes, double replicaHours, int changes) implements Comparable<ReplayFigures> {

    private static final Comparator<ReplayFigures> ORDER = Comparator.comparingDouble(ReplayFigures::violationMinutes)
            .thenComparingDouble(ReplayFigures::replicaHours);

    @Override
    public int compareTo(ReplayFigures other) {
        return ORDER.compare(this, other);
    }

    ReplayFigures plus(ReplayFigures other) {
        return new ReplayFigures(
                violationMinutes + other.violationMinutes, replicaHours + other.replicaHours, changes + other.changes);
    }
}
