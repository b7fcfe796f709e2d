// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sources of kubeconfigs, and the failures without one. */
class KubeconfigResolverTest {

    private static AdapterException failure(List<SecretSource> sources) {
        KubeconfigResolver kubeconfigs = new KubeconfigResolver(() -> sources, new HelmJson());
        return catchThrowableOfType(AdapterException.class, () -> kubeconfigs.load("file:etc/c1"));
    }

    @Test
    void whileNobodyResolvesSecretsTheCallMayComeAgain() {
        assertThat(failure(List.of()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aSecretThatIsNotThereIsRefused() {
        AdapterException refused = failure(List.of(reference -> Optional.empty()));
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused).hasMessageContaining("file:etc/c1");
    }

    @Test
    void aReferenceToVaultHasAKeyAndMayHaveAContextBehindIt() {
        List<String> asked = new ArrayList<>();
        SecretSource vault = reference -> {
            asked.add(reference);
            return Optional.of("contexts: [{name: admin}]\ncurrent-context: other\n");
        };
        KubeconfigResolver kubeconfigs = new KubeconfigResolver(() -> List.of(vault), new HelmJson());
        assertThat(kubeconfigs.load("vault:kv/a#kubeconfig")).contains("other");
        assertThat(kubeconfigs.load("vault:kv/a#kubeconfig#admin")).doesNotContain("other");
        assertThat(asked).containsExactly("vault:kv/a#kubeconfig", "vault:kv/a#kubeconfig");
    }
}
