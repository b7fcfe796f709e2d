// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactReferenceTest {

    private static final String SUM = "sha256:" + "a1".repeat(32);

    @Test
    void allPartsAreFound() {
        ArtifactReference reference = ArtifactReference.parse("oci://registry.example:5000/team/graph:1.2.3@" + SUM);

        assertThat(reference.registry()).isEqualTo("registry.example:5000");
        assertThat(reference.repository()).isEqualTo("team/graph");
        assertThat(reference.tag()).contains("1.2.3");
        assertThat(reference.digest()).map(Digest::toString).contains(SUM);
    }

    @Test
    void theFormsOfHdarctlAreUnderstood() {
        ArtifactReference reference = ArtifactReference.parse("http://127.0.0.1:5000/project/name");

        assertThat(reference.scheme()).isEqualTo("http");
        assertThat(reference.tag()).isEmpty();
        assertThat(ArtifactReference.parse("HTTPS://Registry.Example/project/name:1")
                        .toString())
                .isEqualTo("https://registry.example/project/name:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example/graph",
                "oci://registry.example",
                "oci://registry.example/",
                "ftp://registry.example/graph",
                "oci://registry.example/../graph",
                "oci://registry.example/a//b",
                "oci://registry.example/graph:",
                "oci://registry.example/graph:-1",
                "oci://registry.example/graph@sha256:12",
                "oci://registry.example/graph@md5:12",
                "oci://registry.example/graph?x=y",
                "oci://regi stry/graph",
                "oci://registry.example/graph:1\r\nX: y",
                "",
            })
    void whatIsNoReferenceIsRefused(String text) {
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> ArtifactReference.parse(text))
                .matches(refused -> refused.kind() == Kind.REFUSED);
    }

    @Test
    void upperCaseInAPathIsDistinguished() {
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> ArtifactReference.parse("oci://registry.example/Team/graph"))
                .withMessageContaining("\"Team\"")
                .withMessageContaining("lower-case");
    }

    @Test
    void aPasswordInAReferenceIsNotRepeated() {
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> ArtifactReference.parse("oci://user:geheim@registry.example/graph"))
                .matches(refused -> !refused.getMessage().contains("geheim"));
    }
}
