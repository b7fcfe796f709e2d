// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

/**
 * Pace of a world, which determines the moments of kills.
 *
 * @param startMillis latest moment of a kill during the start
 * @param lifeMillis latest moment of a kill after the start
 * @param stepMillis latest moment of a kill after the begin of its target step; 0 for none
 * @param thoughtMillis longest pause of a client between two changes
 * @param settleSeconds time to reach the promised state after the last fault
 */
record ChaosPace(
        int startMillis, int lifeMillis, int outageMillis, int stepMillis, int thoughtMillis, int settleSeconds) {}
