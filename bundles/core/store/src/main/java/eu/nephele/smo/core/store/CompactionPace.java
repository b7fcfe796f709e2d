// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

/**
 * How soon steps that keep all writers waiting follow each other: every so many looks, and at each look while there is much to do and
 * nobody writes. Not thread-safe.
 */
final class CompactionPace {

    /** So many turns since the last step are what a server does by itself. */
    private static final int CALM_TURNS = 5;

    private final int looksPerStep;
    private int looks;
    private long turnsAtStep;

    /** @param looksPerStep at each of so many looks a step is made, whoever writes */
    CompactionPace(int looksPerStep) {
        this.looksPerStep = looksPerStep;
    }

    /**
     * Returns whether a step is to be made now.
     *
     * @param isUrgent whether there is much to do
     * @param turns how many turns of writers there were until now
     */
    boolean isDue(boolean isUrgent, long turns) {
        looks++;
        return looks >= looksPerStep || (isUrgent && turns == turnsAtStep);
    }

    /**
     * Returns whether hardly anybody has written since the last step.
     *
     * @param turns how many turns of writers there were until now
     */
    boolean isCalm(long turns) {
        return turns - turnsAtStep <= CALM_TURNS;
    }

    /** @param turns how many turns there were when the step was made, its own included */
    void made(long turns) {
        looks = 0;
        turnsAtStep = turns;
    }
}
