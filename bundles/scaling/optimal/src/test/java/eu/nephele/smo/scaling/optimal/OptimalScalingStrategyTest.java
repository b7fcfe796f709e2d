// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimalScalingStrategyTest {

    private static final OptimalParameters SLUGGISH = Given.weights(Mode.DEFAULT, 0.2, 0.4);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "scales out for the demand,              1, 1, 9,  4.2,   1, 0,    5",
        "scales in to the demand,                8, 1, 9,  4.2,   1, 0,    5",
        "idle goes to the minimum,               8, 2, 9,  0,     1, 0,    2",
        "idle goes to none where that is wanted, 8, 0, 9,  0,     1, 0,    0",
        "what beta serves needs no replica,      3, 0, 9,  5,     1, 5,    0",
        "a negative beta needs one more,         1, 1, 9,  3,     1, -0.5, 4",
        "never over the maximum,                 1, 1, 3,  3.1,   1, 0,    3 of 4",
        "exactly the maximum is fine,            1, 1, 3,  3,     1, 0,    3",
        "rounding is no reason for a replica,    1, 1, 9,  2.1,   0.7, 0,  3",
        "above the maximum at present,           7, 1, 3,  2,     1, 0,    2",
        "no bounds but one,                      7, 3, 3,  0,     1, 0,    3",
        "a maximum of 0 for an idle service,     2, 0, 0,  0,     1, 0,    0",
        "a maximum of 0 under load,              2, 0, 0,  1,     1, 0,    0 of 1",
        "alpha 0: beta serves all,               3, 1, 9,  5,     0, 5,    1",
        "alpha 0: beta does not,                 3, 1, 9,  5.1,   0, 5,    infeasible",
        "alpha < 0: replicas cost capacity,      3, 1, 9,  5,     -1, 7,   1",
        "alpha < 0: even the minimum is too many, 3, 3, 9, 5,     -1, 7,   infeasible",
        "an absurd demand,                       3, 1, 9,  1e300, 1, 0,    9 of 2147483647",
        "an endless demand,                      3, 1, 9,  Infinity, 1, 0, keep",
        "a negative rate is idle,                3, 1, 9,  -2,    1, 0,    1"
    })
    void oneServiceWithFreeCapacityScales(
            String name, int present, int min, int max, double demand, double alpha, double beta, String expected) {
        ScalingRequest request = Given.request(
                Given.cpu(100_000),
                Given.target(
                        "g", "s", "c1", Given.cpu(500), present, min, max, OptionalDouble.of(demand), alpha, beta));
        assertThat(Given.words(Given.DEFAULT, request)).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "changes dearer than use: stays,        8, 2, 8",
        "still scales out,                      1, 4, 4",
        "still bounded by the maximum,          12, 2, 9"
    })
    void weightsDecideWhetherIdleReplicasStay(String name, int present, double demand, String expected) {
        ScalingRequest request = Given.request(Given.cpu(100_000), Given.service("s", 500, present, 1, 9, demand));
        assertThat(Given.words(SLUGGISH, request)).containsExactly(expected);
    }

    /** What is answered never shows more than that: at its capacity a service asks for one more, and keeps it. */
    @ParameterizedTest
    @CsvSource({"20, 2, 3", "20, 3, 3", "17, 3, 2", "300, 9, 9 of 34"})
    void plansForAShareOfWhatReplicasServe(double answered, int present, String expected) {
        OptimalParameters cautious = new OptimalParameters(Mode.DEFAULT, Optional.empty(), Optional.empty(), 0.9);
        ScalingRequest request = Given.request(
                Given.cpu(100_000),
                Given.target("g", "s", "c1", Given.cpu(500), present, 1, 9, OptionalDouble.of(answered), 10, 0));
        assertThat(Given.words(cautious, request)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void aShareThatIsNoneIsRefused(double utilization) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimalParameters(Mode.DEFAULT, Optional.empty(), Optional.empty(), utilization))
                .withMessageContaining("utilization=");
    }

    @Test
    void negativeAlphaBringsReplicasDownEvenWhenChangesAreDear() {
        ScalingRequest request = Given.request(
                Given.cpu(100_000), Given.target("g", "s", "c1", Given.cpu(500), 8, 1, 9, OptionalDouble.of(5), -1, 7));
        assertThat(Given.words(SLUGGISH, request)).containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void noDataKeepsTheReplicasAndTheirUseCounts(Mode mode) {
        OptimalParameters parameters = mode == Mode.DEFAULT ? Given.DEFAULT : Given.REFERENCE;
        var silent = Given.target("a", "silent", "c1", Given.cpu(1000), 3, 1, 9, OptionalDouble.empty(), 1, 0);
        var busy = Given.target("b", "busy", "c1", Given.cpu(1000), 1, 1, 9, OptionalDouble.of(2), 1, 0);
        assertThat(Given.words(parameters, Given.request(Given.cpu(5000), silent, busy)))
                .containsExactly("keep", "2");
        assertThat(Given.words(parameters, Given.request(Given.cpu(4000), silent, busy)))
                .containsExactly("keep", mode == Mode.DEFAULT ? "1 of 2" : "infeasible");
        assertThat(Given.answers(parameters, Given.request(Given.cpu(4000), silent, busy))
                        .get(0)
                        .reason())
                .isEqualTo("no data about the demand");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void unusableProfileIsNoData(double alpha) {
        var target = Given.target("g", "s", "c1", Given.cpu(500), 3, 1, 9, OptionalDouble.of(1), alpha, 0);
        assertThat(Given.words(Given.DEFAULT, Given.request(Given.cpu(5000), target)))
                .containsExactly("keep");
        var noNumber = Given.target("g", "s", "c1", Given.cpu(500), 3, 1, 9, OptionalDouble.of(Double.NaN), 1, 0);
        assertThat(Given.words(Given.DEFAULT, Given.request(Given.cpu(5000), noNumber)))
                .containsExactly("keep");
    }

    @Test
    void ownPresentUseIsNotCountedTwice_D40() {
        // the cluster is full with exactly these two
        ScalingRequest request = Given.request(
                Given.cpu(4000), Given.service("a", 1000, 3, 1, 9, 1), Given.service("b", 1000, 1, 1, 9, 3));
        assertThat(Given.words(Given.DEFAULT, request)).containsExactly("1", "3");
    }

    @ParameterizedTest
    @CsvSource({
        "500,  0, 10, 0",
        "500, 10, 0,  0",
        "500, 10, 10, 1",
    })
    void everyResourceCounts(long cpu, long memory, long storage, long gpus) {
        Resources one = new Resources(cpu, memory, storage, gpus, Map.of("example.com/fpga", 1L));
        var target = Given.target("g", "s", "c1", one, 1, 1, 9, OptionalDouble.of(3), 1, 0);
        assertThat(Given.words(Given.DEFAULT, Given.request(one.times(3), target)))
                .containsExactly("3");
        one.byName().keySet().forEach(scarce -> {
            Resources free = Resources.ofNames(withOneLess(one.times(3), scarce));
            List<Answer> answers = Given.answers(Given.DEFAULT, Given.request(free, target));
            assertThat(Given.words(answers)).containsExactly("2 of 3");
            assertThat(answers.get(0).reason())
                    .contains("alone on c1: " + one.times(3).shortage(free));
        });
    }

    private static Map<String, Long> withOneLess(Resources resources, String name) {
        Map<String, Long> amounts = new java.util.HashMap<>(resources.byName());
        amounts.merge(name, -1L, Long::sum);
        return amounts;
    }

    @Test
    void unlimitedIsNeverScarce() {
        var target = Given.target(
                "g", "s", "c1", new Resources(0, 0, 0, 1), 1, 1, 1_000_000, OptionalDouble.of(999_999), 1, 0);
        ScalingRequest request = Given.request(new Resources(0, 0, 0, Resources.UNLIMITED), target);
        assertThat(Given.words(Given.DEFAULT, request)).containsExactly("999999");
    }

    @Test
    void shortageHindersOnlyThoseWhoGrow() {
        ScalingRequest request = Given.request(
                Given.cpu(10_000),
                Given.service("grows-a-little", 1000, 2, 1, 9, 4),
                Given.service("grows-much", 1000, 2, 1, 9, 8),
                Given.service("shrinks", 1000, 5, 1, 9, 1),
                Given.service("too-much-for-its-maximum", 1000, 1, 1, 2, 3));
        List<Answer> answers = Given.answers(Given.DEFAULT, request);
        assertThat(Given.words(answers)).containsExactly("4", "3 of 8", "1", "2 of 3");
        assertThat(answers.get(1).reason())
                .isEqualTo(
                        "a demand of 8 requests/s needs 8 replicas, there is room for 3:"
                                + " all services together on c1: needs 15 cores, 10 free;"
                                + " served before: too-much-for-its-maximum (1 more, not 6), grows-a-little (2 more, not 6), shrinks (needs no more than it has)");
        assertThat(answers.get(3).reason()).isEqualTo("a demand of 3 requests/s needs 3 replicas, the maximum is 2");
    }

    @Test
    void shortageOnOneClusterDoesNotTouchOthers() {
        ScalingRequest request = ScalingRequest.of(
                List.of(
                        Given.target("g", "a", "c1", Given.cpu(1000), 1, 1, 9, OptionalDouble.of(9), 1, 0),
                        Given.target("g", "a", "c2", Given.cpu(1000), 1, 1, 9, OptionalDouble.of(9), 1, 0),
                        Given.target("g", "b", "c2", Given.cpu(1000), 1, 1, 3, OptionalDouble.of(9), 1, 0),
                        Given.target("h", "a", "c3", Given.cpu(1000), 1, 1, 9, OptionalDouble.of(2), 1, 0)),
                List.of(
                        Given.capacity("c1", Given.cpu(5000)),
                        Given.capacity("c2", Given.cpu(50_000)),
                        Given.capacity("c3", Given.cpu(50_000))));
        assertThat(Given.words(Given.DEFAULT, request)).containsExactly("5 of 9", "9", "3 of 9", "2");
        assertThat(Given.words(Given.REFERENCE, request))
                .containsExactly("infeasible", "infeasible", "infeasible", "2");
    }

    @Test
    void overfullClusterIsEmptiedWhenThatHelps() {
        assertThat(Given.words(
                        Given.DEFAULT,
                        Given.request(
                                Given.cpu(3000),
                                Given.service("a", 1000, 5, 1, 9, 2),
                                Given.service("b", 1000, 5, 1, 9, 1))))
                .containsExactly("2", "1");
        assertThat(Given.words(
                        Given.DEFAULT,
                        Given.request(
                                Given.cpu(2000),
                                Given.service("a", 1000, 5, 1, 9, 2),
                                Given.service("b", 1000, 5, 1, 9, 1))))
                .containsExactly("infeasible", "infeasible");
    }

    @Test
    void graphsOfTheReferenceModeAreDecidedInOrderAndKeepWhatTheyHaveUntilThen() {
        // a could grow by what b gives back, but b is decided later
        ScalingRequest request = ScalingRequest.of(
                List.of(
                        Given.target("a", "s", "c1", Given.cpu(1000), 1, 1, 4, OptionalDouble.of(3), 1, 0),
                        Given.target("b", "s", "c1", Given.cpu(1000), 3, 1, 4, OptionalDouble.of(1), 1, 0),
                        Given.target("c", "s", "c1", Given.cpu(1000), 1, 1, 4, OptionalDouble.of(3), 1, 0)),
                List.of(Given.capacity("c1", Given.cpu(5000))));
        assertThat(Given.words(Given.REFERENCE, request)).containsExactly("infeasible", "1", "3");
    }

    @Test
    void cheapestUnitsAreGivenBackFirst() {
        // one unit of a costs 0.2/10, one of b 0.2/4, both free 1000m
        ScalingRequest request = Given.request(
                Given.cpu(8000), Given.service("a", 1000, 6, 1, 10, 1), Given.service("b", 1000, 4, 1, 4, 1));
        List<Answer> answers = Given.answers(SLUGGISH, request);
        assertThat(Given.words(answers)).containsExactly("4", "4");
        assertThat(answers.get(0).reason())
                .isEqualTo("a demand of 1 requests/s needs the minimum of 1; 6 would be cheapest, but cpu is scarce");
        assertThat(answers.get(1).reason())
                .isEqualTo("a demand of 1 requests/s needs the minimum of 1;"
                        + " a change to fewer would cost more than it saves");
    }

    @Test
    void stopSignGivesAnAnswerThatFitsAndSaysHowGoodItIs() {
        // greedy gives back two of a (0.05 each) although one of b (0.0667) frees the 1100m that are missing
        ScalingRequest request = Given.request(
                Given.cpu(5200), Given.service("a", 1000, 3, 1, 4, 1), Given.service("b", 1100, 3, 1, 3, 1));
        assertThat(Given.words(SLUGGISH, request)).containsExactly("3", "2");
        List<Answer> hurried = new OptimalScalingStrategy()
                .scale(request, new Given.Context(SLUGGISH, true))
                .answers();
        assertThat(Given.words(hurried)).containsExactly("1", "3");
        assertThat(hurried).allMatch(answer -> answer.reason()
                .endsWith("; at most 0.044 above the cheapest for all on the cluster"));
    }

    @Test
    void reasonsAreThere() {
        ScalingRequest request = Given.request(Given.cpu(9000), Given.service("a", 500, 3, 1, 4, 2.5));
        assertThat(Given.answers(Given.DEFAULT, request).get(0).reason())
                .isEqualTo("a demand of 2.5 requests/s needs at least 3");
    }

    @Test
    void targetOnAnUnknownClusterIsADefectOfTheRequest() {
        ScalingRequest request = ScalingRequest.of(
                List.of(Given.service("a", 500, 1, 1, 2, 1)), List.of(Given.capacity("c2", Given.cpu(1000))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Given.answers(Given.DEFAULT, request))
                .withMessage("Cluster sim/c1 has targets but is not part of the request, which has [sim/c2]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void weightsAreFiniteAndNotNegative(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Given.weights(Mode.DEFAULT, weight, 0.2))
                .withMessageStartingWith("wUtil=");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Given.weights(Mode.DEFAULT, 0.2, weight))
                .withMessageStartingWith("wTrans=");
    }

    @Test
    void defaultsOfTheWeightsDependOnTheMode() {
        assertThat(Given.DEFAULT.useWeight()).isEqualTo(0.4);
        assertThat(Given.DEFAULT.changeWeight()).isEqualTo(0.2);
        assertThat(Given.REFERENCE.useWeight()).isEqualTo(0.4);
        assertThat(Given.REFERENCE.changeWeight()).isEqualTo(0.4);
        assertThat(new OptimalScalingStrategy().parametersType()).isEqualTo(OptimalParameters.class);
    }
}
