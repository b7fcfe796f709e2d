// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Checked configuration of webhooks.
 *
 * @param workers deliveries under way at once
 * @param perWebhook of these to one webhook
 * @param answerTimeout until the whole answer is there
 * @param allowed targets that would be refused otherwise
 * @param keyFile has the key that stored secrets are encrypted with
 * @param retention deliveries that were done or given up before are removed
 */
public record WebhookSettings(
        int workers,
        int perWebhook,
        Duration connectTimeout,
        Duration answerTimeout,
        RetryRule retry,
        AllowedTargets allowed,
        Path keyFile,
        Duration retention,
        Duration pruneEvery) {

    /**
     * @param data where relative paths begin
     * @throws IllegalArgumentException that names the property and what is expected
     */
    static WebhookSettings read(WebhooksConfig config, Path data) {
        return new WebhookSettings(
                (int) atLeast("workers", 2, config.workers()),
                (int) atLeast("workersPerWebhook", 1, config.workersPerWebhook()),
                Duration.ofMillis(atLeast("connectTimeoutMillis", 1, config.connectTimeoutMillis())),
                Duration.ofMillis(atLeast("answerTimeoutMillis", 1, config.answerTimeoutMillis())),
                retry(config),
                allowed(config),
                data.resolve(config.keyFile()),
                Duration.ofDays(atLeast("retentionDays", 1, config.retentionDays())),
                Duration.ofMinutes(atLeast("pruneMinutes", 1, config.pruneMinutes())));
    }

    private static RetryRule retry(WebhooksConfig config) {
        if (!(config.backoffFactor() >= 1 && config.backoffFactor() <= 100)) {
            throw wrong("backoffFactor", config.backoffFactor(), "a number from 1 to 100");
        }
        return new RetryRule(
                Duration.ofMillis(atLeast("firstBackoffMillis", 1, config.firstBackoffMillis())),
                config.backoffFactor(),
                Duration.ofMillis(atLeast("maxBackoffMillis", 1, config.maxBackoffMillis())),
                (int) atLeast("maxAttempts", 1, config.maxAttempts()),
                Duration.ofHours(atLeast("maxAgeHours", 1, config.maxAgeHours())));
    }

    private static AllowedTargets allowed(WebhooksConfig config) {
        try {
            return AllowedTargets.parse(List.of(config.allowedTargets()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Configuration %s: allowedTargets: %s".formatted(WebhookRegistry.PID, e.getMessage()), e);
        }
    }

    private static long atLeast(String key, long least, long value) {
        if (value < least) {
            throw wrong(key, value, "at least " + least);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, Object value, String expected) {
        return new IllegalArgumentException(
                "Configuration %s: %s=%s, expected %s".formatted(WebhookRegistry.PID, key, value, expected));
    }
}
