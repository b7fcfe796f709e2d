// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When blocks of a file are moved together, so that it becomes smaller: from when it is mostly holes until it hardly has any, or until
 * nothing is gained by it. Not thread-safe.
 */
final class ShrinkPolicy {

    /** When less of the file than that are blocks, they are moved together, */
    static final int SPARSE_PERCENT = 50;

    /** until so much of it are blocks. */
    static final int DENSE_PERCENT = 80;

    /** For so many checks blocks that cannot be moved any closer are left as they are, */
    static final int REST_LOOKS = 600;

    /** or until so much more of the file has become holes: the obstacle may have been removed; */
    static final int RELIEF_PERCENT = 10;

    /** or, where there were writers during the move, until these have been calm for so many checks. */
    static final int CALM_LOOKS = 10;

    /** Nothing is given up before so many moves, half of them unhurried: blocks become holes only after H2's 45 s. */
    static final int LEAST_MOVES = 120;

    /** So often at most what is moved at once is doubled. */
    private static final int MOST_DOUBLINGS = 6;

    private static final Logger LOG = LoggerFactory.getLogger(ShrinkPolicy.class);

    private final long smallBytes;
    private final long bytesPerMove;

    /** Remaining moves before the file has to become smaller; 0: no move is under way. */
    private long movesLeft;

    /** Value of {@code movesLeft} when the file became smaller the last time. */
    private long moves;

    private long shrunkTo;

    private int usedPercent;

    /** Flag: others wrote while blocks were moved, and their appended data was in the way. */
    private boolean wasDisturbed;

    private int restLooks;
    private int calmLooks;
    /** The most of the file that were blocks since then. */
    private int restUsedPercent;

    /** @param smallBytes a file up to this size is left as it is */
    ShrinkPolicy(long smallBytes, long bytesPerMove) {
        this.smallBytes = smallBytes;
        this.bytesPerMove = bytesPerMove;
    }

    /** @param used share of blocks in it, in percent */
    boolean isDue(long bytes, int used, boolean calm) {
        usedPercent = used;
        if (restLooks > 0) {
            restLooks = isReason(used, calm) ? 0 : restLooks - 1;
            if (restLooks > 0) {
                return false;
            }
        }
        if (bytes <= smallBytes || used >= (movesLeft > 0 ? DENSE_PERCENT : SPARSE_PERCENT)) {
            if (movesLeft > 0) {
                LOG.info("database file compacted megabytes={}", bytes >> 20);
            }
            movesLeft = 0;
            return false;
        }
        wasDisturbed = !calm || (movesLeft > 0 && wasDisturbed);
        if (movesLeft == 0 || bytes < shrunkTo) {
            shrunkTo = bytes;
            // each block twice
            moves = Math.max(LEAST_MOVES, 2 * (bytes / 100 * used / bytesPerMove));
            movesLeft = moves;
        }
        return true;
    }

    private boolean isReason(int used, boolean calm) {
        restUsedPercent = Math.max(restUsedPercent, used);
        calmLooks = calm ? calmLooks + 1 : 0;
        return used + RELIEF_PERCENT <= restUsedPercent || (wasDisturbed && calmLooks >= CALM_LOOKS);
    }

    /** Returns whether the file has become smaller by what was moved so far, or may well do so with the next moves. */
    boolean isHopeful() {
        return movesLeft > moves / 2;
    }

    /**
     * Returns how much to move at once. H2 takes scattered blocks first, and may never reach those at the end of the
     * file: so the size grows after moves without effect, as long as no writers have to wait.
     */
    long bytesToMove(boolean calm) {
        return calm && !isHopeful()
                ? bytesPerMove << Math.min(MOST_DOUBLINGS, 1 + moves / 2 - movesLeft)
                : bytesPerMove;
    }

    void moved() {
        movesLeft--;
        if (movesLeft == 0) {
            restLooks = REST_LOOKS;
            calmLooks = 0;
            restUsedPercent = usedPercent;
            LOG.info(
                    "database compaction paused megabytes={} usedPercent={} reason=\"blocks cannot move closer{}\"",
                    shrunkTo >> 20,
                    usedPercent,
                    wasDisturbed ? " while others write" : "");
        }
    }
}
