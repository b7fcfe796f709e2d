// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.examinedAs;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceKitTest {

    private static final String PARAMETERS = "takes its parameters";

    enum Mode {
        FAST,
        THOROUGH
    }

    record Inner(
            @Parameter(description = "depth", defaultValue = "2")
            int depth) {}

    record AllTypes(
            @Parameter(description = "a", defaultValue = "1", min = 0, max = 2)
            int a,

            @Parameter(description = "b", defaultValue = "2")
            long b,

            @Parameter(description = "c", defaultValue = "0.5")
            double c,

            @Parameter(description = "d", defaultValue = "true")
            boolean d,

            @Parameter(description = "e", defaultValue = "\"it's\"")
            String e,

            @Parameter(description = "f", defaultValue = "\"thorough\"")
            Mode f,

            @Parameter(description = "g", defaultValue = "\"PT5S\"")
            Duration g,

            @Parameter(description = "h") Inner h,

            @Parameter(description = "i", defaultValue = "[1, 2]")
            List<Integer> i,

            @Parameter(description = "j", defaultValue = "{\"x\": {\"depth\": 7}}")
            Map<String, Inner> j,

            @Parameter(description = "k") Optional<String> k,
            @Parameter(description = "l", min = 5) int l) {}

    record NoJson(
            @Parameter(description = "a", defaultValue = "fast")
            String a) {}

    record OutOfBounds(
            @Parameter(description = "a", defaultValue = "9", max = 3)
            int a) {}

    record WrongType(
            @Parameter(description = "a", defaultValue = "\"x\"")
            int a) {}

    record NoParameterType(@Parameter(description = "a") Thread a) {}

    record Nested(@Parameter(description = "a") Nested a) {}

    record Choosy(
            @Parameter(description = "a", defaultValue = "1")
            int a) {
        Choosy {
            throw new IllegalArgumentException("never good enough");
        }
    }

    private static class WithParameters extends SoundPlacement {

        private final Class<? extends Record> type;
        private Optional<Record> seen = Optional.empty();

        WithParameters(Class<? extends Record> type) {
            this.type = type;
        }

        @Override
        public Class<? extends Record> parametersType() {
            return type;
        }

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            seen = Optional.of(context.parameters(type));
            return super.place(request, context);
        }
    }

    @Test
    void givesAStrategyTheDefaultsOfItsParameters() {
        WithParameters strategy = new WithParameters(AllTypes.class);
        ConformanceReport report = examinedAs(strategy, PlacementStrategy.ID, "mine");
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(strategy.seen)
                .contains(new AllTypes(
                        1,
                        2,
                        0.5,
                        true,
                        "it's",
                        Mode.THOROUGH,
                        Duration.ofSeconds(5),
                        new Inner(2),
                        List.of(1, 2),
                        Map.of("x", new Inner(7)),
                        Optional.empty(),
                        5));
        assertThat(report.text()).contains("invented, for lack of a default: l=5");
    }

    @Test
    void takesParametersThatTheTestGives() {
        WithParameters strategy = new WithParameters(Inner.class);
        ConformanceReport report = ConformanceKit.standard()
                .withParameters(new Inner(99))
                .examine(strategy, Map.of(PlacementStrategy.ID, "mine"));
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(strategy.seen).contains(new Inner(99));
    }

    @Test
    void takesParametersThatTheServiceDeclares() {
        WithParameters strategy = new WithParameters(Inner.class);
        ConformanceReport report = ConformanceKit.standard()
                .examine(
                        strategy,
                        Map.of(PlacementStrategy.ID, "mine", PlacementStrategy.EXAMINED_WITH, declared("99")));
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(strategy.seen).contains(new Inner(99));
        assertThat(report.text()).contains("as declared: " + declared("99"));
    }

    private static String declared(String value) {
        return "{\"%s\": %s}".formatted(Inner.class.getRecordComponents()[0].getName(), value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "{", "{\"nobody\": 1}"})
    void refusesDeclaredParametersThatNobodyCouldGive(String text) {
        ConformanceReport report = ConformanceKit.standard()
                .examine(
                        new WithParameters(Inner.class),
                        Map.of(PlacementStrategy.ID, "mine", PlacementStrategy.EXAMINED_WITH, text));
        fails(report, PARAMETERS, text.contains("nobody") ? "which it does not have" : "is not a JSON object");
    }

    /** Leaves headroom, unless a parameter forbids it. */
    private static final class WithHeadroom extends SoundPlacement {
        @Override
        public Class<? extends Record> parametersType() {
            return Headroom.class;
        }

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            if (context.parameters(Headroom.class).share() == 0) {
                return super.place(request, context);
            }
            Map<String, Map<ClusterId, String>> reasons = new java.util.HashMap<>();
            Map<ClusterId, String> everywhere = new java.util.HashMap<>();
            request.clusters().forEach(cluster -> everywhere.put(cluster.id(), "headroom"));
            request.services().forEach(service -> reasons.put(service.id(), everywhere));
            return new PlacementResult.Infeasible(reasons, Optional.empty());
        }
    }

    /** Public, as parameters are. */
    public record Headroom(
            @Parameter(description = "share of a cluster that stays free", defaultValue = "0.2")
            double share) {}

    @Test
    void aStrategyThatKeepsHeadroomByDefaultIsExaminedWithout() {
        Map<String, String> properties = Map.of(PlacementStrategy.ID, "mine");
        assertThat(ConformanceKit.standard()
                        .examine(new WithHeadroom(), properties)
                        .passed())
                .isFalse();
        Map<String, String> declaring =
                Map.of(PlacementStrategy.ID, "mine", PlacementStrategy.EXAMINED_WITH, "{\"share\": 0}");
        ConformanceReport report = ConformanceKit.standard().examine(new WithHeadroom(), declaring);
        assertThat(report.passed()).as(report.text()).isTrue();
    }

    @Test
    void refusesParametersOfAnotherType() {
        ConformanceReport report = ConformanceKit.standard()
                .withParameters(new Inner(99))
                .examine(new WithParameters(AllTypes.class), Map.of(PlacementStrategy.ID, "mine"));
        fails(report, PARAMETERS, "AllTypes", "Inner");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NoJson.class,
                OutOfBounds.class,
                WrongType.class,
                NoParameterType.class,
                Nested.class,
                Choosy.class
            })
    void refusesParametersThatNobodyCouldGive(Class<? extends Record> type) {
        ConformanceReport report = examined(new WithParameters(type));
        fails(report, PARAMETERS, type.getSimpleName());
        assertThat(report.checks().subList(2, report.checks().size()))
                .extracting(Check::result)
                .containsOnly(Result.SKIPPED);
    }

    @Test
    void refusesAParametersTypeThatThrows() {
        PlacementStrategy strategy = new SoundPlacement() {
            @Override
            public Class<? extends Record> parametersType() {
                throw new IllegalStateException("not yet");
            }
        };
        fails(examined(strategy), PARAMETERS, "not yet");
    }

    @Test
    void refusesAPluginWithoutName() {
        ConformanceReport report = examinedAs(new SoundPlacement(), "other", "property");
        fails(report, "is published under a name", "smo.strategy.id");
    }

    @Test
    void skipsWhatItDoesNotKnow() {
        ConformanceReport report = examined("a text");
        assertThat(report.passed()).isTrue();
        assertThat(report.checks()).extracting(Check::result).containsExactly(Result.SKIPPED);
    }

    @Test
    void skipsWhatDoesNotFitIntoItsTime() {
        ConformanceReport report = ConformanceKit.within(Duration.ofMillis(40))
                .examine(new SoundPlacement(), Map.of(PlacementStrategy.ID, "mine"));
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(report.checks())
                .filteredOn(check -> check.result() == Result.UNTRIED)
                .extracting(Check::detail)
                .containsOnly("not tried: the time of the examination is used up");
    }

    @Test
    void endsSoonWhenItIsInterrupted() throws Exception {
        Thread examiner = new Thread(() -> examined((PlacementStrategy) (request, context) -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            throw new IllegalStateException("interrupted");
        }));
        examiner.start();
        examiner.interrupt();
        examiner.join(3000);
        assertThat(examiner.isAlive()).isFalse();
    }

    @Test
    void aReportIsTextForPeopleAndJsonForPrograms() {
        ConformanceReport report = new ConformanceReport(
                "placement strategy x",
                List.of(
                        new Check("does this", Result.PASSED, "3 problems"),
                        new Check("does that", Result.FAILED, "one\ntwo"),
                        new Check("does more", Result.SKIPPED, "no")),
                Duration.ofMillis(12));
        assertThat(report.text()).isEqualTo("""
                        placement strategy x: FAILED (3 checks, 1 failed, 1 not tried, 12 ms)
                          PASSED   does this – 3 problems
                          FAILED   does that
                                   one
                                   two
                          SKIPPED  does more – no
                        """);
        assertThat(report.json().toJson())
                .isEqualTo(
                        "{\"subject\":\"placement strategy x\",\"passed\":false,\"complete\":true,\"tookMillis\":12,\"checks\":["
                                + "{\"name\":\"does this\",\"result\":\"PASSED\",\"detail\":\"3 problems\"},"
                                + "{\"name\":\"does that\",\"result\":\"FAILED\",\"detail\":\"one\\ntwo\"},"
                                + "{\"name\":\"does more\",\"result\":\"SKIPPED\",\"detail\":\"no\"}]}");
    }
}
