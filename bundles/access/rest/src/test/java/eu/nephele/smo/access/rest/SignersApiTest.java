// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signers of plugins over HTTP. */
final class SignersApiTest {

    private static final String SIGNERS = "/api/v1/signers";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void signersAreListedWithTheirKeys() {
        Api.Answer list = api.get(SIGNERS);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.json().at("/items/0/name").asText()).isEqualTo("acme");
        assertThat(list.json().at("/items/0/scope").asText()).isEqualTo("strategies");
        assertThat(list.json().at("/items/0/keys/0/fingerprint").asText()).isEqualTo(InMemorySigners.KEY);
        assertThat(list.json().at("/items/0/keys/0/revokedAt").isNull()).isTrue();
    }

    @Test
    void aKeyIsAddedWithAScope() {
        Api.Answer added = api.post(SIGNERS + "/acme/keys", "{\"certificate\":\"PEM\",\"scope\":\"adapters\"}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().path("scope").asText()).isEqualTo("adapters");
        assertThat(api.platform.signers.calls).hasSize(1).first().asString().contains("Optional[ADAPTERS] PEM");
        assertThat(api.post(SIGNERS + "/acme/keys", "{\"certificate\":\"PEM\",\"scope\":\"all\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post(SIGNERS + "/acme/keys", "{}").status()).isEqualTo(400);
        assertThat(api.platform.signers.calls)
                .as("what is wrong is not asked for")
                .hasSize(1);
    }

    @Test
    void aKeyIsRevokedAndWhatItHasSignedIsNamed() {
        Api.Answer revoked =
                api.post(SIGNERS + "/acme/keys/4b1f0c9a22d7/revoke", "{\"reason\":\"laptop lost\",\"stop\":true}");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().at("/running/0").asText()).isEqualTo("acme.one 1.0.0");
        assertThat(revoked.json().at("/signer/keys/0/reason").asText()).isEqualTo("laptop lost");
        assertThat(api.platform.signers.calls).containsExactly("revoke acme 4b1f0c9a22d7 'laptop lost' true");
        assertThat(api.post(SIGNERS + "/acme/keys/4b1f0c9a22d7/revoke", "{\"stop\":\"yes\"}")
                        .status())
                .isEqualTo(400);
    }
}
