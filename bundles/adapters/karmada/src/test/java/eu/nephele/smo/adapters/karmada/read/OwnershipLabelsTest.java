// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OwnershipLabelsTest {

    @Test
    void whatKubernetesAllowsStaysAsItIs() {
        assertThat(OwnershipLabels.label("brussels-demo_1.0")).isEqualTo("brussels-demo_1.0");
        assertThat(OwnershipLabels.label("a".repeat(63))).isEqualTo("a".repeat(63));
    }

    @Test
    void whatItDoesNotAllowGetsADigest() {
        assertThat(OwnershipLabels.label("a".repeat(64)))
                .startsWith("a".repeat(50) + "-")
                .hasSize(63);
        assertThat(OwnershipLabels.label("ä b")).startsWith("b-").isNotEqualTo(OwnershipLabels.label("ö b"));
    }

    @Property
    void everyTextBecomesAValueOfALabel(@ForAll String text) {
        assertThat(OwnershipLabels.label(text))
                .hasSizeLessThanOrEqualTo(63)
                .matches("([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?");
    }
}
