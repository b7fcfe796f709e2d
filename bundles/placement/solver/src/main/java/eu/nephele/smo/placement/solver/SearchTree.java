// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.List;

/**
 * Records the inner nodes of a search tree, in the form of {@link eu.nephele.smo.api.placement.BoundProof#tree}. Not thread-safe.
 */
final class SearchTree {

    /** More inner nodes are not kept. */
    static final int MOST_NODES = 500;

    private static final int NUMBERS_PER_NODE = 3;

    private int[] numbers = new int[NUMBERS_PER_NODE];

    /** By depth: where the number of children of the node is. */
    private final int[] childrenAt;

    private int size;
    private int nodes;

    SearchTree(int items) {
        this.childrenAt = new int[items + 1];
    }

    void clear() {
        size = 0;
        nodes = 0;
    }

    /**
     * Adds an inner node as a child of the last one of the depth before.
     *
     * @param cluster of the item of its parent; of no meaning for the root
     */
    void add(int depth, int cluster, int item) {
        nodes++;
        if (nodes > MOST_NODES) {
            return;
        }
        if (size + NUMBERS_PER_NODE > numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        if (depth > 0) {
            numbers[childrenAt[depth - 1]]++;
            numbers[size++] = cluster;
        }
        numbers[size++] = item;
        childrenAt[depth] = size;
        numbers[size++] = 0;
    }

    /** Returns whether all nodes are there. */
    boolean isComplete() {
        return nodes <= MOST_NODES;
    }

    List<Integer> numbers() {
        return Arrays.stream(numbers, 0, size).boxed().toList();
    }
}
