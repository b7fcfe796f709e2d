// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.rightsizing.SimulatedService.Behaviour;
import eu.nephele.smo.core.rightsizing.SimulatedService.Scaler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Proposals that are carried out again and again in a world that answers them. */
class SizingConvergesTest {

    private static final long GIB = 1L << 30;
    private static final int ROUNDS = 14;
    private static final double CPU_QUANTILE = RightsizingSettings.STANDARD.cpuQuantile();

    private static ClassLadder ladder(double smallest, double ratio) {
        return new ClassLadder(IntStream.range(0, 10)
                .mapToObj(i -> new ResourceClass("c" + i, smallest * Math.pow(ratio, i)))
                .toList());
    }

    @Property(tries = 60)
    void proposalsOfCpuConvergeAboveTheNeedAndAreNeverTakenBack(
            @ForAll Scaler scaler,
            @ForAll @DoubleRange(min = 0.5, max = 20) double load,
            @ForAll @DoubleRange(min = 0, max = 2) double startUp,
            @ForAll @DoubleRange(min = 1.3, max = 4) double ratio,
            @ForAll @IntRange(min = 2, max = 9) int first,
            @ForAll long seed) {
        ClassLadder ladder = ladder(0.1, ratio);
        double size = ladder.classes().get(first).amount();
        SimulatedService service =
                new SimulatedService(new Behaviour(ComputeResource.CPU, scaler, load, 0, startUp), ladder, size, seed);
        List<Double> sizes = carryOut(service, CPU_QUANTILE, 0);
        double need = service.wanted(CPU_QUANTILE);
        double largest = largest(ladder);
        if (scaler == Scaler.LEARNED_RATE) {
            // where several run, a smaller one serves less, whatever its size: that is seen and ends it
            assertThat(sizes.subList(1, sizes.size()))
                    .filteredOn(each -> each < load / 2)
                    .hasSizeLessThanOrEqualTo(2);
        } else {
            assertThat(service.size()).isGreaterThanOrEqualTo(Math.min(need, largest));
        }
    }

    @Property(tries = 60)
    void proposalsOfMemoryStayAboveEachPeakAlsoWhereUseFollowsTheRequest(
            @ForAll @DoubleRange(min = 0.5, max = 20) double load,
            @ForAll @DoubleRange(min = 0, max = 0.7) double followed,
            @ForAll @DoubleRange(min = 1.3, max = 4) double ratio,
            @ForAll @IntRange(min = 4, max = 9) int first,
            @ForAll long seed) {
        ClassLadder ladder = ladder(0.1 * GIB, ratio);
        double size = ladder.classes().get(first).amount();
        SimulatedService service = new SimulatedService(
                new Behaviour(ComputeResource.MEMORY, Scaler.FIXED, load * GIB, followed, 0), ladder, size, seed);
        List<Double> sizes = carryOut(service, 1, 0.2);
        boolean shrinks = sizes.get(sizes.size() - 1) < sizes.get(0);
        for (int i = 1; shrinks && i < sizes.size() - 1; i++) {
            // as a heap that is sized by its container: one reduction shows it
            assertThat(followed * sizes.get(i - 1)).isLessThan(1.3 * load * GIB / SimulatedService.FIXED_REPLICAS);
        }
        assertThat(service.size()).isGreaterThanOrEqualTo(Math.min(service.wanted(1), largest(ladder)));
    }

    /** Returns the sizes that it had. */
    private static List<Double> carryOut(SimulatedService service, double quantile, double margin) {
        List<Double> sizes = new ArrayList<>(List.of(service.size()));
        int quiet = 0;
        for (int round = 0; round < ROUNDS; round++) {
            service.run(2);
            Optional<ResourceClass> to = service.advise().proposed();
            if (to.isPresent() && to.get().amount() < service.size()) {
                assertThat(to.get().amount()).isGreaterThan(service.wanted(quantile) * (1 + margin) * 0.999);
            }
            to.ifPresent(service::apply);
            to.ifPresent(each -> sizes.add(each.amount()));
            quiet = to.isPresent() ? 0 : quiet + 1;
        }
        assertThat(quiet).as("rounds without a proposal at the end").isGreaterThanOrEqualTo(2);
        assertThat(sizes).satisfiesAnyOf(all -> assertThat(all).isSorted(), all -> assertThat(all)
                .isSortedAccordingTo((one, other) -> Double.compare(other, one)));
        return sizes;
    }

    private static double largest(ClassLadder ladder) {
        return ladder.classes().get(ladder.classes().size() - 1).amount();
    }
}
