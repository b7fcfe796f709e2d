// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.harness.decisions.ComponentFactory;
import eu.nephele.smo.lab.harness.exact.ExactCase.SizeRange;
import eu.nephele.smo.lab.harness.placement.CpSatBatch;
import eu.nephele.smo.lab.harness.placement.InstanceObjective;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Small runs of the sections: nothing is wrong with our strategies, and what is wrong with others is found. */
class ExactSectionsTest {

    private static final SizeRange ENUMERABLE = new SizeRange(1, 4);
    private static final SizeRange SMALL = new SizeRange(3, 7);

    private final List<ExactFigure> figures = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    private static List<MeasuredStrategy> ours() {
        PlacementStrategy auto = new AutoStrategy();
        return List.of(
                new MeasuredStrategy("auto", auto, DecisionReason.DEPLOY),
                new MeasuredStrategy("auto", auto, DecisionReason.REPLACE),
                new MeasuredStrategy(
                        "optimal", ComponentFactory.create(OptimalStrategy.class, Map.of()), DecisionReason.REPLACE));
    }

    private static List<MeasuredStrategy> only(PlacementStrategy strategy) {
        return List.of(new MeasuredStrategy("other", strategy, DecisionReason.DEPLOY));
    }

    private void measure(ExactSection section) throws IOException, InterruptedException {
        section.measure(figures::add, findings::add);
    }

    private static ExactCase enumerable(long number) {
        return ExactCase.mixed(number, ENUMERABLE, ENUMERABLE);
    }

    private static List<ExactCase> small(int count) {
        return LongStream.range(0, count)
                .mapToObj(number -> ExactCase.mixed(number, SMALL, SMALL))
                .toList();
    }

    @Test
    void whatEnumerationFindsIsFoundAndProven() throws Exception {
        measure(new EnumeratedCases(80, ExactSectionsTest::enumerable, ours()));
        assertThat(findings).isEmpty();
        assertThat(figures).hasSize(3).allSatisfy(figure -> {
            assertThat(figure.good()).isEqualTo(80);
            assertThat(figure.reached()).isTrue();
        });
        assertThat(figures)
                .extracting(ExactFigure::strategy)
                .containsExactly("auto, deploy", "auto, replace", "optimal, replace");
    }

    @Test
    void whatIsNotTheBestOneIsFound() throws Exception {
        measure(new EnumeratedCases(60, ExactSectionsTest::enumerable, only(new Boastful())));
        assertThat(figures.get(0).good()).isLessThan(60);
        assertThat(figures.get(0).reached()).isFalse();
        assertThat(findings)
                .hasSize(60 - figures.get(0).good())
                .anyMatch(
                        finding -> finding.startsWith("other, deploy, problem of ") && finding.contains("enumeration"));
    }

    @Test
    void smallDecisionsAreProvenAndTimed() throws Exception {
        measure(new SmallDecisions(small(30), ours(), 0));
        assertThat(findings).isEmpty();
        assertThat(figures).hasSize(6);
        assertThat(figures.get(0).cases() + figures.get(1).cases()).isEqualTo(30);
        assertThat(figures.get(0).good()).isEqualTo(figures.get(0).cases()).isPositive();
        assertThat(figures.get(0).values().median()).isPositive();
    }

    @Test
    void strategiesThatDisagreeAreFound() throws Exception {
        List<MeasuredStrategy> two = new ArrayList<>(ours().subList(0, 1));
        two.addAll(only(new Boastful()));
        measure(new SmallDecisions(small(20), two, 0));
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.contains("that of another strategy"));
        assertThat(figures.get(2).reached()).isFalse();
    }

    @Test
    void whatIsNotProvenOrThrownIsFound() throws Exception {
        measure(new SmallDecisions(small(10), only(new FirstFitStrategy()), 0));
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.endsWith("not proven"));
        assertThat(figures.get(0).good()).isZero();
        findings.clear();
        measure(new EnumeratedCases(5, ExactSectionsTest::enumerable, only((request, context) -> {
            throw new IllegalStateException("no mind");
        })));
        assertThat(findings).hasSize(5).allMatch(finding -> finding.endsWith("no mind"));
    }

    @Test
    void allSizesOccur() {
        assertThat(small(200).stream().map(each -> each.request().services().size()))
                .contains(3, 4, 5, 6, 7);
        assertThat(small(200).stream().map(each -> each.request().clusters().size()))
                .contains(3, 4, 5, 6, 7);
    }

    /** Claims that the placement of first-fit is the best one. */
    private static final class Boastful implements PlacementStrategy {

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            PlacementResult result = new FirstFitStrategy().place(request, context);
            return result instanceof Placed placed
                    ? new Placed(
                            placed.placement(),
                            new Quality(StopReason.PROVEN_OPTIMAL, OptionalLong.empty(), OptionalLong.empty(), ""))
                    : result;
        }
    }

    @Test
    void whatCpSatProvesIsComparedWithWhatWasFound() throws Exception {
        ExactCase single = new ExactCase("single", RandomProblems.federation(1, 1, 1, 0.5));
        String script = "for i in $(seq 50); do echo solution 0.1 0; echo end %s 0.1 none; done";
        measure(new CpSatCases(3, number -> single, ours(), played(script.formatted("OPTIMAL"))));
        assertThat(figures).hasSize(3);
        // costs of this case are no whole units, which a solver beside it would not see
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.contains("that of CP-SAT"));
        findings.clear();
        measure(new CpSatCases(2, number -> single, ours(), played(script.formatted("UNKNOWN"))));
        assertThat(findings)
                .hasSize(6)
                .allMatch(finding -> finding.endsWith("CP-SAT has proven nothing: its status is UNKNOWN"));
    }

    private static CpSatBatch played(String script) {
        return new CpSatBatch(List.of("sh", "-c", script, "played"), 1_000, 1);
    }

    @Test
    void whatDoesNotFitFitsWithTheSuggestedChanges() throws Exception {
        measure(new SuggestedChanges(15, 1, ours()));
        assertThat(findings).isEmpty();
        assertThat(figures).hasSize(3).allSatisfy(figure -> assertThat(figure.good())
                .isEqualTo(15));
    }

    @Test
    void usualDecisionsHaveAGapAndATime() throws Exception {
        List<ExactCase> cases = List.of(ExactCase.federation(12, 20, false, 1, InstanceObjective.WIDE));
        measure(new UsualDecisions("12 x 20", cases, ours().subList(0, 1), 0));
        assertThat(findings).isEmpty();
        assertThat(figures).extracting(ExactFigure::title).containsExactly("12 x 20: gap", "12 x 20: time");
        assertThat(figures.get(0).values().most()).isBetween(0.0, 5.0);
    }

    @Test
    void whatIsAllocatedIsCounted() throws Exception {
        measure(new AllocatedMemory(
                List.of(ExactCase.federation(5, 3, false, 1, InstanceObjective.COMM)), only(new Wasteful()), 1_000));
        assertThat(findings).isEmpty();
        assertThat(figures.get(0).values().most()).isGreaterThan(60);
        assertThat(figures.get(0).reached()).isFalse();
    }

    /** Allocates 64 MB, and claims nothing. */
    private static final class Wasteful implements PlacementStrategy {

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            List<byte[]> waste = new ArrayList<>();
            while (waste.size() < 64) {
                waste.add(new byte[1_000_000]);
            }
            Placed placed = (Placed) new AutoStrategy().place(request, context);
            return new Placed(placed.placement(), Quality.HEURISTIC);
        }
    }

    @Test
    void aReportHasALineForEachFigureAndALineOfJson() throws Exception {
        ExactReport report = new ExactReport(new ExactOptions(7, 3, List.of()), "a machine");
        String line = report.add(new ExactFigure(
                "small decisions",
                "auto, deploy",
                7,
                6,
                ValueSummary.summarise("ms", List.of(3.0, 1.0, 2.0)),
                "all proven, < 2 ms",
                false));
        assertThat(line.replaceAll(" +", " "))
                .isEqualTo("small decisions auto, deploy 6 of 7 2.000 3.000 3.000 ms all proven, < 2 ms: missed");
        assertThat(report.isGood()).isTrue();
        report.addFinding("it is wrong");
        assertThat(report.isGood()).isFalse();
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.path("benchmark").asText()).isEqualTo("exact");
        assertThat(json.path("machine").asText()).isEqualTo("a machine");
        assertThat(json.path("good").asBoolean(true)).isFalse();
        assertThat(json.path("figures").path(0).path("p99").asDouble()).isEqualTo(3);
        assertThat(json.path("findings").path(0).asText()).isEqualTo("it is wrong");
    }

    @Test
    void withoutValuesThereIsNoNumber() {
        ExactReport report = new ExactReport(new ExactOptions(1, 0, List.of()), "a machine");
        assertThat(report.add(new ExactFigure("nothing", "x", 0, 0, ValueSummary.summarise("ms", List.of()), "", true)))
                .doesNotContain("NaN");
        assertThat(report.json()).doesNotContain("NaN").doesNotContain("median");
    }
}
