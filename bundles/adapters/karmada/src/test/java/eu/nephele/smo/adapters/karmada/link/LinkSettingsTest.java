// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "file:a, file:a,",
        "file:a#admin, file:a, admin",
        "k8s:smo/a/kubeconfig#admin, k8s:smo/a/kubeconfig, admin",
        "vault:kv/a#kubeconfig, vault:kv/a#kubeconfig,",
        "vault:kv/a#kubeconfig#admin, vault:kv/a#kubeconfig, admin"
    })
    void aContextIsBehindTheReference(String connection, String reference, String context) {
        LinkSettings link = new LinkSettings(
                "kubernetes",
                connection,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                Optional.empty(),
                Optional.empty());
        assertThat(link.reference()).isEqualTo(reference);
        assertThat(link.context()).isEqualTo(Optional.ofNullable(context));
    }
}
