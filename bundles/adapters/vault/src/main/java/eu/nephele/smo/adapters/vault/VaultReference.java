// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code vault:MOUNT/PATH#KEY}.
 *
 * @param mount without slashes at its ends
 * @param version of its key-value engine, 1 or 2
 */
record VaultReference(String mount, int version, String path, String key) {

    static final String PREFIX = "vault:";

    /** Names that need no encoding in a path; neither {@code .} nor {@code ..} is one. */
    private static final String SEGMENT = "(?!\\.{1,2}(?:/|#))[A-Za-z0-9_.~-]+";

    private static final Pattern FORM =
            Pattern.compile("vault:(?<place>%1$s(?:/%1$s)+)#(?<key>[^#/\\p{Cntrl}]+)".formatted(SEGMENT));
    private static final int DEFAULT_VERSION = 2;

    /**
     * Empty when the text has another form.
     *
     * @param mounts version by mount, for those that are not the first part of a path or not of version 2
     */
    static Optional<VaultReference> parse(String text, Map<String, Integer> mounts) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String place = parts.group("place");
        String mount = mounts.keySet().stream()
                .filter(known -> place.startsWith(known + "/"))
                .max(java.util.Comparator.comparingInt(String::length))
                .orElseGet(() -> place.substring(0, place.indexOf('/')));
        return Optional.of(new VaultReference(
                mount,
                mounts.getOrDefault(mount, DEFAULT_VERSION),
                place.substring(mount.length() + 1),
                parts.group("key")));
    }

    /** Path of the call that reads it. */
    String apiPath() {
        return version == DEFAULT_VERSION
                ? "/v1/%s/data/%s".formatted(mount, path)
                : "/v1/%s/%s".formatted(mount, path);
    }
}
