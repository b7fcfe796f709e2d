// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DescriptorEditsTest {

    @Property(tries = 200)
    void everyEditIsRecognisedLater(@ForAll long seed) {
        DescriptorEdits edits = new DescriptorEdits("g", new Random(seed), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        Set<String> everSeen = new HashSet<>();
        Set<String> versions = new HashSet<>();
        GraphSpec spec = edits.fresh();
        for (int i = 0; i < 20; i++) {
            assertThat(versions.add(spec.version())).as("a version of its own").isTrue();
            assertThat(spec.services()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
            Set<String> ids = new HashSet<>();
            for (ChaosService service : spec.services()) {
                assertThat(ids.add(service.id())).as("each service once").isTrue();
                assertThat(service.edit()).isLessThanOrEqualTo(spec.edit());
            }
            everSeen.addAll(ids);
            spec = edits.changed(spec);
        }
        GraphSpec another = edits.fresh();
        assertThat(another.services()).extracting(ChaosService::id).doesNotContainAnyElementsOf(everSeen);
    }

    @Property(tries = 50)
    void whoWantsAnAlertGetsAServiceThatWaitsForOne(@ForAll long seed) {
        DescriptorEdits edits = new DescriptorEdits("g", new Random(seed), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        GraphSpec spec = edits.fresh();
        for (int i = 0; i < 8; i++) {
            GraphSpec next = edits.waiting(spec);
            assertThat(next.services()).hasSizeLessThanOrEqualTo(5);
            assertThat(next.services().get(next.services().size() - 1).isConditional())
                    .isTrue();
            assertThat(next.version()).isNotEqualTo(spec.version());
            spec = next;
        }
    }

    @Property(tries = 50)
    void someServicesAreDividedAndKeepTheirLimitsWithoutAnyOneCluster(@ForAll long seed) {
        DescriptorEdits edits = new DescriptorEdits("g", new Random(seed), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        Set<ReplicaDivision> divisions = new HashSet<>();
        GraphSpec spec = edits.fresh();
        for (int i = 0; i < 60; i++) {
            spec.services().forEach(service -> divisions.add(service.division()));
            spec = edits.changed(spec);
        }
        assertThat(divisions).contains(ReplicaDivision.WHOLE).hasSizeGreaterThan(2);
        assertThat(divisions).allSatisfy(division -> {
            int remaining = division.weights().isEmpty()
                    ? WorldProcess.CLUSTERS.size() - 1
                    : division.weights().size() - 1;
            assertThat(division.leastClusters(division.atLeast(1))).isLessThanOrEqualTo(remaining);
            assertThat(WorldProcess.CLUSTERS).containsAll(division.weights().keySet());
        });
    }

    @Property(tries = 50)
    void theSameSeedMakesTheSameEdits(@ForAll long seed) {
        DescriptorEdits one = new DescriptorEdits("g", new Random(seed), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        DescriptorEdits other = new DescriptorEdits("g", new Random(seed), ChartCatalog.ANY, WorldProcess.CLUSTERS);
        assertThat(one.changed(one.fresh()).json())
                .isEqualTo(other.changed(other.fresh()).json());
    }
}
