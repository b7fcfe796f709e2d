// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The descriptors of the guide about schedules are valid, their parameters included. */
class SchedulesGuideTest {

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsExamplesAreValid() throws Exception {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../../../docs/guide/schedules.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        try (EmbeddedCore core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(1000, 1 << 30, 1 << 30, 0))),
                "guide-" + UUID.randomUUID())) {
            assertThat(blocks).hasSize(3).allSatisfy(block -> {
                boolean ofService = block.startsWith("scaling:");
                String graph = """
                    hdaGraph:
                      id: web
                    %s  services:
                        - id: front
                          deployment: { trigger: { auto: {} }, intent: { compute: { cpu: light, ram: light } } }
                          artifact: { ociImage: "oci://registry.example/demo/front", ociConfig: { type: App, implementer: HELM } }
                    %s\
                    """.formatted(ofService ? "" : block.indent(2), ofService ? block.indent(6) : "");
                assertThat(core.graph("p", graph).services()).hasSize(1);
            });
        }
    }
}
