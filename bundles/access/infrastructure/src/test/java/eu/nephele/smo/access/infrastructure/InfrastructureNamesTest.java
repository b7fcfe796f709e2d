// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InfrastructureNamesTest {

    private static RequestOrigin from(String principal, String key) {
        return new RequestOrigin(principal, "", Optional.of(new IdempotencyKey(key, "a body")));
    }

    @Test
    void aKeyIsThatOfItsCaller() {
        assertThat(InfrastructureNames.fresh("rack", from("ann", "k1")))
                .isEqualTo(InfrastructureNames.fresh("rack", from("ann", "k1")));
        assertThat(InfrastructureNames.fresh("rack", from("ann", "k1")))
                .isNotEqualTo(InfrastructureNames.fresh("rack", from("bob", "k1")));
        assertThat(InfrastructureNames.fresh("rack", from("ann", "k1")))
                .isNotEqualTo(InfrastructureNames.fresh("rack", from("ann", "k2")));
    }
}
