// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryReceiverTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void nothingIsReceivedBeforeItIsOpened() throws Exception {
        DeliveryReceipts receipts = new DeliveryReceipts(11);
        try (DeliveryReceiver receiver = new DeliveryReceiver(receipts, 11)) {
            assertThat(post(receiver.url(0))).isEqualTo(503);
            assertThat(receiver.refused()).isEqualTo(1);
            assertThat(receipts.received()).isZero();
            receiver.open();
            for (int webhook = 0; webhook < 11; webhook++) {
                assertThat(post(receiver.url(webhook))).isEqualTo(204);
            }
            assertThat(receipts.received()).isEqualTo(11);
            assertThat(receipts.missing(List.of("an-event"))).isZero();
            assertThat(receipts.duplicates()).isZero();
        }
    }

    private int post(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Smo-Event-Id", "an-event")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
