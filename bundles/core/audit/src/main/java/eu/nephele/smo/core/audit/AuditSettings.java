// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration, checked.
 *
 * @param data directory of the server
 * @param policy while changes cannot be recorded in the database
 * @param patience how long a change waits for its entry
 * @param bufferBytes most bytes of the local file
 * @param anchors places of anchors, as they are configured
 * @param anchorEvery interval of signed heads
 * @param retention age of entries that are removed; empty keeps all
 * @param file that each entry is appended to
 * @param syslog server that gets each entry
 * @param keyFile private key
 */
record AuditSettings(
        Path data,
        AuditPolicy policy,
        Duration patience,
        long bufferBytes,
        List<String> anchors,
        Duration anchorEvery,
        Optional<Duration> retention,
        Optional<Path> file,
        Optional<String> syslog,
        Path keyFile) {

    private static final long MEBIBYTE = 1024 * 1024;

    /** What happens to changes that cannot be recorded in the database. */
    enum AuditPolicy {
        BLOCK,
        BUFFER
    }

    AuditSettings {
        anchors = List.copyOf(anchors);
    }

    /** @throws IllegalArgumentException naming the property whose value makes no sense */
    static AuditSettings from(AuditConfig config, Path data) {
        AuditPolicy policy = Arrays.stream(AuditPolicy.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(config.policy()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Configuration %s: policy=%s, expected block or buffer"
                        .formatted(AuditTrailComponent.PID, config.policy())));
        return new AuditSettings(
                data,
                policy,
                Duration.ofMillis(atLeast("waitMillis", 100, config.waitMillis())),
                atLeast("bufferMegabytes", 1, config.bufferMegabytes()) * MEBIBYTE,
                Arrays.stream(config.anchors())
                        .map(String::strip)
                        .filter(place -> !place.isEmpty())
                        .toList(),
                Duration.ofSeconds(atLeast("anchorSeconds", 1, config.anchorSeconds())),
                Optional.of(Duration.ofDays(atLeast("retentionDays", 0, config.retentionDays())))
                        .filter(age -> !age.isZero()),
                Optional.of(config.file()).filter(path -> !path.isBlank()).map(data::resolve),
                Optional.of(config.syslog()).filter(place -> !place.isBlank()).map(String::strip),
                config.keyFile().isBlank() ? data.resolve("etc/audit.key") : data.resolve(config.keyFile()));
    }

    private static long atLeast(String key, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException("Configuration %s: %s=%d, expected at least %d"
                    .formatted(AuditTrailComponent.PID, key, value, least));
        }
        return value;
    }
}
