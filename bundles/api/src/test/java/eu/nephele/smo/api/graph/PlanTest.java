// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void aPlanIsValidUpToItsLastMoment() {
        Instant made = Instant.parse("2026-06-01T12:00:00Z");
        Plan.Validity validity = Plan.Validity.from(made, Duration.ofMinutes(10));
        assertThat(validity).isEqualTo(new Plan.Validity(made, Instant.parse("2026-06-01T12:10:00Z")));
        assertThat(validity.isOver(made)).isFalse();
        assertThat(validity.isOver(validity.expiresAt())).isFalse();
        assertThat(validity.isOver(validity.expiresAt().plusNanos(1))).isTrue();
    }
}
