// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Names fit their limits, and different names stay different. */
class ShortNamesTest {

    @Example
    void aGoodLabelStaysAsItIs() {
        assertThat(ShortNames.label("demo-1.x_y")).isEqualTo("demo-1.x_y");
        assertThat(ShortNames.label("a".repeat(63))).isEqualTo("a".repeat(63));
        assertThat(ShortNames.label("")).isEmpty();
    }

    @Example
    void aLongLabelIsItsBeginningAndADigest() {
        assertThat(ShortNames.label("a".repeat(64)))
                .matches("a{50}-[0-9a-f]{12}")
                .isNotEqualTo(ShortNames.label("a".repeat(65)));
    }

    @Property
    void everyLabelIsOneThatKubernetesTakes(@ForAll String text) {
        assertThat(ShortNames.label(text)).matches("|[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    }

    @Property
    void aFileNeverLeavesItsFolder(@ForAll String text) {
        assertThat(ShortNames.file(text)).matches("[-A-Za-z0-9]{12,63}");
        assertThat(ShortNames.file(text)).isNotEqualTo(ShortNames.file(text + "x"));
    }
}
