// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.BoundProof;
import eu.nephele.smo.api.placement.BoundProof.ResourcePrices;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Recomputes the level-0 cost of a placement, and a lower bound from its proof, as {@link BoundProof} defines it. Shares nothing with the
 * strategies that make such proofs, and believes nothing of them. Used once, by one thread.
 */
final class PlacementVerifier {

    private static final int NOWHERE = -1;
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;
    private static final long IMPOSSIBLE = Long.MAX_VALUE;

    private final PlacementRequest request;
    private final Costs costs;
    private final int clusters;
    private final List<PlacedItem> items = new ArrayList<>();
    private final List<List<ItemPair>> pairsOf = new ArrayList<>();

    /** Cost by item and cluster that depends on nothing else, and price of the capacity that it takes there. */
    private final long[][] own;

    private final long[][] price;
    private long priceOfCapacity;
    private final long granularity;

    // of a node: cluster by item, what is left by cluster, and the cost of the items that are placed
    private final int[] at;
    private final Resources[] left;
    private long placed;

    /** @param share replicas of a share of a divided service, 0 for services with all of theirs */
    private record PlacedItem(List<Integer> services, int share, int cluster, Resources demand, BitSet allowed) {}

    /** Items that a link connects, or that must be apart. */
    private record ItemPair(int from, int to, boolean apart, double traffic, double maxLatencyMillis) {}

    /**
     * @param request with costs
     * @param placement that breaks no rule
     */
    PlacementVerifier(PlacementRequest request, Placement placement) {
        this.request = request;
        this.costs = request.costs().get(0);
        this.clusters = request.clusters().size();
        IntStream.range(0, request.services().size()).forEach(s -> add(s, placement));
        request.links()
                .forEach(link -> connect(
                        link.from(),
                        link.to(),
                        false,
                        link.traffic(),
                        link.maxLatencyMillis().orElse(UNLIMITED)));
        request.apart().forEach(pair -> connect(pair.get(0), pair.get(1), true, 0, UNLIMITED));
        this.at = new int[items.size()];
        this.left = new Resources[clusters];
        this.own = new long[at.length][clusters];
        this.price = new long[at.length][clusters];
        Arrays.fill(at, NOWHERE);
        Arrays.setAll(left, c -> request.clusters().get(c).free());
        for (int item = 0; item < at.length; item++) {
            for (int c = 0; c < clusters; c++) {
                for (int s : services(item)) {
                    own[item][c] = Math.addExact(own[item][c], part(costs.assign(s, c), item, s));
                }
            }
        }
        this.granularity = granularity();
    }

    private void add(int service, Placement placement) {
        List<Integer> group = request.together().stream()
                .filter(together -> together.contains(service))
                .findFirst()
                .orElse(List.of(service));
        PlacementService first = request.services().get(service);
        List<Share> shares = group.get(0) == service ? placement.of(first.id()) : List.of();
        for (Share share : shares) {
            int replicas = shares.size() > 1 ? share.replicas() : 0;
            Resources demand = group.stream()
                    .map(s -> request.services().get(s))
                    .map(it -> it.perReplica().times(replicas == 0 ? it.replicas() : replicas))
                    .reduce(Resources.NONE, Resources::plus);
            // shares by weights and by free capacity belong to their clusters
            boolean bound = first.isDivided() && first.division().proportion() != Proportion.EQUAL;
            BitSet allowed = new BitSet(clusters);
            int cluster = NOWHERE;
            for (int c = 0; c < clusters; c++) {
                int column = c;
                boolean here = request.clusters().get(c).id().equals(share.cluster());
                cluster = here ? c : cluster;
                allowed.set(c, (here || !bound) && group.stream().allMatch(s -> request.allowed(s, column)));
            }
            items.add(new PlacedItem(group, replicas, cluster, demand, allowed));
            pairsOf.add(new ArrayList<>());
        }
        connect(service, service, true, 0, UNLIMITED);
    }

    private void connect(int from, int to, boolean apart, double traffic, double maxLatencyMillis) {
        for (int one = 0; one < items.size(); one++) {
            for (int two = 0; two < items.size() && services(one).contains(from); two++) {
                if (one != two && services(two).contains(to)) {
                    double part = traffic * part(one, from) * part(two, to);
                    ItemPair pair = new ItemPair(one, two, apart, part, maxLatencyMillis);
                    pairsOf.get(one).add(pair);
                    pairsOf.get(two).add(pair);
                }
            }
        }
    }

    private List<Integer> services(int item) {
        return items.get(item).services();
    }

    private double part(int item, int service) {
        int share = items.get(item).share();
        return share == 0 ? 1 : (double) share / request.services().get(service).replicas();
    }

    private long part(long cost, int item, int service) {
        return items.get(item).share() == 0 ? cost : (long) Math.rint(cost * part(item, service));
    }

    /** Returns what all costs are multiples of. */
    private long granularity() {
        boolean apart = pairsOf.stream().allMatch(List::isEmpty);
        BigInteger divisor = BigInteger.ZERO;
        for (int c = 0; c < clusters; c++) {
            for (int to = 0; to < clusters; to++) {
                // the cost of traffic may be anything
                divisor = c == to || apart || costs.distance(c, to) == 0 ? divisor : BigInteger.ONE;
            }
            divisor = divisor.gcd(BigInteger.valueOf(costs.open(c)));
            for (long[] row : own) {
                divisor = divisor.gcd(BigInteger.valueOf(row[c]));
            }
        }
        return Math.max(1, divisor.longValueExact());
    }

    /** Returns the cost of the placement, in micro-units. */
    long value() {
        Resources[] room = left.clone();
        for (int item = 0; item < at.length; item++) {
            put(item, items.get(item).cluster());
        }
        long value = placed;
        Arrays.fill(at, NOWHERE);
        System.arraycopy(room, 0, left, 0, clusters);
        placed = 0;
        return value;
    }

    private void put(int item, int cluster) {
        placed = Math.addExact(placed, Math.addExact(cost(item, cluster), opening(cluster)));
        left[cluster] = left[cluster].minusFloored(items.get(item).demand());
        at[item] = cluster;
    }

    /**
     * Returns whether no placement costs less than the bound that the proof claims.
     *
     * @throws java.util.NoSuchElementException if its tree ends too soon
     * @throws ArithmeticException if its sums are too large
     */
    boolean proves(BoundProof proof) {
        Iterator<Integer> tree = proof.tree().iterator();
        return proof.prices().stream().allMatch(this::use)
                && (tree.hasNext()
                        ? branches(tree, proof.boundMicros()) && !tree.hasNext()
                        : proves(proof.boundMicros()));
    }

    private boolean use(ResourcePrices prices) {
        boolean valid = prices.mantissas().size() == clusters;
        for (int c = 0; c < clusters && valid; c++) {
            BigInteger mantissa = BigInteger.valueOf(prices.mantissas().get(c));
            int shift = prices.shifts().get(c);
            // a negative number is rounded the other way: down
            BigInteger capacity = amount(left[c], prices.resource()).negate();
            priceOfCapacity = Math.subtractExact(
                    priceOfCapacity,
                    capacity.multiply(mantissa).shiftRight(shift).longValueExact());
            for (int item = 0; item < at.length; item++) {
                BigInteger demand = amount(items.get(item).demand(), prices.resource());
                price[item][c] = Math.addExact(
                        price[item][c],
                        demand.multiply(mantissa).shiftRight(shift).longValueExact());
            }
        }
        return valid;
    }

    private static BigInteger amount(Resources of, String resource) {
        return BigInteger.valueOf(of.byName().getOrDefault(resource, 0L));
    }

    /** An inner node: those of its children that are in the tree have to be inner nodes, too, all others prove the bound. */
    private boolean branches(Iterator<Integer> tree, long bound) {
        int item = tree.next();
        int inner = tree.next();
        boolean valid = item >= 0 && item < at.length && at[item] == NOWHERE && inner >= 0;
        Set<Integer> listed = new HashSet<>();
        for (int child = 0; child < inner && valid; child++) {
            int c = tree.next();
            valid = c >= 0
                    && c < clusters
                    && listed.add(c)
                    && cost(item, c) < IMPOSSIBLE
                    && with(item, c, () -> branches(tree, bound));
        }
        return valid
                && IntStream.range(0, clusters)
                        .filter(c -> !listed.contains(c) && cost(item, c) < IMPOSSIBLE)
                        .allMatch(c -> with(item, c, () -> proves(bound)));
    }

    /** Looks at the node in which the item is there, too. */
    private <T> T with(int item, int cluster, Supplier<T> look) {
        long before = placed;
        Resources room = left[cluster];
        put(item, cluster);
        T result = look.get();
        at[item] = NOWHERE;
        left[cluster] = room;
        placed = before;
        return result;
    }

    private long opening(int cluster) {
        return IntStream.of(at).anyMatch(used -> used == cluster) ? 0 : costs.open(cluster);
    }

    /** Returns the cost of an item beside those that are placed, without opening the cluster. */
    private long cost(int item, int cluster) {
        PlacedItem it = items.get(item);
        long sum = it.allowed().get(cluster) && it.demand().fitsInto(left[cluster]) ? own[item][cluster] : IMPOSSIBLE;
        List<ItemPair> its = pairsOf.get(item);
        for (int p = 0; p < its.size() && sum < IMPOSSIBLE; p++) {
            ItemPair pair = its.get(p);
            int from = pair.from() == item ? cluster : at[pair.from()];
            int to = pair.to() == item ? cluster : at[pair.to()];
            if (from != NOWHERE && to != NOWHERE) {
                double millis = request.latencyMillis(from, to).orElse(UNLIMITED);
                boolean possible = !(pair.apart() && from == to) && millis <= pair.maxLatencyMillis();
                long traffic = from == to ? 0 : (long) Math.rint(pair.traffic() * costs.distance(from, to));
                sum = possible ? Math.addExact(sum, traffic) : IMPOSSIBLE;
            }
        }
        return sum;
    }

    private boolean proves(long claimed) {
        return proves(claimed, 0) || proves(claimed, 1);
    }

    /**
     * Returns whether the bound of this node is not below the one that is claimed.
     *
     * @param priced 1 if prices count, 0 if not
     */
    private boolean proves(long claimed, int priced) {
        long bound = Math.subtractExact(placed, priced * priceOfCapacity);
        long dearestOpening = 0;
        for (int item = 0; item < at.length; item++) {
            long least = at[item] == NOWHERE ? IMPOSSIBLE : priced * price[item][at[item]];
            long leastOpening = least;
            for (int c = 0; c < clusters && at[item] == NOWHERE; c++) {
                long cost = cost(item, c);
                if (cost < IMPOSSIBLE) {
                    long here = Math.addExact(cost, priced * price[item][c]);
                    least = Math.min(least, here);
                    leastOpening = Math.min(leastOpening, Math.addExact(here, opening(c)));
                }
            }
            if (least == IMPOSSIBLE) {
                return true;
            }
            bound = Math.addExact(bound, least);
            dearestOpening = Math.max(dearestOpening, leastOpening - least);
        }
        long whole = Math.max(0, Math.addExact(bound, dearestOpening));
        return claimed <= Math.multiplyExact(-Math.floorDiv(-whole, granularity), granularity);
    }
}
