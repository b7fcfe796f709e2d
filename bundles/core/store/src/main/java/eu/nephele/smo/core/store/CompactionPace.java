// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

/**
 * Pace of the steps that keep all writers waiting: one every so many checks, and one at each check while there is much
 * to do and there are no writers. Not thread-safe.
 */
final class CompactionPace {

    /** So many turns of writers since the last step are the background load of a server. */
    private static final int CALM_TURNS = 5;

    private final int looksPerStep;
    private int looks;
    private long turnsAtStep;

    /** @param looksPerStep a step is made every so many checks, also while there are writers */
    CompactionPace(int looksPerStep) {
        this.looksPerStep = looksPerStep;
    }

    boolean isDue(boolean isUrgent, long turns) {
        looks++;
        return looks >= looksPerStep || (isUrgent && turns == turnsAtStep);
    }

    boolean isCalm(long turns) {
        return turns - turnsAtStep <= CALM_TURNS;
    }

    /** @param turns number of turns when the step was made, its own included */
    void made(long turns) {
        looks = 0;
        turnsAtStep = turns;
    }
}
