// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryReceiptsTest {

    private final DeliveryReceipts receipts = new DeliveryReceipts(2);

    @Test
    void anEventIsMissingForEachWebhookThatWasNotToldIt() {
        receipts.add(0, "a");
        receipts.add(1, "a");
        receipts.add(1, "b");
        assertThat(receipts.received()).isEqualTo(3);
        assertThat(receipts.missing(List.of("a"))).isZero();
        assertThat(receipts.missing(List.of("a", "b"))).isEqualTo(1);
        assertThat(receipts.missing(List.of("a", "b", "c"))).isEqualTo(3);
    }

    @Test
    void whatComesAgainIsADuplicateOnceHoweverOftenItComes() {
        receipts.add(0, "a");
        receipts.add(0, "a");
        receipts.add(0, "a");
        receipts.add(1, "a");
        assertThat(receipts.duplicates()).isEqualTo(1);
        assertThat(receipts.received()).isEqualTo(2);
    }

    @Test
    void whatNobodyAskedForIsReceivedAndNotMissing() {
        receipts.add(0, "before");
        assertThat(receipts.received()).isEqualTo(1);
        assertThat(receipts.missing(List.of())).isZero();
    }
}
