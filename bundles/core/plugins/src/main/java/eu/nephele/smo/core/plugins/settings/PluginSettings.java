// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Requirements of plugins.
 *
 * @param trust location of the trusted certificates, relative to the data directory
 * @param trustPassword reference to the password of a key store, "" for none
 * @param examination time limit of the examination of one service
 * @param prove how long the first decisions of an upgrade are watched
 * @param proveDecisions decisions after which an upgrade is proven before that time is over
 * @param rehearseDecisions recorded decisions that an upgrade decides again; 0 for none
 * @param stop time limit for stopping and for uninstalling a bundle
 */
public record PluginSettings(
        Policy signature,
        String trust,
        String trustPassword,
        Policy conformance,
        Duration examination,
        Duration prove,
        int proveDecisions,
        int rehearseDecisions,
        Poll poll,
        Duration start,
        Duration stop,
        UnpackLimits limits) {

    public static final String PID = "eu.nephele.smo.core.plugins";

    public enum Policy {
        OFF,
        WARN,
        REQUIRE
    }

    /**
     * @param entries entries of a file, those of bundles inside a zip included
     * @param unpackedBytes bytes when unpacked
     * @param ratio how many times larger than the file; counts from 1 MiB on
     */
    public record UnpackLimits(int entries, long unpackedBytes, int ratio) {}

    public record Poll(Duration folder, Duration store) {}

    private static final int RATIO = 200;
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final long MEBIBYTE = 1L << 20;

    /** @throws IllegalArgumentException naming the key whose value makes no sense */
    public static PluginSettings from(PluginsConfig config) {
        return new PluginSettings(
                policy("signature", config.signature()),
                config.trust().strip(),
                config.trustPassword().strip(),
                policy("conformance", config.conformance()),
                Duration.ofSeconds(atLeast("conformanceSeconds", config.conformanceSeconds(), 1)),
                Duration.ofSeconds(atLeast("proveSeconds", config.proveSeconds(), 0)),
                atLeast("proveDecisions", config.proveDecisions(), 1),
                atLeast("rehearseDecisions", config.rehearseDecisions(), 0),
                new Poll(
                        Duration.ofMillis(atLeast("pollMillis", config.pollMillis(), 20)),
                        Duration.ofMillis(atLeast("storePollMillis", config.storePollMillis(), 20))),
                Duration.ofMillis(atLeast("startMillis", config.startMillis(), 1)),
                STOP,
                new UnpackLimits(
                        atLeast("maxEntries", config.maxEntries(), 1),
                        atLeast("maxUnpackedMiB", config.maxUnpackedMiB(), 1) * MEBIBYTE,
                        RATIO));
    }

    private static Policy policy(String key, String value) {
        return Arrays.stream(Policy.values())
                .filter(policy -> policy.name().equals(value.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: %s='%s', expected off, warn or require".formatted(PID, key, value)));
    }

    private static int atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s: %s=%d, expected %d or more".formatted(PID, key, value, least));
        }
        return value;
    }
}
