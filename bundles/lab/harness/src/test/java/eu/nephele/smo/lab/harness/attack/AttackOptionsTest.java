// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AttackOptionsTest {

    private static AttackOptions options(String... arguments) {
        return CommandLine.populateCommand(new AttackCommand(), arguments).options();
    }

    @Test
    void tenThousandCasesAreSentUnlessSaidOtherwise() {
        AttackOptions options = options("--", "server");
        assertThat(options.cases()).isEqualTo(10_000);
        assertThat(options.perSecond()).isEqualTo(50);
        assertThat(options.only()).isEmpty();
        assertThat(options.server()).containsExactly("server");
    }

    @Test
    void oneCaseCanBeRepeated() {
        AttackOptions options = options("--json", "--seed", "3", "--case", "77", "--", "a", "b");
        assertThat(options.seed()).isEqualTo(3);
        assertThat(options.only()).hasValue(77);
        assertThat(options.cases()).isEqualTo(1);
    }
}
