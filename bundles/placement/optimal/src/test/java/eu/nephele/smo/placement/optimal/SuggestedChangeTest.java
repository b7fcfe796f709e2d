// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.solver.Counterfactual;
import eu.nephele.smo.placement.solver.CounterfactualSearch;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What an infeasible request would have to have is enough for the strategy, too, which decides on its own. */
class SuggestedChangeTest {

    private static final int INFEASIBLE = 500;

    private final OptimalStrategy strategy = new OptimalStrategy(500, 100_000, 1);

    @AfterEach
    void close() {
        strategy.close();
    }

    @Test
    void theStrategyPlacesWhateverHasTheSuggestedChanges(TestReporter reporter) {
        Map<String, Integer> kinds = new HashMap<>();
        int infeasible = 0;
        int divided = 0;
        for (long seed = 0; infeasible < INFEASIBLE; seed++) {
            PlacementRequest request = random(seed);
            if (strategy.place(request, SimpleContext.unlimited()) instanceof Infeasible refusal) {
                Counterfactual found = find(request);
                assertThat(refusal.counterfactual()).contains(found.text());
                assertThat(found.changes())
                        .as("seed %d: %s", seed, found.text())
                        .isNotEmpty();
                PlacementRequest changed = found.apply(request);
                assertThat(strategy.place(changed, SimpleContext.unlimited()))
                        .as("seed %d: %s", seed, found.text())
                        .isInstanceOfSatisfying(
                                Placed.class, placed -> assertThat(Feasibility.violations(changed, placed.placement()))
                                        .isEmpty());
                infeasible++;
                divided += request.services().stream().anyMatch(PlacementService::isDivided) ? 1 : 0;
                String kind = found.changes().size() > 1
                        ? "several"
                        : found.changes().get(0).getClass().getSimpleName();
                kinds.merge(kind, 1, Integer::sum);
            }
        }
        reporter.publishEntry("suggested changes", kinds.toString());
        assertThat(divided).isGreaterThan(INFEASIBLE / 10);
        assertThat(kinds).hasSizeGreaterThan(4);
    }

    private static Counterfactual find(PlacementRequest request) {
        return new CounterfactualSearch(request, new WorkBudget(SimpleContext.unlimited()))
                .find()
                .orElseThrow();
    }

    /** Everything that a request can have, with little room. */
    private static PlacementRequest random(long seed) {
        Random random = new Random(seed);
        List<PlacementService> services = new ArrayList<>();
        for (int s = 0; s < 2 + random.nextInt(5); s++) {
            Resources each = new Resources(
                    250L * random.nextInt(7),
                    100L * random.nextInt(4),
                    0,
                    random.nextInt(6) == 0 ? 1 : 0,
                    Map.of("fpga", random.nextInt(8) == 0 ? 1L : 0L));
            int replicas = 1 + random.nextInt(4);
            services.add(new PlacementService("s" + s, each, replicas, random.nextInt(4) == 0 ? 2 : 1));
        }
        List<ClusterCapacity> clusters = new ArrayList<>();
        for (int c = 0; c < 2 + random.nextInt(4); c++) {
            clusters.add(ClusterCapacity.of(
                    new ClusterId("test", "c" + c),
                    new Resources(
                            500L * random.nextInt(10),
                            150L * random.nextInt(12),
                            0,
                            random.nextInt(3),
                            Map.of("fpga", (long) random.nextInt(3)))));
        }
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters);
        for (int s = 0; s < services.size(); s++) {
            for (int c = 0; c < clusters.size(); c++) {
                if (random.nextInt(5) == 0) {
                    builder.forbid(s, c, "forbidden at random");
                }
            }
            int other = random.nextInt(services.size());
            if (other != s) {
                relate(builder, s, other, random);
            }
        }
        for (int from = 0; from < clusters.size(); from++) {
            for (int to = 0; to < clusters.size(); to++) {
                if (from != to && random.nextInt(8) > 0) {
                    builder.latency(from, to, 5 + random.nextInt(30));
                }
            }
        }
        return builder.build();
    }

    private static void relate(PlacementRequestBuilder builder, int s, int other, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!builder.services().get(s).isDivided()
                        && !builder.services().get(other).isDivided()) {
                    builder.together(List.of(s, other));
                }
            }
            case 1 -> builder.apart(s, other);
            case 2 -> builder.link(new PlacementLink(s, other, 1, OptionalDouble.of(15)));
            default -> {}
        }
    }
}
