// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stacks that have been seen, laid over each other: what many of them begin with is one frame with their sum. */
final class FlameGraph {

    private final Node root = new Node("all");
    private long samples;

    /**
     * Adds a stack.
     *
     * @param frames from the outermost call to the innermost one
     * @param weight what it counts, for example bytes, 1 or more
     */
    void add(List<String> frames, long weight) {
        samples++;
        Node node = root;
        node.total += weight;
        for (String frame : frames) {
            node = node.callees.computeIfAbsent(frame, Node::new);
            node.total += weight;
        }
    }

    /** How many stacks were added. */
    long samples() {
        return samples;
    }

    /** Sum of all weights. */
    long total() {
        return root.total;
    }

    /**
     * A frame in its place.
     *
     * @param depth 0 for the frame of all
     * @param begin sum of what is left of it
     * @param total its own width
     */
    record Placed(String name, int depth, long begin, long total) {}

    /**
     * All frames that are wide enough to be seen, outermost first, siblings sorted by name.
     *
     * @param smallest share of the whole that a frame must have, 0 to 1
     */
    List<Placed> placed(double smallest) {
        List<Placed> placed = new ArrayList<>();
        place(root, 0, 0, Math.max(1, (long) Math.ceil(root.total * smallest)), placed);
        return placed;
    }

    private static void place(Node node, int depth, long begin, long least, List<Placed> placed) {
        placed.add(new Placed(node.name, depth, begin, node.total));
        long next = begin;
        for (Node callee : node.sorted()) {
            if (callee.total >= least) {
                place(callee, depth + 1, next, least, placed);
            }
            next += callee.total;
        }
    }

    private static final class Node {

        private final String name;
        private final Map<String, Node> callees = new HashMap<>();
        private long total;

        Node(String name) {
            this.name = name;
        }

        List<Node> sorted() {
            List<Node> sorted = new ArrayList<>(callees.values());
            sorted.sort(Comparator.comparing(node -> node.name));
            return sorted;
        }
    }
}
