// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.FakeSmo;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DemoLoadTest {

    @Property(tries = 500)
    void theRaisedLoadNeedsMoreReplicasAndNeverMoreThanThereMayBe(
            @ForAll @DoubleRange(min = 0.01, max = 100) double alpha,
            @ForAll @DoubleRange(min = 0, max = 0.99) double offset,
            @ForAll @IntRange(min = 1, max = 4) int min,
            @ForAll @IntRange(min = 1, max = 6) int more,
            @ForAll @IntRange(min = 0, max = 3) int attempt) {
        // A replica serves at least something, as every sensible profile says.
        DemoLoad load = new DemoLoad("s", min, min + more, true, alpha, -alpha * offset);
        double least = alpha * min - alpha * offset;
        double most = alpha * (min + more) - alpha * offset;
        assertThat(load.canGrow()).isTrue();
        assertThat(load.quiet()).isLessThanOrEqualTo(least);
        assertThat(load.raised(attempt)).isGreaterThan(least).isLessThanOrEqualTo(most);
    }

    @Test
    void theDescriptorSaysWhatAReplicaServes() {
        DisplayedGraph graph = DisplayedGraph.from(FakeSmo.json("""
                {"hdaGraph":{"services":[{"id":"other"},
                 {"id":"s","scaling":{"minReplicas":2,"maxReplicas":7,"profile":{"alpha":40,"beta":-5}}}]}}"""));
        assertThat(DemoLoad.of(graph, "s")).isEqualTo(new DemoLoad("s", 2, 7, true, 40, -5));
    }

    @Test
    void withoutAProfileTheLoadIsTriedFromLowToHigh() {
        DemoLoad load = DemoLoad.of(DisplayedGraph.from(FakeSmo.json("{}")), "s");
        assertThat(load.known()).isFalse();
        assertThat(load.quiet()).isPositive().isLessThan(load.raised(0));
        for (int attempt = 1; attempt < DemoLoad.attempts(); attempt++) {
            assertThat(load.raised(attempt)).isGreaterThan(load.raised(attempt - 1));
        }
    }

    @Test
    void aServiceOfFixedSizeCannotGrow() {
        assertThat(new DemoLoad("s", 2, 2, true, 1, 0).canGrow()).isFalse();
        assertThat(new DemoLoad("s", 0, 1, true, 1, 0).canGrow()).isFalse();
    }
}
