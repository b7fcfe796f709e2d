// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttackOptionsTest {

    @Test
    void tenThousandCasesAreSentUnlessSaidOtherwise() {
        AttackOptions options = AttackOptions.parse(List.of("--", "server"));
        assertThat(options.cases()).isEqualTo(10_000);
        assertThat(options.perSecond()).isEqualTo(50);
        assertThat(options.only()).isEmpty();
        assertThat(options.json()).isFalse();
        assertThat(options.server()).containsExactly("server");
    }

    @Test
    void oneCaseCanBeRepeated() {
        AttackOptions options = AttackOptions.parse(List.of("--json", "--seed", "3", "--case", "77", "--", "a", "b"));
        assertThat(options.seed()).isEqualTo(3);
        assertThat(options.only()).hasValue(77);
        assertThat(options.cases()).isEqualTo(1);
        assertThat(options.json()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--",
                "--cases 0 -- x",
                "--cases many -- x",
                "--rate 0 -- x",
                "--case -1 -- x",
                "--what -- x",
                "--seed -- x"
            })
    void wrongOptionsAreTold(String line) {
        assertThatThrownBy(() -> AttackOptions.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
