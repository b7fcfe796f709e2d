// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

/**
 * How fast a world is, and with it the moments at which a kill may hit something.
 *
 * @param startMillis a kill during the start comes that late at most
 * @param lifeMillis a kill after the start comes that late at most
 * @param outageMillis an outage takes that long at most
 * @param stepMillis a kill that is aimed at a step comes that late at most after its begin; 0 where none is aimed
 * @param thoughtMillis a client waits that long at most before it changes something again
 * @param settleSeconds time for everything to become as it was promised when the storm is over
 */
record ChaosPace(
        int startMillis, int lifeMillis, int outageMillis, int stepMillis, int thoughtMillis, int settleSeconds) {}
