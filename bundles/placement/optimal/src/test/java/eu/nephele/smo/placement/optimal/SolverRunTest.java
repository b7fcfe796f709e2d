// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.optimal.SolverRun.SolverStage;
import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.RequestProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One service on two clusters, and a scripted solver, whose tolerances lose a value proven before. */
class SolverRunTest {

    private static final int[] FIRST = {0};
    private static final int[] SECOND = {1};

    /** Scripted answers in order; afterwards no proof. */
    private static final class Told implements ExactProgram {

        private final Deque<int[]> answers;

        private Told(int[]... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public Optional<int[]> minimiseLevel(int level, long[] values) {
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<int[]> minimiseCluster(int item, long[] values, int[] fixed) {
            return Optional.ofNullable(answers.poll());
        }
    }

    private static AssignmentProblem model(long onFirst, long onSecond) {
        Resources small = new Resources(100, 0, 0, 0);
        PlacementRequestBuilder problem = new PlacementRequestBuilder(
                new GraphId("test", "g"),
                DecisionReason.DEPLOY,
                List.of(new PlacementService("a", small, 1, 1)),
                List.of(
                        ClusterCapacity.of(new ClusterId("test", "c1"), small),
                        ClusterCapacity.of(new ClusterId("test", "c2"), small)));
        return RequestProblem.from(problem.build().withCosts(List.of(new Costs() {
                    @Override
                    public long assign(int service, int cluster) {
                        return cluster == 0 ? onFirst : onSecond;
                    }

                    @Override
                    public long open(int cluster) {
                        return 0;
                    }

                    @Override
                    public long distance(int from, int to) {
                        return 0;
                    }
                })))
                .problem();
    }

    private static SolverStage run(AssignmentProblem model, ExactProgram program) {
        return run(model, program, new long[0]).orElseThrow();
    }

    private static Optional<SolverStage> run(AssignmentProblem model, ExactProgram program, long[] known) {
        SolverRun run = new SolverRun(model, program, known, Long.MAX_VALUE);
        run.run();
        return run.await(SimpleContext.unlimited());
    }

    @Test
    void aLaterLevelThatGivesAwayAnEarlierOneDoesNotCount() {
        SolverStage stage = run(model(1, 2), new Told(FIRST, SECOND, SECOND, SECOND));

        assertThat(stage).isEqualTo(new SolverStage(1, List.of(0), OptionalLong.of(1), false));
    }

    @Test
    void aTieBreakThatGivesAwayTheOptimumDoesNotCount() {
        SolverStage stage = run(model(2, 1), new Told(SECOND, SECOND, SECOND, FIRST));

        assertThat(stage).isEqualTo(new SolverStage(3, List.of(1), OptionalLong.of(1), false));
    }

    @Test
    void amongEqualsTheFirstClusterIsTaken() {
        SolverStage stage = run(model(1, 1), new Told(SECOND, SECOND, SECOND, FIRST));

        assertThat(stage).isEqualTo(new SolverStage(5, List.of(0), OptionalLong.of(1), true));
    }

    @Test
    void whatIsWorseThanWhatIsKnownIsNoProof() {
        AssignmentProblem model = model(1, 2);
        long[] known = model.vector(FIRST);

        assertThat(run(model, new Told(SECOND, SECOND, SECOND, SECOND), known)).isEmpty();
        assertThat(run(model, new Told(FIRST, FIRST, FIRST, FIRST), known))
                .map(SolverStage::complete)
                .contains(true);
    }

    @Test
    void whatIsNotProvenEndsTheRun() {
        SolverStage stage = run(model(1, 2), new Told(FIRST));

        assertThat(stage).isEqualTo(new SolverStage(1, List.of(0), OptionalLong.of(1), false));
    }
}
