// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AnsweredJsonTest {

    @Test
    void aPartOfAnAnswerIsToldWithWhatWasAskedForAndItsEnd() throws IOException {
        assertThat(AnsweredJson.read("GET /a", "{\"items\": [1]}").path("items"))
                .hasSize(1);
        assertThatThrownBy(() -> AnsweredJson.read("GET /a", " ".repeat(1000) + "{\"items\": [1,"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("GET /a answers no JSON, 1013 characters that end with: ")
                .hasMessageEndingWith("{\"items\": [1,")
                .hasMessageNotContaining(" ".repeat(200));
    }
}
