// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is proposed from known series. */
class ResourceSizerTest {

    private static final Instant NOW = Instant.parse("2026-06-10T00:00:00Z");
    private static final Duration STEP = RightsizingSettings.STANDARD.step();
    private static final int DAY = 288;
    private static final long MIB = 1L << 20;
    private static final ClassLadder CORES = new ClassLadder(List.of(
            new ResourceClass("light", 0.5),
            new ResourceClass("small", 1),
            new ResourceClass("medium", 4),
            new ResourceClass("large", 8)));
    private static final ClassLadder BYTES = new ClassLadder(List.of(
            new ResourceClass("light", 500 * MIB),
            new ResourceClass("small", 1024 * MIB),
            new ResourceClass("medium", 2048 * MIB),
            new ResourceClass("large", 8192 * MIB)));
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));

    private final ResourceSizer sizer = new ResourceSizer(RightsizingSettings.STANDARD);

    /** A series up to now. */
    private static UseSeries series(int samples, double replicas, IntToDoubleFunction perReplica) {
        List<UsePoint> points = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            Instant at = NOW.minus(STEP.multipliedBy(samples - 1L - i));
            points.add(new UsePoint(at, replicas * perReplica.applyAsDouble(i), replicas));
        }
        return new UseSeries(points);
    }

    private static ResourceFacts cpu(double present, UseSeries use) {
        return new ResourceFacts(
                ComputeResource.CPU,
                present,
                CORES,
                Optional.empty(),
                use,
                UseSeries.EMPTY,
                LONG_AGO,
                Optional.empty(),
                NOW);
    }

    private static ResourceFacts memory(double present, UseSeries use) {
        return new ResourceFacts(
                ComputeResource.MEMORY,
                present,
                BYTES,
                Optional.empty(),
                use,
                UseSeries.EMPTY,
                LONG_AGO,
                Optional.empty(),
                NOW);
    }

    private ResourceAdvice advise(ResourceFacts facts) {
        return sizer.advise(facts, ScalingDriver.NONE);
    }

    private static String to(ResourceAdvice advice) {
        return advice.proposed().map(ResourceClass::name).orElse("");
    }

    @Test
    void oneClassIsGoneDownAtATime() {
        ResourceAdvice advice = advise(cpu(8, series(2 * DAY, 3, i -> 0.2)));
        assertThat(to(advice)).isEqualTo("medium");
        assertThat(advice.saving()).isEqualTo(12);
        assertThat(advice.quality().confidence()).isEqualTo(DataQuality.Confidence.MEDIUM);
    }

    @Test
    void nothingAboveTheLimitOfTheChartIsProposed() {
        UseSeries busy = series(2 * DAY, 3, i -> 0.99);
        ResourceFacts limited = new ResourceFacts(
                ComputeResource.CPU,
                1,
                CORES.upTo(Optional.of(2.0)),
                Optional.of(2.0),
                busy,
                UseSeries.EMPTY,
                LONG_AGO,
                Optional.empty(),
                NOW);
        assertThat(to(advise(cpu(1, busy)))).isEqualTo("medium");
        assertThat(to(advise(limited))).isEmpty();
        assertThat(advise(limited).reason())
                .contains("below the limit of 2 in its chart: raise resources.limits first");
    }

    @Test
    void severalClassesAreGoneDownWhereThatIsHalfAtMost() {
        ClassLadder fine = new ClassLadder(List.of(
                new ResourceClass("a", 1),
                new ResourceClass("b", 2),
                new ResourceClass("c", 3),
                new ResourceClass("d", 4)));
        assertThat(fine.below(4, 0.1)).map(ResourceClass::name).hasValue("b");
        assertThat(fine.below(4, 2.5)).map(ResourceClass::name).hasValue("c");
        assertThat(fine.below(4, 3.5)).isEmpty();
        assertThat(fine.below(1, 0.1)).isEmpty();
    }

    @Test
    void theQuantileCountsForCpuAndTheHighestValueForMemory() {
        // 4 of 100 values are high
        assertThat(to(advise(cpu(4, series(2 * DAY, 2, i -> i % 25 == 0 ? 3 : 0.5)))))
                .isEqualTo("small");
        assertThat(to(advise(memory(2048 * MIB, series(2 * DAY, 2, i -> (i % 25 == 0 ? 900 : 300) * MIB)))))
                .isEmpty();
        assertThat(to(advise(memory(2048 * MIB, series(2 * DAY, 2, i -> (i % 25 == 0 ? 700 : 300) * MIB)))))
                .isEqualTo("small");
    }

    @Test
    void throttlingIsTheShareOfValuesAboveTheProposal() {
        ResourceAdvice advice = advise(cpu(4, series(2 * DAY, 2, i -> i % 25 == 0 ? 3 : 0.5)));
        assertThat(advice.risks()).anyMatch(risk -> risk.contains("4.2 % of the time"));
    }

    @Test
    void lessThanADayIsNotEnough() {
        ResourceAdvice advice = advise(cpu(4, series(DAY / 2, 2, i -> 0.1)));
        assertThat(to(advice)).isEmpty();
        assertThat(advice.reason()).contains("12.0 h of data", "24 h are needed");
    }

    @Test
    void onlyDataSinceTheLastChangeCount() {
        UseSeries use = series(7 * DAY, 2, i -> 0.1);
        ResourceFacts changed = new ResourceFacts(
                ComputeResource.CPU,
                4,
                CORES,
                Optional.empty(),
                use,
                UseSeries.EMPTY,
                NOW.minus(Duration.ofHours(6)),
                Optional.empty(),
                NOW);
        assertThat(to(advise(cpu(4, use)))).isEqualTo("small");
        assertThat(to(advise(changed))).isEmpty();
    }

    @Test
    void oldDataAreNoData() {
        UseSeries old = series(4 * DAY, 2, i -> 0.1).until(NOW.minus(Duration.ofHours(3)));
        assertThat(advise(cpu(4, old)).reason()).startsWith("the newest data are of");
    }

    @Test
    void whatIsScaledByCpuIsNotSizedByIt() {
        ResourceAdvice advice =
                sizer.advise(cpu(4, series(7 * DAY, 2, i -> 0.1)), new ScalingDriver(true, true, false));
        assertThat(to(advice)).isEmpty();
        assertThat(advice.reason()).contains("would only make more replicas");
        ResourceAdvice memory = sizer.advise(
                memory(8192 * MIB, series(7 * DAY, 2, i -> 100 * MIB)), new ScalingDriver(true, true, false));
        assertThat(to(memory)).isEqualTo("medium");
    }

    @Test
    void whatIsScaledByRequestsIsToldThatTheProfileMayNotHold() {
        ResourceAdvice advice =
                sizer.advise(cpu(4, series(7 * DAY, 2, i -> 0.1)), new ScalingDriver(true, false, false));
        assertThat(to(advice)).isEqualTo("small");
        assertThat(advice.risks()).anyMatch(risk -> risk.contains("alpha"));
    }

    @Test
    void aReplicaThatStartsNeedsWhatItUsesThen() {
        List<UsePoint> points = new ArrayList<>(series(7 * DAY, 2, i -> 0.1).points());
        int last = points.size() - 50;
        // two run with 0.1 each, the third one uses 1.5 cores while it starts
        points.set(last, new UsePoint(points.get(last).at(), 1.7, 3));
        points.set(last + 1, new UsePoint(points.get(last + 1).at(), 0.3, 3));
        ResourceAdvice advice = advise(cpu(4, new UseSeries(points)));
        assertThat(advice.use().startUpPeak()).isEqualTo(1.5);
        assertThat(to(advice)).isEmpty();
    }

    @Test
    void moreIsProposedWhereARequestIsUsedUp() {
        assertThat(to(advise(cpu(1, series(2 * DAY, 2, i -> 0.97))))).isEqualTo("medium");
        assertThat(to(advise(memory(1024 * MIB, series(2 * DAY, 2, i -> 1000 * MIB)))))
                .isEqualTo("medium");
        ResourceAdvice largest = advise(cpu(8, series(2 * DAY, 2, i -> 8)));
        assertThat(to(largest)).isEmpty();
        assertThat(largest.reason()).contains("no installed class is larger");
    }

    @Test
    void oneValueThatIsTenTimesTooHighMakesNothingGrowAndNothingShrink() {
        UseSeries use = series(2 * DAY, 2, i -> (i == 100 ? 3000 : 300) * MIB);
        assertThat(to(advise(memory(500 * MIB, use)))).isEmpty();
        assertThat(to(advise(memory(2048 * MIB, use)))).isEmpty();
    }

    @Test
    void valuesInAnotherUnitAreNotBelieved() {
        assertThat(advise(cpu(4, series(2 * DAY, 2, i -> 900))).reason()).contains("another unit");
        assertThat(advise(memory(1024 * MIB, series(2 * DAY, 2, i -> 300))).reason())
                .contains("another unit");
    }

    @Test
    void useThatFollowedASmallerRequestStopsTheNextReduction() {
        Instant at = NOW.minus(Duration.ofDays(3));
        Reduction reduction = new Reduction(at, 8192 * MIB, 2048 * MIB);
        UseSeries followed = series(6 * DAY, 2, i -> (i < 3 * DAY ? 2048 : 512) * MIB);
        UseSeries same = series(6 * DAY, 2, i -> 512 * MIB);
        UseSeries unknown = series(3 * DAY, 2, i -> 512 * MIB);
        assertThat(advise(reduced(followed, reduction)).reason()).contains("it follows the request");
        assertThat(to(advise(reduced(followed, reduction)))).isEmpty();
        assertThat(to(advise(reduced(same, reduction)))).isEqualTo("small");
        assertThat(to(advise(reduced(unknown, reduction)))).isEmpty();
    }

    private static ResourceFacts reduced(UseSeries use, Reduction reduction) {
        return new ResourceFacts(
                ComputeResource.MEMORY,
                2048 * MIB,
                BYTES,
                Optional.empty(),
                use,
                UseSeries.EMPTY,
                reduction.at(),
                Optional.of(reduction),
                NOW);
    }
}
