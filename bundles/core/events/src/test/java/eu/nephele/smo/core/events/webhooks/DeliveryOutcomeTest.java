// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryOutcomeTest {

    /** PostgreSQL refused the outcome, so that the delivery was neither tried again as planned nor ever given up. */
    @Test
    void aNulInAnAnswerDoesNotKeepTheOutcomeFromBeingStored() {
        assertThat(DeliveryOutcome.failed("Invalid status line: \"\u0000\r\n200\"")
                        .error())
                .isEqualTo("Invalid status line: \" 200\"");
        assertThat(DeliveryOutcome.failed("half \ud83d").error()).isEqualTo("half");
    }

    @Test
    void noCharacterIsCutInHalf() {
        assertThat(DeliveryOutcome.failed("x".repeat(499) + "\ud83d\ude00 and more")
                        .error())
                .isEqualTo("x".repeat(499));
    }
}
