// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WebhookSignatureTest {

    /** {@code printf '1790000000.{"a":1}' | openssl dgst -sha256 -hmac key} */
    @Test
    void isWhatOpensslSays() {
        byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookSignature.compute("key", Instant.ofEpochSecond(1_790_000_000), body))
                .isEqualTo("t=1790000000,v1=7a4d26944722100249410c8c7f2e76c3cc6e9735fcc98b39e44a122da5490ffc");
    }
}
