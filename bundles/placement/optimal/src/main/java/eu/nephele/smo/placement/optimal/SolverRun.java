// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.placement.solver.AssignmentProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exact solution on a worker thread: each part of the objective vector after the other, then item by item the first cluster
 * in name order. Each solve that ends with a proof is one stage, one unit of work. The caller waits with its own deadline and
 * may leave at any time; bounds proven until then count.
 */
final class SolverRun implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SolverRun.class);
    private static final long LOOK_EVERY_MILLIS = 5;

    private final AssignmentProblem problem;
    private final ExactProgram program;
    private final long[] known;
    private final long wantedStages;
    private Optional<SolverStage> latest = Optional.empty();
    private long[] values = {};
    private boolean finished;
    private boolean abandoned;

    /**
     * @param known objective vector of the present assignment, empty for none: a worse result is never proven,
     *     whatever the solver claims
     * @param wantedStages after this many stages the run ends
     */
    SolverRun(AssignmentProblem problem, ExactProgram program, long[] known, long wantedStages) {
        this.problem = problem;
        this.program = program;
        this.known = known.clone();
        this.wantedStages = wantedStages;
    }

    /**
     * Bounds proven so far.
     *
     * @param at an assignment that is best as far as proven
     * @param leastCost proven optimum of the first cost level
     * @param complete whether the tie-break is settled, too
     */
    record SolverStage(long count, List<Integer> at, OptionalLong leastCost, boolean complete) {}

    @Override
    public void run() {
        try {
            solve();
        } catch (RuntimeException | Error thrown) { // a library call on our thread: the caller has an answer already
            if (isInterrupted(thrown)) {
                LOG.debug("solver stopped; its result is no longer needed");
            } else {
                LOG.warn("solver failed; the results found so far are kept", thrown);
            }
        } finally {
            synchronized (this) {
                finished = true;
                notifyAll();
            }
        }
    }

    /** The solver waits for its own threads, and wraps the interrupt. */
    private static boolean isInterrupted(Throwable thrown) {
        return thrown.getCause() instanceof InterruptedException;
    }

    private void solve() {
        int[] at = new int[problem.items()];
        for (int level = 0; level < problem.objective().levels(); level++) {
            Optional<int[]> solution = program.minimiseLevel(level, values);
            if (solution.isEmpty() || !keepsValues(solution.get())) {
                return;
            }
            at = solution.get();
            values = Arrays.copyOf(problem.vector(at), level + 1);
            if (isWorseThanKnown()) {
                LOG.warn(
                        "solver optimum rejected optimum={} levels={} known={}; its proof is ignored",
                        values,
                        values.length,
                        known);
                return;
            }
            if (!publish(at, false)) {
                return;
            }
        }
        for (int item = 0; item < problem.items(); item++) {
            if (at[item] != firstAllowed(item)) {
                Optional<int[]> solution = program.minimiseCluster(item, values, at);
                if (solution.isEmpty() || !keepsValues(solution.get())) {
                    return;
                }
                at = solution.get();
                if (!publish(at, false)) {
                    return;
                }
            }
        }
        publish(at, true);
    }

    /** Checks without the solver's tolerances. */
    private boolean keepsValues(int[] at) {
        return Arrays.compare(Arrays.copyOf(problem.vector(at), values.length), values) <= 0;
    }

    private boolean isWorseThanKnown() {
        return known.length > 0 && Arrays.compare(values, Arrays.copyOf(known, values.length)) > 0;
    }

    private int firstAllowed(int item) {
        int cluster = 0;
        while (!problem.allowed(item, cluster)) {
            cluster++;
        }
        return cluster;
    }

    private synchronized boolean publish(int[] at, boolean complete) {
        if (abandoned) {
            return false;
        }
        long count = latest.map(SolverStage::count).orElse(0L) + 1;
        OptionalLong leastCost =
                problem.objective().costLevels() == 0 ? OptionalLong.of(0) : OptionalLong.of(values[0]);
        latest = Optional.of(new SolverStage(count, Arrays.stream(at).boxed().toList(), leastCost, complete));
        return count < wantedStages;
    }

    /**
     * Waits until the run or the time of the context ends.
     *
     * @return bounds proven by then; later ones are ignored
     */
    synchronized Optional<SolverStage> await(DecisionContext context) {
        while (!finished && !context.shouldStop()) {
            try {
                wait(LOOK_EVERY_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        abandoned = true;
        return latest;
    }
}
