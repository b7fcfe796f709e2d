// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Finds good assignments soon and better ones later, with a lower bound: construction, repair, capacity prices, then rounds of
 * exchanges between a few clusters, of annealing, and of an exact search with knapsacks, each longer than the one before. After the first assignment it may end at any moment.
 * Used once, by one thread.
 */
public final class AnytimeSearch {

    private static final double[] HEAT = {0.5, 1, 0.6, 0.35, 0.15};
    private static final double TRAFFIC_HEAT = 8;
    private static final int FIRST_PASSES = 150;
    private static final int MOST_FIRST_PASSES = 600;
    private static final long PAIRS_OF_FIRST_PASSES = 4_000_000;
    private static final int MORE_PASSES = 60;
    private static final long FIRST_MOVES_PER_ITEM = 100;
    private static final double LONGER = 1.5;
    private static final long EXCHANGE_UNITS_PER_MOVE = 2;
    private static final double UNKNOWN = 1.05;
    private static final int UPDATES = 3;
    private static final int TRAFFIC_PASSES = 40;
    private static final long FIRST_TRAFFIC_UNITS = 20_000;
    private static final long UNITS_PER_TRAFFIC_UNIT = 6;
    private static final double LEAST_TRAFFIC_GAIN = 1e-5;

    private final AssignmentProblem problem;
    private final WorkBudget work;
    private final SplittableRandom random;
    private final Incumbent incumbent;
    private final BestFound best;
    private final CapacityPrices prices;
    private final SearchState state;
    private final TrafficMessages traffic;
    private final KnapsackRounds knapsacks;
    private boolean priced;
    private boolean provenAsOneLevel;
    private long trafficUnits;
    private CandidateLists candidates;
    private OverflowPrices overflowPrices;
    private long[] settled = {};
    private Optional<Evidence> searched = Optional.empty();
    private int stuck;
    private Optional<AnnealingRounds> rounds = Optional.empty();
    private int round;
    private long moves;

    /**
     * @param problem each item of it is allowed somewhere
     * @param incumbent is improved
     */
    public AnytimeSearch(AssignmentProblem problem, Incumbent incumbent, long seed, WorkBudget work) {
        this.problem = problem;
        this.work = work;
        this.random = new SplittableRandom(seed);
        this.incumbent = incumbent;
        this.best = new BestFound(problem, incumbent);
        this.prices = new CapacityPrices(problem);
        this.state = new SearchState(problem);
        this.traffic = new TrafficMessages(problem);
        this.knapsacks = new KnapsackRounds(problem, prices, incumbent, work, !traffic.isEmpty());
        this.candidates = new CandidateLists(problem, prices, random.split(), true);
        this.moves = FIRST_MOVES_PER_ITEM * problem.items;
        state.reset(new RegretConstruction(problem, prices).build());
        this.overflowPrices = new OverflowPrices(problem, prices, state, candidates.meanRegret());
    }

    /** Returns a cost of the first level that no feasible assignment is below. */
    public long bound() {
        ObjectiveVector objective = problem.objective;
        if (objective.searchLevel == 0) {
            long byPrices =
                    traffic.isEmpty() ? Math.min(prices.bound(), wholePrices().bound()) : prices.bound();
            return Math.max(byPrices, knapsacks.bound());
        }
        long constant = 0;
        for (int item = 0; item < problem.items; item++) {
            constant += objective.unary[0][item * problem.clusters];
        }
        return constant;
    }

    /**
     * Improves the incumbent by an exact search, with the prices found so far, until nothing better exists.
     *
     * @return whether that is proven
     */
    public boolean prove(long maxNodes) {
        WholePrices whole = wholePrices();
        BranchAndBound exact = new BranchAndBound(problem, work, new SearchNode(problem, whole));
        boolean complete = exact.improve(incumbent, maxNodes);
        if (complete && exact.tree().isComplete() && incumbent.exists()) {
            searched = Optional.of(
                    new Evidence(incumbent.cost(0), whole, exact.tree().numbers()));
        }
        return complete;
    }

    /**
     * Improves the incumbent by an exact search with knapsacks, which raises the bound in any case; nothing of it is in the evidence. It is for
     * problems without traffic that {@link #prove} is too slow for.
     *
     * @param most units of work
     * @return whether the incumbent is proven
     */
    public boolean proveByKnapsacks(long most) {
        return knapsacks.prove(most);
    }

    /** Settles the tie between assignments that are as good as the incumbent, which is proven; returns whether that was finished. */
    public boolean settleTie(long maxNodes) {
        return new BranchAndBound(problem, work, new SearchNode(problem, wholePrices())).settleTie(incumbent, maxNodes);
    }

    private WholePrices wholePrices() {
        boolean useful = priced && problem.objective.searchLevel == 0;
        return useful ? new WholePrices(problem, prices) : new WholePrices(problem);
    }

    /** Returns a proof of a bound that others can follow: the search if it was complete and small, else its root. */
    public Evidence evidence() {
        return searched.orElseGet(() -> {
            WholePrices whole = wholePrices();
            return new Evidence(whole.bound(), whole, List.of());
        });
    }

    /** Returns an item that did not fit beside the others in the first attempt; the first one if all did. */
    public int stuck() {
        return stuck;
    }

    /** Returns whether no assignment costs less: the bound is met, and no other cost level is left to minimise. */
    public boolean isProvenInCost() {
        return incumbent.exists()
                && incumbent.cost(0) <= bound()
                && !problem.objective.differsBetween(1, problem.objective.costLevels);
    }

    /** Returns whether the bound of the level that is searched is met, and the next ones leave nothing to decide or are proven, too. */
    public boolean isProven() {
        ObjectiveVector objective = problem.objective;
        boolean byBound = incumbent.exists()
                && incumbent.cost(objective.searchLevel) <= Math.max(prices.bound(), knapsacks.bound())
                && !objective.differsBetween(objective.searchLevel + 1, objective.levels);
        return byBound || knapsacks.isProven() || provenAsOneLevel;
    }

    /** Finds a first assignment and a first bound. What needs no search is found without any work, too. */
    public void begin() {
        settle();
        best.publish();
        if (!incumbent.exists()) {
            new FirstFitConstruction(problem).build().ifPresent(at -> incumbent.offer(at, problem.vector(at)));
        }
        prices.pass(target());
        settleTies();
    }

    /** Finds capacity prices, which raise the bound and help an exact search, and another assignment from them. */
    public void price() {
        priced = true;
        improvePrices(problem, prices, target());
        countTraffic(FIRST_TRAFFIC_UNITS);
        candidates = new CandidateLists(problem, prices, random.split(), true);
        if (!work.ended() && !isProven()) {
            state.reset(new RegretConstruction(problem, prices).build());
            overflowPrices = new OverflowPrices(problem, prices, state, candidates.meanRegret());
            settle();
            best.publish();
        }
        settleTies();
        if (isProvenInCost() && !isProven()) {
            provenAsOneLevel = isProvenAsOneLevel();
        }
    }

    private void improvePrices(AssignmentProblem its, CapacityPrices itsPrices, double itsTarget) {
        if (PriceSweep.isShort(its)) {
            itsPrices.startFrom(new PriceSweep(its).prices());
        }
        itsPrices.improve(1, itsTarget, work);
        if (itsPrices.bound() < itsTarget) {
            long pairs = Math.max(1, (long) its.items * its.clusters);
            // with traffic the prices go on with messages
            long passes = traffic.isEmpty() ? Math.min(MOST_FIRST_PASSES, PAIRS_OF_FIRST_PASSES / pairs) : 0;
            itsPrices.improve((int) Math.max(FIRST_PASSES, passes), itsTarget, work);
        }
    }

    /** What a proof of the cost leaves to the next levels is proven by prices, too, where all of them are one number. */
    private boolean isProvenAsOneLevel() {
        return problem.objective
                .asOneLevel()
                .map(problem::minimising)
                .filter(one -> {
                    CapacityPrices itsPrices = new CapacityPrices(one);
                    long value = one.vector(incumbent.at())[0];
                    improvePrices(one, itsPrices, (double) value);
                    return itsPrices.bound() >= value;
                })
                .isPresent();
    }

    /**
     * Improves the assignment, in rounds of which each is longer than the one before, until the end of the work or a proof. A later call
     * goes on.
     *
     * @param idleRounds so many in a row that find nothing better end it, too
     */
    public void improve(int idleRounds) {
        if (!priced) {
            price();
        }
        AnnealingRounds annealing =
                rounds.orElseGet(() -> new AnnealingRounds(state, prices, best, overflowPrices, random.split(), work));
        rounds = Optional.of(annealing);
        ClusterExchange exchange = new ClusterExchange(state, prices, best, random.split(), work);
        for (int idle = 0; !work.ended() && !isProven() && idle < idleRounds; round++) {
            long[] before = incumbent.vector();
            countTraffic(work.units() / UNITS_PER_TRAFFIC_UNIT);
            if (!prices.converged()) {
                prices.improve(MORE_PASSES * (round + 1), target(), work);
            }
            // lists with and without it find different assignments
            candidates = new CandidateLists(problem, prices, random.split(), round % 2 == 0);
            if (incumbent.exists()) {
                state.reset(incumbent.at());
                exchange.run(EXCHANGE_UNITS_PER_MOVE * moves, candidates);
                best.publish();
            }
            double heat = HEAT[round % HEAT.length] * (state.priced ? TRAFFIC_HEAT : 1);
            annealing.run(round, moves, heat, candidates, this::repair);
            best.publish();
            settleTies();
            if (best.matches(state)) {
                settleTies(state.at);
            }
            boolean gained = knapsacks.run(round, moves);
            idle = !gained && Arrays.equals(before, incumbent.vector()) ? idle + 1 : 0;
            moves = (long) (moves * LONGER);
        }
    }

    /**
     * Shifts traffic to the items and raises the prices in turns, as long as a turn raises the bound.
     *
     * @param most units of work for all messages so far
     */
    private void countTraffic(long most) {
        double gain = LEAST_TRAFFIC_GAIN;
        while (!traffic.isEmpty() && gain >= LEAST_TRAFFIC_GAIN && trafficUnits < most && !isProven()) {
            long before = work.units();
            long bound = prices.bound();
            for (int update = 0; update < UPDATES; update++) {
                traffic.update(prices, work, most - trafficUnits - (work.units() - before));
            }
            trafficUnits += work.units() - before;
            if (work.ended()) {
                return;
            }
            prices.use(traffic);
            prices.improve(TRAFFIC_PASSES, target(), work);
            gain = (double) (prices.bound() - bound) / Math.max(1, bound);
        }
    }

    /** Offers the state, which was constructed, after a repair where it needs one. */
    private void settle() {
        double[] base = overflowPrices.base();
        System.arraycopy(base, 0, state.overflowPrice, 0, base.length);
        state.conflictPrice = overflowPrices.conflict();
        if (state.isFeasible()) {
            best.offer(state);
        } else {
            stuck = misplaced();
            repair();
        }
    }

    /** Returns an item whose cluster is too full, else one that breaks a constraint. */
    private int misplaced() {
        for (int item = 0; item < problem.items; item++) {
            if (state.overflows(state.at[item])) {
                return item;
            }
        }
        return state.conflicting(0);
    }

    private void repair() {
        new Repair(state, candidates, random.split(), work).run(overflowPrices.forRepair());
        best.offer(state);
    }

    /** The search looks at one level; where that leaves a choice, the next ones decide. */
    private void settleTies() {
        if (!Arrays.equals(incumbent.vector(), settled)) {
            settleTies(incumbent.at());
            settled = incumbent.vector();
        }
    }

    private void settleTies(int[] at) {
        Assignment assignment = new Assignment(problem);
        for (int item = 0; item < problem.items; item++) {
            assignment.put(item, at[item]);
        }
        new LocalSearch(assignment, work).run();
        incumbent.offer(assignment.at, problem.vector(assignment.at));
    }

    private double target() {
        return incumbent.exists() ? incumbent.cost(problem.objective.searchLevel) : state.cost() * UNKNOWN;
    }
}
