// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditQueryParametersTest {

    @Test
    void placesAndTimesAreRead() {
        assertThat(AuditQueryParameters.sequence(null)).isZero();
        assertThat(AuditQueryParameters.sequence("12")).isEqualTo(12);
        assertThat(AuditQueryParameters.instant("from", null)).isEmpty();
        assertThat(AuditQueryParameters.instant("from", "2026-11-27T13:00:00+01:00"))
                .contains(Instant.parse("2026-11-27T12:00:00Z"));
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThatThrownBy(() -> AuditQueryParameters.sequence("-1")).isInstanceOf(SmoException.class);
        assertThatThrownBy(() -> AuditQueryParameters.sequence("x")).isInstanceOf(SmoException.class);
        assertThatThrownBy(() -> AuditQueryParameters.instant("to", "yesterday"))
                .isInstanceOf(SmoException.class);
    }
}
