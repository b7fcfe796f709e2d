// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookSettingsTest {

    private static WebhooksConfig config(Map<String, Object> set) {
        return (WebhooksConfig) Proxy.newProxyInstance(
                WebhooksConfig.class.getClassLoader(),
                new Class<?>[] {WebhooksConfig.class},
                (proxy, method, args) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void defaultsAreWhatTheReferencePageSays() {
        WebhookSettings settings = WebhookSettings.read(config(Map.of()), Path.of("data"));
        assertThat(settings.retry())
                .isEqualTo(new RetryRule(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 24, Duration.ofHours(24)));
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.workers()).isEqualTo(8);
        assertThat(settings.perWebhook()).isEqualTo(2);
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.answerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.allowed().hosts()).isEmpty();
        assertThat(settings.keyFile()).isEqualTo(Path.of("data/secrets/webhooks.key"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"backoffFactor, 0.5", "backoffFactor, NaN", "backoffFactor, 1000"})
    void aWrongFactorIsNamed(String key, double value) {
        wrong(key, value);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"workers, 1", "workersPerWebhook, 0", "maxAttempts, 0", "retentionDays, 0", "pruneMinutes, 0"})
    void aWrongNumberIsNamed(String key, int value) {
        wrong(key, value);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "connectTimeoutMillis, 0",
        "answerTimeoutMillis, -1",
        "firstBackoffMillis, 0",
        "maxBackoffMillis, 0",
        "maxAgeHours, 0"
    })
    void aWrongTimeIsNamed(String key, long value) {
        wrong(key, value);
    }

    @Test
    void aWrongTargetIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSettings.read(
                        config(Map.of("allowedTargets", new String[] {"10.0.0.0/99"})), Path.of("data")))
                .withMessageContaining("allowedTargets")
                .withMessageContaining("10.0.0.0/99");
    }

    private static void wrong(String key, Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSettings.read(config(Map.of(key, value)), Path.of("data")))
                .withMessageContaining("eu.nephele.smo.core.events.webhooks: " + key + "=" + value);
    }
}
