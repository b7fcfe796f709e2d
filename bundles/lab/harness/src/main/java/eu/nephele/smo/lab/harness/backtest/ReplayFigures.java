// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

/**
 * What a strategy made of a load.
 *
 * @param violationMinutes minutes in which demand was above what the ready replicas serve
 * @param replicaHours hours of all replicas, from the decision for them on
 * @param changes changes of the number of replicas
 */
record ReplayFigures(double violationMinutes, double replicaHours, int changes) {}
