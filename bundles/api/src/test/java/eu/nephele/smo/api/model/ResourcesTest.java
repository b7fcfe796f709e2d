// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    @Property
    void whatIsAddedCanBeTakenAway(
            @ForAll @LongRange(min = 0, max = 1_000_000) long a, @ForAll @LongRange(min = 0, max = 1_000_000) long b) {
        Resources one = new Resources(a, b, a + b, a % 5, Map.of("x", a));
        Resources other = new Resources(b, a, 1, b % 3, Map.of("y", b));
        assertThat(one.plus(other).minusFloored(other)).isEqualTo(one);
        assertThat(one.fitsInto(one.plus(other))).isTrue();
        assertThat(Resources.ofNames(one.byName())).isEqualTo(one);
    }

    @Property
    void timesIsRepeatedAddition(
            @ForAll @LongRange(min = 0, max = 10_000) long amount, @ForAll @IntRange(max = 20) int n) {
        Resources one = new Resources(amount, amount * 2, 0, amount % 3);
        Resources sum = Resources.NONE;
        for (int i = 0; i < n; i++) {
            sum = sum.plus(one);
        }
        assertThat(one.times(n)).isEqualTo(sum);
    }

    @Test
    void aCapacityWithoutACountIsNeverUsedUp() {
        Resources flag = new Resources(0, 0, 0, Resources.UNLIMITED);
        Resources use = new Resources(0, 0, 0, 1000);
        assertThat(flag.minusFloored(use).gpus()).isEqualTo(Resources.UNLIMITED);
        assertThat(flag.plus(use).gpus()).isEqualTo(Resources.UNLIMITED);
        assertThat(flag.times(3).gpus()).isEqualTo(Resources.UNLIMITED);
        assertThat(use.fitsInto(flag)).isTrue();
    }

    @Test
    void fittingIsInclusiveAndKnowsEveryResource() {
        Resources free = new Resources(1000, 100, 10, 1, Map.of("nvidia.com/mig-1g.5gb", 2L));
        assertThat(free.fitsInto(free)).isTrue();
        assertThat(new Resources(1001, 0, 0, 0).fitsInto(free)).isFalse();
        assertThat(new Resources(0, 101, 0, 0).fitsInto(free)).isFalse();
        assertThat(new Resources(0, 0, 11, 0).fitsInto(free)).isFalse();
        assertThat(new Resources(0, 0, 0, 2).fitsInto(free)).isFalse();
        assertThat(new Resources(0, 0, 0, 0, Map.of("nvidia.com/mig-1g.5gb", 3L)).fitsInto(free))
                .isFalse();
        assertThat(new Resources(0, 0, 0, 0, Map.of("other", 1L)).fitsInto(free))
                .isFalse();
    }

    @Test
    void whatIsMissingIsSaidInOneWay() {
        Resources free = new Resources(500, 1L << 30, 0, 1, Map.of("example.com/npu", 1L));
        assertThat(new Resources(3000, 0, 0, 0).shortage(free)).isEqualTo("needs 3 cores, 0.5 free");
        assertThat(new Resources(400, (1L << 30) + 1, 0, 2, Map.of("example.com/npu", 2L)).shortage(free))
                .isEqualTo(
                        "needs 1.001 GiB of memory, 1 free; needs 2 GPUs, 1 free; needs 2 of example.com/npu, 1 free");
        assertThat(free.shortage(free)).isEmpty();
        assertThat(new Resources(1, 0, 0, Resources.UNLIMITED).shortage(new Resources(1, 0, 0, Resources.UNLIMITED)))
                .isEmpty();
    }

    @Test
    void negativeAmountsAreRefusedWithAllValues() {
        assertThatThrownBy(() -> new Resources(-1, 2, 3, 4))
                .hasMessageContaining("cpuMillis=-1")
                .hasMessageContaining("memoryBytes=2");
        assertThatThrownBy(() -> Resources.NONE.times(-1)).hasMessageContaining("count=-1");
    }

    @Test
    void furtherResourcesAreCalculatedLikeAllOthers() {
        Resources one = new Resources(1, 0, 0, 0, Map.of("x", 5L, "y", 1L));
        Resources other = new Resources(3, 0, 0, 0, Map.of("x", 2L, "z", 7L));
        assertThat(one.plus(other)).isEqualTo(new Resources(4, 0, 0, 0, Map.of("x", 7L, "y", 1L, "z", 7L)));
        assertThat(one.minusFloored(other)).isEqualTo(new Resources(0, 0, 0, 0, Map.of("x", 3L, "y", 1L)));
        assertThat(one.max(other)).isEqualTo(new Resources(3, 0, 0, 0, Map.of("x", 5L, "y", 1L, "z", 7L)));
        assertThat(one.times(3)).isEqualTo(new Resources(3, 0, 0, 0, Map.of("x", 15L, "y", 3L)));
        assertThat(Resources.NONE.plus(other)).isEqualTo(other);
        assertThat(other.plus(Resources.NONE)).isEqualTo(other);
    }

    @Test
    void anAmountOfZeroOfAFurtherResourceIsNone() {
        Resources zero = new Resources(0, 0, 0, 0, Map.of("x", 0L));
        assertThat(zero).isEqualTo(Resources.NONE);
        assertThat(zero.isZero()).isTrue();
        assertThat(new Resources(0, 0, 0, 0, Map.of("x", 1L)).isZero()).isFalse();
        assertThat(new Resources(0, 0, 0, 1).isZero()).isFalse();
        assertThatThrownBy(() -> new Resources(0, 0, 0, 0, Map.of("x", -1L))).hasMessageContaining("x=-1");
    }
}
