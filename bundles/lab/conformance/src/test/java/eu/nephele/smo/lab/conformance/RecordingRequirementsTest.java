// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordingRequirementsTest {

    private final RecordingRequirements requirements = new RecordingRequirements();

    @Test
    void writesDownCallsInTheirOrder() {
        requirements.apart("a", "b");
        requirements.replicas("a", OptionalInt.of(2), OptionalInt.empty());
        requirements.totalReplicas(OptionalInt.empty(), OptionalInt.of(9));
        requirements.maxLatency("a", "b", 20);
        requirements.keepPlacement("because");
        assertThat(requirements.calls())
                .containsExactly(
                        "apart a b", "replicas a 2..", "totalReplicas ..9", "maxLatency a b 20.0", "keepPlacement");
    }

    @Test
    void theLastWordOnResourcesCounts() {
        requirements.resources("a", new Resources(1, 0, 0, 0));
        requirements.resources("a", new Resources(2, 0, 0, 0));
        assertThat(requirements.resources()).containsExactly(Map.entry("a", new Resources(2, 0, 0, 0)));
    }

    @Test
    void refusalsNameEveryBrokenRuleOfTheService() {
        requirements.allowOnly("a", cluster -> false, "never");
        requirements.allowOnly("a", cluster -> cluster.id().name().equals("c1"), "only c1");
        requirements.allowOnly("b", cluster -> false, "not b");
        assertThat(requirements.refusals("a", cluster("c1"))).containsExactly("never");
        assertThat(requirements.refusals("a", cluster("c2"))).containsExactly("never", "only c1");
        assertThat(requirements.refusals("c", cluster("c2"))).isEmpty();
    }

    private static ClusterState cluster(String name) {
        return new ClusterState(
                new ClusterId("test", name),
                true,
                Resources.NONE,
                Resources.NONE,
                "",
                Map.of(),
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
