// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Merged stack samples: a common prefix of stacks is one frame with their sum. */
final class FlameGraph {

    private final FlameNode root = new FlameNode("all");
    private long samples;

    /**
     * @param frames from the outermost call to the innermost one
     * @param weight at least 1
     */
    void add(List<String> frames, long weight) {
        samples++;
        FlameNode node = root;
        node.total += weight;
        for (String frame : frames) {
            node = node.callees.computeIfAbsent(frame, FlameNode::new);
            node.total += weight;
        }
    }

    long samples() {
        return samples;
    }

    long total() {
        return root.total;
    }

    /**
     * @param depth 0 for the frame of all
     * @param begin sum of the weights left of it
     * @param total its own width
     */
    record PlacedFrame(String name, int depth, long begin, long total) {}

    /** Visible frames, outermost first, siblings sorted by name; {@code smallest}: minimum share, 0 to 1. */
    List<PlacedFrame> placed(double smallest) {
        List<PlacedFrame> placed = new ArrayList<>();
        place(root, 0, 0, Math.max(1, (long) Math.ceil(root.total * smallest)), placed);
        return placed;
    }

    private static void place(FlameNode node, int depth, long begin, long least, List<PlacedFrame> placed) {
        placed.add(new PlacedFrame(node.name, depth, begin, node.total));
        long next = begin;
        for (FlameNode callee : node.sorted()) {
            if (callee.total >= least) {
                place(callee, depth + 1, next, least, placed);
            }
            next += callee.total;
        }
    }

    private static final class FlameNode {

        private final String name;
        private final Map<String, FlameNode> callees = new HashMap<>();
        private long total;

        FlameNode(String name) {
            this.name = name;
        }

        List<FlameNode> sorted() {
            List<FlameNode> sorted = new ArrayList<>(callees.values());
            sorted.sort(Comparator.comparing(node -> node.name));
            return sorted;
        }
    }
}
