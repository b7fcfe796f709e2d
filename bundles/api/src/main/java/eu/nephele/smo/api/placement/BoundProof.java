// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import java.util.List;
import java.util.Optional;

/**
 * What it takes to recompute a lower bound of the level-0 cost without the search that found it. The bound of a node of the search tree,
 * in which some items are on clusters (items are groups of services that must be together, shares of a divided service in the order of
 * their clusters, and single services; in the order of their first service), is the cost of these, plus the least cost of each other item on a cluster that is still possible
 * for it, plus the dearest opening of a cluster that one of them cannot avoid; also with prices of capacities in the costs of all items,
 * less the price of all capacity. A node whose bound is not below {@code boundMicros} proves it. Each other node is in the tree: all its
 * children, one for each possible cluster of one item, have to prove it.
 *
 * @param boundMicros proven lower bound, micro-units
 * @param prices of the capacities that have one
 * @param tree empty if the root proves it; else the root, each node as the number of the item on which it branches, how many of its
 *     children are in the tree, and for each of these the index of the cluster, and the child as a node
 */
public record BoundProof(long boundMicros, List<ResourcePrices> prices, List<Integer> tree) {

    /** Limit of prices by resource and cluster, and of numbers in the tree. */
    public static final int MOST_NUMBERS = 20_000;

    private static final int LARGEST_SHIFT = 62;

    public BoundProof {
        prices = List.copyOf(prices);
        tree = List.copyOf(tree);
    }

    /**
     * Prices of one resource, by cluster of the request: a unit (milli-core, byte, device) costs {@code mantissa / 2^shift} micro-units,
     * an amount of it the product, rounded down; the capacity of a cluster that, rounded up.
     *
     * @param mantissas 0 or more
     * @param shifts 0 to 62
     */
    public record ResourcePrices(String resource, List<Long> mantissas, List<Integer> shifts) {
        public ResourcePrices {
            mantissas = List.copyOf(mantissas);
            shifts = List.copyOf(shifts);
            if (mantissas.size() != shifts.size()
                    || mantissas.stream().anyMatch(mantissa -> mantissa < 0)
                    || shifts.stream().anyMatch(shift -> shift < 0 || shift > LARGEST_SHIFT)) {
                throw new IllegalArgumentException(
                        "Expected mantissas of 0 or more and as many shifts of 0 to %d for the prices of %s"
                                .formatted(LARGEST_SHIFT, resource));
            }
        }
    }

    /** Returns the first limit that it exceeds, for people; empty if none. */
    Optional<String> beyondLimits() {
        long numbers = tree.size();
        for (ResourcePrices resource : prices) {
            numbers += resource.mantissas().size() + resource.shifts().size();
        }
        return numbers <= MOST_NUMBERS
                ? Optional.empty()
                : Optional.of("the proof of its bound has %d numbers, at most %d are possible"
                        .formatted(numbers, MOST_NUMBERS));
    }
}
