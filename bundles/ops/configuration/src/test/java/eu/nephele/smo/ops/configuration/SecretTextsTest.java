// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.metatype.AttributeDefinition;

class SecretTextsTest {

    private static final String PID = "eu.nephele.smo.adapters.any";

    private static Set<String> in(String name, String... values) {
        return SecretTexts.in(PID, Map.of(name, List.of(values)), Optional.empty());
    }

    private static AttributeDefinition attribute(int type) {
        AttributeDefinition attribute = mock(AttributeDefinition.class);
        when(attribute.getType()).thenReturn(type);
        return attribute;
    }

    private static Set<String> described(String pid, String name, String value) {
        Map<String, AttributeDefinition> known =
                Map.of("pin", attribute(AttributeDefinition.PASSWORD), "system", attribute(AttributeDefinition.STRING));
        return SecretTexts.in(pid, Map.of(name, List.of(value)), Optional.of(known));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "tlsPassword",
                "token",
                "alertsSecret",
                "clientSecret",
                "kubeconfig",
                "credentials",
                "my.api-key",
                "privateKey",
                "a_passwd"
            })
    void aNameTells(String name) {
        assertThat(in(name, "one", "two")).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requireToken", "serviceAccountToken", "url", "tokenFile", "keyFile", "publicKey"})
    void othersDoNot(String name) {
        assertThat(in(name, "value")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "true",
                "file:secrets/a",
                "env:NAME",
                "k8s:smo/a/b",
                "vault:kv/a#b",
                "ghcr.io=anna:file:secrets/ghcr",
                "edge=file:secrets/edge.kubeconfig#it"
            })
    void referencesAreNoSecrets(String value) {
        assertThat(in("password", value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"x:secret", "ghcr.io=anna:secret", "file:", "1234"})
    void whatOnlyLooksLikeAReferenceIsOne(String value) {
        assertThat(in("password", value)).containsExactly(value);
    }

    @Test
    void credentialsInUrlsAreSecretUnderAnyName() {
        assertThat(in("urls", "https://anna:s3cret@a:80/x,http://b@c", "see http://t0ken-of-many@d", "a@b"))
                .containsExactlyInAnyOrder("anna:s3cret", "s3cret", "t0ken-of-many");
    }

    @Test
    void aDescriptionTells() {
        assertThat(described(PID, "pin", "0815")).containsExactly("0815");
        assertThat(described(PID, "system", "main")).isEmpty();
    }

    @Test
    void aPropertyThatItsReaderDoesNotKnowMayBeASecretMisspelt() {
        assertThat(described(PID, "passwort", "0815x")).containsExactly("0815x");
        assertThat(described(PID, "intervall", "30")).isEmpty();
        assertThat(described(PID, "service.ranking", "abc")).isEmpty();
        assertThat(described("org.apache.felix.http", "passwort", "0815x")).isEmpty();
    }
}
