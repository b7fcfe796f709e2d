// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of limits has the figures of the code. */
class LimitsPageTest {

    @Test
    void theFiguresOfThePageAreThoseOfTheCode() throws IOException {
        String page = Files.readString(Path.of("../../../docs/reference/limits.md"));

        assertThat(page)
                .contains("| %d | `NumberLimits.MAX_CHARACTERS` |".formatted(NumberLimits.MAX_CHARACTERS))
                .contains("| %d | `NumberLimits.MAX_EXPONENT` |".formatted(NumberLimits.MAX_EXPONENT))
                .contains("| %d | `StrictJson.MAX_DEPTH` |".formatted(StrictJson.MAX_DEPTH))
                .contains("| %d | `StrictJson.MAX_NAME_CHARACTERS` |".formatted(StrictJson.MAX_NAME_CHARACTERS));
    }
}
