// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any bundle may bring an authenticator, with texts of its own. */
class CredentialTest {

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "badge/7, true",
        "keys, true",
        "key, false",
        "key/, false",
        "key/a, false",
        "key/a/b/c, false",
        "session, false",
        "session/, false",
        "user/anna, false",
        "jwt, false",
        "jwt/x, false",
        "jwt/x/soon, false",
        "jwt/x/99999999999999999999, false",
        "jwt/x/2000000000, true",
        "jwt/x/1, false",
    })
    void whatOnlyBeginsLikeOneOfTheProductCountsNoMore(String credential, boolean counts) {
        assertThat(Credential.counts(credential, IdentityDirectory.NOTHING, Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo(counts);
    }
}
