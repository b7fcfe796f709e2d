// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a container that the original autoscaler made, {@code SERVICE-EPOCHSECONDS-HEX}, by which such containers are known again.
 * The whole name counts: those of {@code app} are none of {@code app-2}.
 *
 * @param made to the second
 * @param suffix eight hexadecimal digits
 */
public record OriginalContainerName(String service, Instant made, String suffix) {

    private static final Pattern NAME = Pattern.compile("(.+)-([0-9]{10})-([0-9a-f]{8})");

    /** Reads a name, with or without the slash in front that engines tell; empty when it is another one. */
    public static Optional<OriginalContainerName> parse(String name) {
        Matcher parts = NAME.matcher(name.startsWith("/") ? name.substring(1) : name);
        return parts.matches()
                ? Optional.of(new OriginalContainerName(
                        parts.group(1), Instant.ofEpochSecond(Long.parseLong(parts.group(2))), parts.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "%s-%010d-%s".formatted(service, made.getEpochSecond(), suffix);
    }
}
