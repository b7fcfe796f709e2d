// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphPhase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTableTest {

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource({
        "PENDING, DEPLOYING, true",
        "PENDING, RUNNING, false",
        "DEPLOYING, RUNNING, true",
        "RUNNING, DEGRADED, true",
        "RUNNING, STOPPED, false",
        "RUNNING, PENDING, false",
        "STOPPING, STOPPED, true",
        "STOPPED, RUNNING, false",
        "STOPPED, DEPLOYING, true",
        "REMOVING, RUNNING, false",
        "REMOVING, STOPPED, false",
        "FAILED, DEPLOYING, true",
        "WAITING, RUNNING, true"
    })
    void allowsWhatTheTableSays(GraphPhase from, GraphPhase to, boolean allowed) {
        assertThat(PhaseTable.allows(from, to)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @EnumSource(GraphPhase.class)
    void everyPhaseMayStayAndMayBeRemoved(GraphPhase phase) {
        assertThat(PhaseTable.allows(phase, phase)).isTrue();
        assertThat(PhaseTable.allows(phase, GraphPhase.REMOVING)).isTrue();
    }

    @Test
    void nothingComesBackFromBeingRemovedExceptAsFailed() {
        assertThat(Arrays.stream(GraphPhase.values()).filter(to -> PhaseTable.allows(GraphPhase.REMOVING, to)))
                .containsExactlyInAnyOrder(GraphPhase.REMOVING, GraphPhase.FAILED);
    }
}
