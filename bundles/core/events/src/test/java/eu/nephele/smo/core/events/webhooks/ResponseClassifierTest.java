// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.events.webhooks.DeliveryOutcome.DeliveryResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponseClassifierTest {

    private final ResponseClassifier answers =
            new ResponseClassifier(Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "200, DELIVERED",
        "204, DELIVERED",
        "299, DELIVERED",
        "301, FAILED",
        "307, FAILED",
        "400, FAILED",
        "404, FAILED",
        "410, GONE",
        "429, FAILED",
        "500, FAILED",
        "503, FAILED"
    })
    void onlySuccessIsDelivered(int status, DeliveryResult expected) {
        assertThat(answers.read(status, Optional.empty()).result()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} Retry-After: {1}")
    @CsvSource(
            nullValues = "none",
            value = {
                "429, 120, 120",
                "503, ' 7 ', 7",
                "503, 'Sun, 01 Nov 2026 12:01:30 GMT', 90",
                "503, 'Sun, 01 Nov 2026 11:00:00 GMT', none",
                "503, soon, none",
                "503, -5, none",
                "503, 99999999999999999999, none",
                "500, 120, none"
            })
    void retryAfterIsSecondsOrADateWhereItMeansSomething(int status, String header, Long seconds) {
        DeliveryOutcome outcome = answers.read(status, Optional.of(header));
        assertThat(outcome.result()).isEqualTo(DeliveryResult.FAILED);
        assertThat(outcome.retryAfter().map(pause -> pause.toSeconds())).isEqualTo(Optional.ofNullable(seconds));
    }
}
