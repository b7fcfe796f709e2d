// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names of containers. That of a replica is {@code SERVICE-EPOCHSECONDS-8HEX}; that of a spare has {@code spare.}
 * before it, which no
 * replica's name can have: a service's part has no dots.
 *
 * @param text as the engine has it, without leading slash
 */
public record ContainerName(String text) {

    private static final String SPARE = "spare.";
    private static final int LONGEST_SERVICE = 100;
    private static final Pattern ENDING = Pattern.compile("-[0-9]{9,11}-[0-9a-f]{8}");

    /** A new name of a replica; the number keeps apart what is made within one second. */
    public static ContainerName fresh(String service, Instant now, RandomGenerator random) {
        return new ContainerName("%s-%d-%08x".formatted(plain(service), now.getEpochSecond(), random.nextInt()));
    }

    private static String plain(String service) {
        String allowed = service.replaceAll("[^A-Za-z0-9_-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String some = allowed.isEmpty() ? "service" : allowed;
        return some.substring(0, Math.min(LONGEST_SERVICE, some.length()));
    }

    public boolean isSpare() {
        return text.startsWith(SPARE);
    }

    /** The same, as a spare. */
    public ContainerName spare() {
        return isSpare() ? this : new ContainerName(SPARE + text);
    }

    /** The same, as a replica. */
    public ContainerName replica() {
        return isSpare() ? new ContainerName(text.substring(SPARE.length())) : this;
    }

    /**
     * Whether it is a name that a replica of this service would get, and not one of a service whose name begins alike.
     */
    public boolean isReplicaOf(String service) {
        String beginning = plain(service);
        return text.startsWith(beginning)
                && ENDING.matcher(text.substring(beginning.length())).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
