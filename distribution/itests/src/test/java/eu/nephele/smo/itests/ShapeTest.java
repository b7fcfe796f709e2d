// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing becomes too wide to be understood: few parameters, few components, packages that stand on each other in one direction. */
class ShapeTest {

    private static final int MOST_PARAMETERS = 7;
    private static final int MOST_COMPONENTS = 12;

    private final Shape shape = new Shape();

    @Test
    void constructorsHaveAtMostSevenParameters() {
        assertThat(shape.rooms()).hasSizeGreaterThan(40);
        assertThat(shape.constructorsAbove(MOST_PARAMETERS)).isEmpty();
    }

    @Test
    void recordsHaveAtMostTwelveComponents() {
        assertThat(shape.recordsAbove(MOST_COMPONENTS)).isEmpty();
    }

    /** What is counted is there to be counted. */
    @Test
    void widthIsSeen() {
        assertThat(shape.constructorsAbove(5))
                .hasSizeGreaterThan(shape.constructorsAbove(6).size());
        assertThat(shape.recordsAbove(8))
                .hasSizeGreaterThan(shape.recordsAbove(10).size());
    }

    @Test
    void noPackagesOfARoomNeedEachOtherInACircle() {
        assertThat(shape.arrows())
                .as("rooms with packages that use each other")
                .containsKeys("core/engine", "core/store", "access/cli");
        assertThat(shape.circles()).isEmpty();
    }

    @Test
    void aCircleIsFound() {
        assertThat(Shape.circle(Map.of("a", Set.of("b", "c"), "b", Set.of(), "c", Set.of("d"), "d", Set.of("b", "c"))))
                .containsExactlyInAnyOrder("c", "d");
    }
}
