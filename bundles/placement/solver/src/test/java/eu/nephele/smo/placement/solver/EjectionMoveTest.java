// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EjectionMoveTest {

    /** s0 and s1 fill c0, where alone s2 may go; each of them could leave. */
    @Test
    void theOneLeavesWhoseMoveCostsLeast() {
        CoresProblem problem = new CoresProblem(List.of(2, 2, 2), List.of(4, 2, 2)).prices((request, costs) -> {
            costs.assign(0, 1, 9);
            costs.assign(0, 2, 7);
            costs.assign(1, 0, 4);
            costs.assign(1, 1, 8);
            costs.assign(1, 2, 10);
        });
        problem.builder().forbid(2, 1, "not there").forbid(2, 2, "not there");
        RequestProblem read = problem.read();
        RuleProgress partial = new RuleProgress(read);
        partial.put(0, 0);
        partial.put(1, 0);

        assertThat(move(read, partial).makeRoom(2)).isTrue();
        assertThat(partial.at()).containsExactly(0, 1, 0);
        assertThat(partial.usedCpuMillis(0)).isEqualTo(4000);
        assertThat(partial.usedCpuMillis(1)).isEqualTo(2000);
    }

    @Test
    void whereNoItemCanLeaveAllStays() {
        RequestProblem read = new CoresProblem(List.of(2, 2), List.of(3, 1)).read();
        RuleProgress partial = new RuleProgress(read);
        partial.put(0, 0);

        assertThat(move(read, partial).makeRoom(1)).isFalse();
        assertThat(partial.at()).containsExactly(0, AssignmentProblem.NOWHERE);
        assertThat(partial.usedCpuMillis(0)).isEqualTo(2000);
        partial.take(0);
        assertThat(partial.admits(1, 0)).isTrue();
    }

    @Test
    void withoutWorkLeftNothingIsTried() {
        RequestProblem read = new CoresProblem(List.of(1, 2), List.of(2, 1)).read();
        RuleProgress partial = new RuleProgress(read, new int[] {0, AssignmentProblem.NOWHERE});
        WorkBudget none = new WorkBudget(SimpleContext.unlimited().withWorkBudget(0));

        assertThat(new EjectionMove(read.problem(), partial, none).makeRoom(1)).isFalse();
        assertThat(move(read, partial).makeRoom(1)).isTrue();
        assertThat(partial.at()).containsExactly(1, 0);
    }

    /** Against a trial of every move, by the cost of all that is placed then. */
    @Test
    void noOtherMoveWouldHaveCostLess() {
        int moved = 0;
        int stuck = 0;
        for (long seed = 0; seed < 3000; seed++) {
            RequestProblem read = RequestProblem.from(RandomProblems.small(seed));
            RuleProgress partial = new RuleProgress(read);
            Optional<Integer> homeless = fill(read, partial);
            if (homeless.isPresent()) {
                int[] before = partial.at();
                Optional<Long> best = cheapest(read, before, homeless.get());
                boolean made = move(read, partial).makeRoom(homeless.get());
                assertThat(made).as("seed %d", seed).isEqualTo(best.isPresent());
                int[] after = partial.at();
                if (made) {
                    assertThat(total(read, after)).as("seed %d", seed).isEqualTo(best);
                    moved++;
                } else {
                    assertThat(after).isEqualTo(before);
                    stuck++;
                }
            }
        }
        assertThat(moved).isGreaterThan(30);
        assertThat(stuck).isGreaterThan(100);
    }

    /** Places every item on the first cluster that admits it, up to one that no cluster admits. */
    private static Optional<Integer> fill(RequestProblem read, RuleProgress partial) {
        for (int item = 0; item < read.problem().items(); item++) {
            int column = 0;
            while (column < read.problem().clusters() && !partial.admits(item, column)) {
                column++;
            }
            if (column == read.problem().clusters()) {
                return Optional.of(item);
            }
            partial.put(item, column);
        }
        return Optional.empty();
    }

    private static Optional<Long> cheapest(RequestProblem read, int[] before, int item) {
        Optional<Long> best = Optional.empty();
        for (int leaver = 0; leaver < item; leaver++) {
            for (int to = 0; to < read.problem().clusters(); to++) {
                if (to != before[leaver]) {
                    int[] after = before.clone();
                    after[item] = before[leaver];
                    after[leaver] = to;
                    Optional<Long> cost = total(read, after);
                    if (cost.isPresent() && (best.isEmpty() || cost.get() < best.get())) {
                        best = cost;
                    }
                }
            }
        }
        return best;
    }

    /** The cost of a partial placement; empty where it breaks a rule. */
    private static Optional<Long> total(RequestProblem read, int[] columns) {
        RuleProgress partial = new RuleProgress(read);
        long sum = 0;
        for (int item = 0; item < columns.length; item++) {
            if (columns[item] != AssignmentProblem.NOWHERE) {
                if (!partial.admits(item, columns[item])) {
                    return Optional.empty();
                }
                sum += partial.cost(item, columns[item]);
                partial.put(item, columns[item]);
            }
        }
        return Optional.of(sum);
    }

    private static EjectionMove move(RequestProblem read, RuleProgress partial) {
        return new EjectionMove(read.problem(), partial, new WorkBudget(SimpleContext.unlimited()));
    }
}
