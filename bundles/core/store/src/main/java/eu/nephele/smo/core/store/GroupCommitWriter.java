// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Group commit: one thread at a time writes; work that arrives meanwhile is done by the next one in one go, so that many share
 * the cost of a commit.
 */
final class GroupCommitWriter {

    private final int most;
    private final Deque<BatchedWrite<?>> waiting = new ArrayDeque<>();
    private boolean taken;
    private long turns;

    GroupCommitWriter(int most) {
        this.most = most;
    }

    /**
     * Returns when the write is done, by any thread. An interrupt is kept for later: the wait here is short.
     *
     * @param all executes several writes; each has an outcome when it returns
     */
    void write(BatchedWrite<?> mine, Consumer<List<BatchedWrite<?>>> all) {
        add(mine);
        for (List<BatchedWrite<?>> batchedWrites = turn(mine); !batchedWrites.isEmpty(); batchedWrites = turn(mine)) {
            try {
                all.accept(batchedWrites);
            } finally {
                end(batchedWrites);
            }
        }
    }

    /** Takes a turn without writing, until {@link #release}: nothing is written meanwhile. */
    synchronized void take() {
        awaitTurn(() -> false);
        grant();
    }

    private void grant() {
        taken = true;
        turns++;
    }

    synchronized long turns() {
        return turns;
    }

    synchronized void release() {
        taken = false;
        notifyAll();
    }

    private synchronized void add(BatchedWrite<?> batchedWrite) {
        waiting.addLast(batchedWrite);
    }

    /** Empty when its write is done. */
    private synchronized List<BatchedWrite<?>> turn(BatchedWrite<?> mine) {
        awaitTurn(mine::isOver);
        List<BatchedWrite<?>> batchedWrites = new ArrayList<>();
        while (!mine.isOver() && !waiting.isEmpty() && batchedWrites.size() < most) {
            batchedWrites.add(waiting.removeFirst());
        }
        if (!batchedWrites.isEmpty()) {
            grant();
        }
        return batchedWrites;
    }

    private synchronized void awaitTurn(BooleanSupplier over) {
        boolean interrupted = false;
        while (taken && !over.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end(List<BatchedWrite<?>> batchedWrites) {
        batchedWrites.forEach(BatchedWrite::end);
        release();
    }
}
