// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialReviewTest {

    private static final String GRAFANA = "eu.nephele.smo.adapters.grafana";
    private static final String STORE = "eu.nephele.smo.core.store";

    private final CredentialReview review = new CredentialReview(reference -> switch (reference) {
        case "file:secrets/good" -> Optional.of("3hf8-dk29-xx");
        case "file:secrets/known" -> Optional.of("Admin\n");
        case "file:secrets/link" ->
            throw new AdapterException(AdapterException.Kind.REFUSED, "secrets", "secrets/link is a link");
        case "vault:kv/smo#away" ->
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "vault", "Vault is sealed");
        default -> Optional.empty();
    });

    private List<String> faults(String pid, Map<String, Object> properties) {
        return review.faults(Map.of(pid, properties));
    }

    @ParameterizedTest
    @CsvSource({
        "password, file:secrets/good, ''",
        "password, '', ''",
        "password, vault:kv/smo#away, ''",
        "password, file:secrets/known, is a default that everybody knows",
        "password, admin, is a default that everybody knows",
        "password, file:secrets/missing, where nothing is",
        "password, file:secrets/link, cannot be read",
        "token, prom-operator, is a default that everybody knows",
        "alertsSecret, changeme, is a default that everybody knows",
        "url, admin, ''",
        "requireToken, true, ''",
    })
    void aCredentialThatIsMissingOrKnownIsNamed(String name, String value, String expected) {
        List<String> faults = faults(GRAFANA, Map.of(name, value));
        if (expected.isEmpty()) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).singleElement().asString().contains(name + " of " + GRAFANA, expected);
            assertThat(faults.toString()).doesNotContain("3hf8");
        }
    }

    @Test
    void aPasswordThatIsTheUsersNameIsADefault() {
        assertThat(faults(GRAFANA, Map.of("username", "harald", "password", "harald")))
                .hasSize(1);
        assertThat(faults(GRAFANA, Map.of("username", "harald", "password", "harald-hj3k8")))
                .isEmpty();
    }

    @Test
    void severalCredentialsAreEachLookedAt() {
        assertThat(faults("eu.nephele.smo.adapters.oci", Map.of("credentials", new String[] {"file:secrets/good", "root"
                })))
                .hasSize(1);
    }

    @Test
    void aDatabaseOfOthersNeedsAPassword() {
        String url = "jdbc:postgresql://db:5432/smo";
        assertThat(faults(STORE, Map.of("url", url, "user", "smo")))
                .singleElement()
                .asString()
                .contains("no password", "db:5432");
        assertThat(faults(STORE, Map.of("url", url, "passwordReference", "file:secrets/good")))
                .isEmpty();
        assertThat(faults(STORE, Map.of("url", ""))).isEmpty();
    }

    @Test
    void theTokenHasToBeThereAndLong() {
        assertThat(review.tokenFaults(Optional.empty(), "/data/etc/admin.token"))
                .singleElement()
                .asString()
                .contains("is missing", "/data/etc/admin.token", "urandom");
        assertThat(review.tokenFaults(Optional.of("short"), "t"))
                .singleElement()
                .asString()
                .contains("too short")
                .doesNotContain("short\"");
        assertThat(review.tokenFaults(Optional.of("0123456789abcdef"), "t")).isEmpty();
    }
}
