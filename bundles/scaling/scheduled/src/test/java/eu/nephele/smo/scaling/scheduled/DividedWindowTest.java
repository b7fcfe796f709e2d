// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of a service on several clusters: the parts of its bounds add up to them. */
class DividedWindowTest {

    private static final Instant OPEN = Instant.parse("2026-12-24T12:00:00Z");

    private static Window window(Integer min, Integer max) {
        return new Window(
                Optional.of("sale"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("2026-12-24"),
                Optional.of("2026-12-24"),
                Optional.empty(),
                Optional.ofNullable(min),
                Optional.ofNullable(max));
    }

    private static double[] portions(String text) {
        return Stream.of(text.split(" "))
                .mapToDouble(part -> part.equals("1/3") ? 1.0 / 3 : Double.parseDouble(part))
                .toArray();
    }

    /** Clusters with parts of a service with at most 20 replicas, as the engine asks for them. */
    private static List<ScalingTarget> targets(String service, int minEach, double... portions) {
        return IntStream.range(0, portions.length)
                .mapToObj(i -> ScalingTarget.builder(new GraphId("p", "g"), service, new ClusterId("sim", "c" + i))
                        .bounds(minEach, Math.max(minEach, (int) Math.ceil(20 * portions[i])))
                        .portion(portions[i])
                        .build())
                .toList();
    }

    private static Prepared prepared(Window window, List<ScalingTarget> targets) {
        ScheduledParameters parameters = new ScheduledParameters(
                Optional.empty(), "UTC", List.of(window), Duration.ZERO, OutsideRule.BASE, List.of());
        return new ScheduledStrategy().prepare(ScalingRequest.of(targets, List.of()), new At(OPEN, parameters));
    }

    private static String bounds(Prepared prepared) {
        return prepared.targets().stream()
                .map(target -> "%d..%d".formatted(target.minReplicas(), target.maxReplicas()))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}, at most {1}: {2}")
    @CsvSource({
        "1, 5, 0..5",
        "0.5 0.5, 5, 0..3 0..2",
        "1/3 1/3 1/3, 5, 0..2 0..2 0..1",
        "0.7 0.3, 5, 0..3 0..2",
        "1/3 1/3 1/3, 20, 0..7 0..7 0..6",
        "0.5 0.5, 1, 0..1 0..0",
        "0.5 0.5, 0, 0..0 0..0",
        "0.5 0.5, 90, 0..10 0..10",
        "0.5, 5, 0..2",
        "1 1, 5, 0..3 0..2"
    })
    void partsOfAMaximumAddUpToIt(String portions, int maximum, String expected) {
        assertThat(bounds(prepared(window(null, maximum), targets("a", 0, portions(portions)))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, at least {1}: {2}")
    @CsvSource({
        "1, 5, 5..20",
        "0.5 0.5, 5, 3..10 2..10",
        "1/3 1/3 1/3, 5, 2..7 2..7 1..7",
        "0.7 0.3, 5, 3..14 2..6",
        "1/3 1/3 1/3, 20, 7..7 7..7 6..7",
        "0.5 0.5, 90, 10..10 10..10",
        "0.5, 5, 3..10",
        "1 1, 5, 3..20 2..20"
    })
    void partsOfAMinimumAddUpToIt(String portions, int minimum, String expected) {
        assertThat(bounds(prepared(window(minimum, null), targets("a", 0, portions(portions)))))
                .isEqualTo(expected);
    }

    @Test
    void aMinimumThatIsTheMaximumLeavesOneNumber() {
        assertThat(bounds(prepared(window(5, 5), targets("a", 0, 0.5, 0.5)))).isEqualTo("3..3 2..2");
        assertThat(bounds(prepared(window(5, 5), targets("a", 0, 0.7, 0.3)))).isEqualTo("3..3 2..2");
    }

    @Test
    void ownMinimaWinOverTheMaximumOfAWindow() {
        assertThat(bounds(prepared(window(null, 5), targets("a", 1, 0.9, 0.05, 0.05))))
                .isEqualTo("1..3 1..1 1..1");
        assertThat(bounds(prepared(window(null, 2), targets("a", 1, 0.9, 0.05, 0.05))))
                .isEqualTo("1..1 1..1 1..1");
    }

    @Test
    void eachServiceIsDividedByItself() {
        List<ScalingTarget> both = Stream.concat(targets("a", 0, 0.5, 0.5).stream(), targets("b", 0, 0.5, 0.5).stream())
                .toList();
        assertThat(bounds(prepared(window(null, 5), both))).isEqualTo("0..3 0..2 0..3 0..2");
    }

    @Test
    void theNoteHasTheBoundsOfTheServiceAndThoseHere() {
        assertThat(prepared(window(4, 5), targets("a", 0, 0.5, 0.5)).notes())
                .containsExactly(
                        Optional.of("4 to 5 replicas in sale until Fri 2026-12-25 00:00 UTC; 2 to 3 here"),
                        Optional.of("4 to 5 replicas in sale until Fri 2026-12-25 00:00 UTC; 2 to 2 here"));
        assertThat(prepared(window(4, 50), targets("a", 0, 0.5, 0.5)).notes().get(0))
                .contains("4 to 50 replicas in sale until Fri 2026-12-25 00:00 UTC;"
                        + " cut to its own bounds, 0 to 20; 2 to 10 here");
    }

    @Test
    void sumsAreWithinTheWindowAndTheOwnBounds() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 5_000; round++) {
            double[] weights = random.doubles(1 + random.nextInt(5), 0.01, 1).toArray();
            double all = IntStream.range(0, weights.length)
                    .mapToDouble(i -> weights[i])
                    .sum();
            double[] portions = IntStream.range(0, weights.length)
                    .mapToDouble(i -> weights[i] / all)
                    .toArray();
            int min = random.nextInt(12);
            int max = min + random.nextInt(12);
            List<ScalingTarget> targets = targets("a", random.nextInt(3), portions);
            int least = targets.stream().mapToInt(ScalingTarget::minReplicas).sum();
            int most = targets.stream().mapToInt(ScalingTarget::maxReplicas).sum();
            List<ScalingTarget> after = prepared(window(min, max), targets).targets();
            assertThat(after.stream().mapToInt(ScalingTarget::minReplicas).sum())
                    .isEqualTo(Math.max(least, Math.min(min, most)));
            assertThat(after.stream().mapToInt(ScalingTarget::maxReplicas).sum())
                    .isEqualTo(Math.max(least, Math.min(max, most)));
            for (int i = 0; i < portions.length; i++) {
                assertThat(after.get(i).minReplicas())
                        .isBetween(targets.get(i).minReplicas(), after.get(i).maxReplicas());
                assertThat(after.get(i).maxReplicas())
                        .isLessThanOrEqualTo(targets.get(i).maxReplicas());
            }
        }
    }
}
