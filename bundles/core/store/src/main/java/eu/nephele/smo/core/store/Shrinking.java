// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When blocks of a file are moved together, so that it becomes smaller: from when it is mostly holes until it hardly has any, or until
 * nothing is gained by it. Not thread-safe.
 */
final class Shrinking {

    /** When less of the file than that are blocks, they are moved together, */
    static final int SPARSE_PERCENT = 50;

    /** until so much of it are blocks. */
    static final int DENSE_PERCENT = 80;

    /** For so many looks blocks that do not go together any closer are left alone, */
    static final int REST_LOOKS = 600;

    /** or until so much more of the file has become holes: what was in the way may have gone. */
    static final int RELIEF_PERCENT = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Shrinking.class);

    private final long smallBytes;
    private final long bytesPerMove;

    /** How many more times something is moved before the file has to become smaller; 0: nothing is being moved. */
    private long movesLeft;

    /** How large the file was when it became smaller the last time. */
    private long shrunkTo;

    /** How much of the file were blocks when it was looked at last. */
    private int usedPercent;

    private int restLooks;
    /** The most of the file that were blocks since then. */
    private int restUsedPercent;

    /** @param smallBytes a file up to this size is left as it is */
    Shrinking(long smallBytes, long bytesPerMove) {
        this.smallBytes = smallBytes;
        this.bytesPerMove = bytesPerMove;
    }

    /**
     * Whether something is to be moved now.
     *
     * @param bytes of the file
     * @param used how much of it are blocks, in percent
     */
    boolean isDue(long bytes, int used) {
        usedPercent = used;
        if (restLooks > 0) {
            restUsedPercent = Math.max(restUsedPercent, used);
            restLooks = used + RELIEF_PERCENT <= restUsedPercent ? 0 : restLooks - 1;
            if (restLooks > 0) {
                return false;
            }
        }
        if (bytes <= smallBytes || used >= (movesLeft > 0 ? DENSE_PERCENT : SPARSE_PERCENT)) {
            if (movesLeft > 0) {
                LOG.info("The file of the database has {} MB now", bytes >> 20);
            }
            movesLeft = 0;
            return false;
        }
        if (movesLeft == 0 || bytes < shrunkTo) {
            shrunkTo = bytes;
            // each block twice, and a few for what is written meanwhile
            movesLeft = 10 + 2 * (bytes / 100 * used / bytesPerMove);
        }
        return true;
    }

    /** Something was moved. */
    void moved() {
        movesLeft--;
        if (movesLeft == 0) {
            restLooks = REST_LOOKS;
            restUsedPercent = usedPercent;
        }
    }
}
