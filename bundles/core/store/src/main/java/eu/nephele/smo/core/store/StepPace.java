// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

/**
 * How soon steps that keep all writers waiting follow each other: every so many looks, and at each look while there is much to do and
 * nobody writes. Not thread-safe.
 */
final class StepPace {

    private final int looksPerStep;
    private int looks;
    private long turnsAtStep;

    /** @param looksPerStep at each of so many looks a step is made, whoever writes */
    StepPace(int looksPerStep) {
        this.looksPerStep = looksPerStep;
    }

    /**
     * Whether a step is to be made now.
     *
     * @param isUrgent whether there is much to do
     * @param turns how often somebody wrote until now
     */
    boolean isDue(boolean isUrgent, long turns) {
        looks++;
        return looks >= looksPerStep || (isUrgent && turns == turnsAtStep);
    }

    /** A step was made. */
    void made(long turns) {
        looks = 0;
        turnsAtStep = turns;
    }
}
