// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.cli.diagnose.FlameGraph.PlacedFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {

    private final FlameGraph graph = new FlameGraph();

    @Test
    void whatStacksBeginWithIsOneFrameAndEachLiesUnderItsCaller() {
        graph.add(List.of("main", "b"), 10);
        graph.add(List.of("main", "a", "deep"), 30);
        graph.add(List.of("main"), 60);

        assertThat(graph.placed(0))
                .containsExactly(
                        new PlacedFrame("all", 0, 0, 100),
                        new PlacedFrame("main", 1, 0, 100),
                        new PlacedFrame("a", 2, 0, 30),
                        new PlacedFrame("deep", 3, 0, 30),
                        new PlacedFrame("b", 2, 30, 10));
        assertThat(graph.samples()).isEqualTo(3);
        assertThat(graph.total()).isEqualTo(100);
    }

    @Test
    void whatIsTooNarrowIsLeftOutAndItsNeighboursStayWhereTheyAre() {
        graph.add(List.of("narrow"), 1);
        graph.add(List.of("wide"), 999);

        assertThat(graph.placed(0.01))
                .containsExactly(new PlacedFrame("all", 0, 0, 1000), new PlacedFrame("wide", 1, 1, 999));
    }

    @Test
    void thePageIsOneFileWithoutScriptsAndNamesAreNoMarkup() {
        graph.add(
                List.of(
                        "smo-engine-N",
                        "evil<script>alert(\"1\")</script>&'",
                        "eu.nephele.smo.core.engine.Engine.pass"),
                1);

        String page = FlamePage.render(graph, "Processor <time>", "Width is time.", "%d samples"::formatted);

        assertThat(page)
                .contains("evil&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;")
                .contains("<title>Processor &lt;time&gt;</title>")
                .contains(
                        "title=\"eu.nephele.smo.core.engine.Engine.pass: 1 samples, 100.0 %\">core.engine.Engine.pass</i>")
                .contains("Width is time. 1 samples, 1 samples in all.")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void aPageOfNothingIsAPage() {
        assertThat(FlamePage.render(graph, "t", "e", "%d"::formatted)).contains("0 samples", "</html>");
    }
}
