// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerKeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"MIIB...", "AAAA", "", "\u00fc"})
    void theReasonOfARefusalHasNoNamesOfClasses(String content) {
        assertThatThrownBy(() ->
                        SignerKeys.read("-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read as X.509 PEM: ")
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .doesNotContain("java.", "Exception");
    }

    @Test
    void theReasonIsTold() {
        assertThatThrownBy(() -> SignerKeys.read("-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n"))
                .hasMessage("the certificate cannot be read as X.509 PEM: Illegal base64 character 2e");
    }
}
