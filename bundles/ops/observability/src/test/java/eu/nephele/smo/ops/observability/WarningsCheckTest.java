// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsCheckTest {

    private static Readiness.ReadinessCheck check(List<String> warnings) {
        return WarningsCheck.run(new HealthWarnings() {
            @Override
            public String subject() {
                return "defaults";
            }

            @Override
            public List<String> warnings() {
                return warnings;
            }
        });
    }

    @Test
    void warnsAndIsNoReasonNotToServe() {
        assertThat(check(List.of("a has no effect", "b has none")))
                .isEqualTo(new Readiness.ReadinessCheck("defaults", true, "WARN: a has no effect; b has none"));
        assertThat(check(List.of())).isEqualTo(new Readiness.ReadinessCheck("defaults", true, "no warnings"));
    }

    @Test
    void theNumberOfWarningsIsBounded() {
        assertThat(check(Collections.nCopies(25, "x")).message()).endsWith("x; and 5 more");
    }
}
