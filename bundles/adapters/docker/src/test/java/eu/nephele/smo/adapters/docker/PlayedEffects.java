// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import java.io.IOException;

/** Counts what a process does to the systems around it, and ends it at one of these effects: nothing is done after that. */
final class PlayedEffects {

    private final int last;
    private final boolean done;
    private final Runnable onEffect;
    private int count;
    private volatile boolean over;

    /**
     * @param last number of the effect at which it ends, from 1
     * @param done whether that one still happens, and only its answer is lost
     * @param onEffect called after each one that happened, one at a time
     */
    PlayedEffects(int last, boolean done, Runnable onEffect) {
        this.last = last;
        this.done = done;
        this.onEffect = onEffect;
    }

    /** Effects that have no end. */
    static PlayedEffects endless() {
        return new PlayedEffects(Integer.MAX_VALUE, true, () -> {});
    }

    /** What fails like a call to a system. */
    interface PlayedEffect {
        void happen() throws IOException;
    }

    /** Returns whether it happened and its answer arrives. */
    synchronized boolean happens(PlayedEffect effect) throws IOException {
        if (over) {
            return false;
        }
        count++;
        over = count >= last;
        if (over && !done) {
            return false;
        }
        effect.happen();
        onEffect.run();
        return !over;
    }

    boolean isOver() {
        return over;
    }
}
