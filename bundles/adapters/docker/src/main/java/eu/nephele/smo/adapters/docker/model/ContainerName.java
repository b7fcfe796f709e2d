// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of containers. That of a replica is {@code SERVICE-EPOCHSECONDS-8HEX}, where a replica that takes over from
 * another one has its eight digits; that of a spare has {@code spare.}
 * before it, which no
 * replica's name can have: a service's part has no dots.
 *
 * @param text as the engine has it, without leading slash
 */
public record ContainerName(String text) {

    private static final String SPARE = "spare.";
    private static final int LONGEST_SERVICE = 100;
    private static final Pattern ENDING = Pattern.compile("-(?<epoch>[0-9]{9,11})-(?<place>[0-9a-f]{8})");
    private static final Pattern ENDED = Pattern.compile("(?<service>.*)" + ENDING.pattern());

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
     * What a replica and the one that takes over from it have in common, and no others: so many places, so many
     * replicas are wanted. The eight digits; a name of another form is a place of its own.
     */
    public String place() {
        Matcher form = ENDED.matcher(replica().text());
        return form.matches() ? form.group("place") : text;
    }

    /** The name of the replica that takes over from this one: of the same place, and of a later second. */
    public ContainerName successor(Instant now) {
        Matcher form = ENDED.matcher(replica().text());
        if (!form.matches()) {
            throw new IllegalStateException(text + " is no name of a replica");
        }
        long epoch = Math.max(now.getEpochSecond(), Long.parseLong(form.group("epoch")) + 1);
        return new ContainerName("%s-%d-%s".formatted(form.group("service"), epoch, form.group("place")));
    }

    /** Whether another one can take over from it by its name. */
    public boolean hasPlace() {
        return ENDED.matcher(replica().text()).matches();
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
