// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.placement.BoundProof;
import eu.nephele.smo.api.placement.BoundProof.ResourcePrices;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What proves a lower bound of the cost of the first level.
 *
 * @param bound that is proven
 * @param tree inner nodes of a search; empty if the root is enough
 */
public record Evidence(long bound, WholePrices prices, List<Integer> tree) {

    public Evidence {
        tree = List.copyOf(tree);
    }

    /**
     * Returns it in the names of the request.
     *
     * @param at cluster by item: the order of the shares of a service
     */
    BoundProof proof(RequestProblem read, int[] at) {
        List<Integer> renumbered = new ArrayList<>(tree);
        if (!tree.isEmpty()) {
            renumber(renumbered, 0, numbers(read, at));
        }
        return new BoundProof(bound, prices(read), renumbered);
    }

    /** Returns the number of each item when the shares of a service are in the order of their clusters. */
    private static int[] numbers(RequestProblem read, int[] at) {
        int[] numbers = new int[at.length];
        for (int item = 0; item < at.length; item++) {
            List<Integer> services = read.items().get(item).services();
            for (int other = 0; other < at.length; other++) {
                int difference = read.items().get(other).services().get(0) - services.get(0);
                boolean before = difference < 0 || (difference == 0 && at[other] < at[item]);
                numbers[item] += before ? 1 : 0;
            }
        }
        return numbers;
    }

    /** @return where the node ends */
    private static int renumber(List<Integer> tree, int node, int[] numbers) {
        tree.set(node, numbers[tree.get(node)]);
        int end = node + 2;
        for (int child = 0; child < tree.get(node + 1); child++) {
            end = renumber(tree, end + 1, numbers);
        }
        return end;
    }

    private List<ResourcePrices> prices(RequestProblem read) {
        List<ResourcePrices> byResource = new ArrayList<>();
        int clusters = read.problem().clusters;
        for (int resource = 0; resource < read.rows().resources().size(); resource++) {
            Long[] mantissas = new Long[clusters];
            Integer[] shifts = new Integer[clusters];
            boolean any = false;
            for (int cluster = 0; cluster < clusters; cluster++) {
                OptionalInt row = read.rows().row(cluster, resource);
                int index = cluster * read.problem().rows + row.orElse(0);
                boolean priced = row.isPresent() && prices.mantissa(index) > 0;
                mantissas[cluster] = priced ? prices.mantissa(index) : 0L;
                shifts[cluster] = priced ? prices.shift(index) : 0;
                any |= priced;
            }
            if (any) {
                byResource.add(
                        new ResourcePrices(read.rows().resources().get(resource), List.of(mantissas), List.of(shifts)));
            }
        }
        return byResource;
    }
}
