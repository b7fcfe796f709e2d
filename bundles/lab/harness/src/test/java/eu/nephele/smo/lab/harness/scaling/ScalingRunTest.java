// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.Pricing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small run, and that wrong answers would be found. */
class ScalingRunTest {

    private static final int ENUMERABLE_ITEMS = 12;

    @Test
    void smallRunFindsTheCheapestAnswersAndSaysSo() throws IOException, InterruptedException {
        ScalingOptions options = new ScalingOptions(100, 60, 1, List.of());
        ScalingReport report = new ScalingReport(options, "a machine");
        List<String> lines = new ArrayList<>();
        new ScalingRun(options, figure -> lines.add(report.add(figure)), report::addFinding).run();
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(report.isGood()).as(json.toString()).isTrue();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(3)).contains("60 of 60").endsWith("all equal: reached");
        assertThat(json.path("benchmark").asText()).isEqualTo("scaling");
        assertThat(json.path("free").path("right").asInt()).isEqualTo(20);
        assertThat(json.path("binding").path("proven").asInt()).isEqualTo(20);
        assertThat(json.path("several").path("worstGapPercent").asDouble()).isLessThan(0.5);
        assertThat(json.path("enumerated").path("proven").asInt()).isEqualTo(60);
        assertThat(json.path("findings")).isEmpty();
    }

    @Test
    void requestsAreScarceAsTheirNamesSay() {
        assertThat(reasons(ComparedRequests.oneResource(1, 50, false))).noneMatch(reason -> reason.contains("scarce"));
        assertThat(reasons(ComparedRequests.oneResource(1, 50, true)))
                .anyMatch(reason -> reason.contains("cpu is scarce"));
        assertThat(reasons(ComparedRequests.threeResources(1, 50)))
                .anyMatch(reason -> reason.contains("cpu and memory and gpu is scarce"));
    }

    private static List<String> reasons(ScalingRequest request) {
        return new MeasuredScaler()
                .decide(request, 1_000).result().answers().stream()
                        .map(Answer::reason)
                        .toList();
    }

    @Test
    void wrongAnswersAreFound() {
        ScalingRequest request = ComparedRequests.oneResource(1, 5, true);
        assertThat(decided(
                                request,
                                request.targets().stream()
                                        .map(target -> (Answer) new Infeasible("no"))
                                        .toList())
                        .flaw())
                .isEqualTo("not all are served");
        assertThat(decided(
                                request,
                                request.targets().stream()
                                        .map(target -> (Answer) new Replicas(target.maxReplicas(), "all"))
                                        .toList())
                        .flaw())
                .startsWith("needs ");
        assertThat(decided(
                                request,
                                request.targets().stream()
                                        .map(target -> (Answer) new Replicas(0, "none"))
                                        .toList())
                        .flaw())
                .isEqualTo("0 replicas of s00000");
    }

    @Test
    void gapIsReadFromTheReason() {
        ScalingRequest request = ComparedRequests.oneResource(1, 1, false);
        int present = request.targets().get(0).replicas();
        ScalingDecision decision =
                decided(request, List.of(new Replicas(present, "so; at most 0.02 above the cheapest for all")));
        double cost = MeasuredScaler.USE * present / request.targets().get(0).maxReplicas();
        assertThat(decision.cost()).isCloseTo(cost, within(1e-9));
        assertThat(decision.gapPercent()).isCloseTo(100 * 0.02 / (cost - 0.02), within(1e-9));
    }

    /** What CP-SAT is asked has the same optimum. */
    @Test
    void placementOfUnitsCostsAsMuchAsTheReplicas() {
        int compared = 0;
        for (long seed = 0; seed < 200; seed++) {
            ScalingRequest request = ComparedRequests.threeResources(seed, 2);
            PlacementRequest units = UnitPlacement.of(request);
            if (units.services().size() <= ENUMERABLE_ITEMS) {
                long cost = Pricing.total(units, Enumeration.best(units).orElseThrow(), 0);
                assertThat((double) cost / Costs.MICROS / UnitPlacement.PER_COST)
                        .as("seed %d", seed)
                        .isCloseTo(EnumeratedReplicas.cheapest(request), within(1e-9));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    private static ScalingDecision decided(ScalingRequest request, List<Answer> answers) {
        return new ScalingDecision(request, new ScalingResult(answers), 0);
    }
}
