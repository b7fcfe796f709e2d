// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(TextTable.render(
                        List.of("graph", "phase"), List.of(List.of("web", "RUNNING"), List.of("imaging", "STOPPED"))))
                .isEqualTo("graph    phase\nweb      RUNNING\nimaging  STOPPED");
    }

    @Test
    void aColumnMayBeWithoutText() {
        assertThat(TextTable.render(List.of("", "n"), List.of(List.of("", "1"))))
                .isEqualTo("   n\n   1");
    }
}
