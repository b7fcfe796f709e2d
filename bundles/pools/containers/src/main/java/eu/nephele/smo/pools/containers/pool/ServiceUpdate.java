// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.pools.containers.pool.PoolDocument.Replacement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The last replacement of all containers of a service, and what ran before it.
 *
 * @param image that it brings, as the file has it
 * @param from that ran before
 * @param before the replacement before, which the containers that ran before are of
 * @param at when it was asked for
 * @param abortedAt when it was aborted; empty when it was not
 */
record ServiceUpdate(String image, String from, Optional<Replacement> before, Instant at, Optional<Instant> abortedAt) {

    static final String IMAGE = "image";
    static final String FROM = "from";
    static final String BEFORE = "before";
    static final String AT = "at";
    static final String ABORTED_AT = "abortedAt";

    /** Empty for what is none. */
    static Optional<ServiceUpdate> from(JsonObject said) {
        Optional<String> image = text(said, IMAGE);
        Optional<String> from = text(said, FROM);
        Optional<Instant> at = time(said, AT);
        return image.isPresent() && from.isPresent() && at.isPresent()
                ? Optional.of(new ServiceUpdate(
                        image.get(),
                        from.get(),
                        said.get(BEFORE).flatMap(JsonValue::asObject).map(Replacement::from),
                        at.get(),
                        time(said, ABORTED_AT)))
                : Optional.empty();
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY
                .with(IMAGE, new JsonString(image))
                .with(FROM, new JsonString(from))
                .with(AT, new JsonString(at.toString()));
        JsonObject whole =
                before.map(known -> json.with(BEFORE, known.toJson())).orElse(json);
        return abortedAt
                .map(then -> whole.with(ABORTED_AT, new JsonString(then.toString())))
                .orElse(whole);
    }

    ServiceUpdate aborted(Instant now) {
        return new ServiceUpdate(image, from, before, at, Optional.of(now));
    }

    /** Whether a container that was made then is of the image to which the service goes: back, after it was aborted. */
    boolean isGoal(Instant made) {
        boolean since = !made.isBefore(at.minusSeconds(1));
        return abortedAt
                .map(then -> !since || !made.isBefore(then.minusSeconds(1)))
                .orElse(since);
    }

    private static Optional<String> text(JsonObject said, String name) {
        return said.get(name).flatMap(JsonValue::asString);
    }

    private static Optional<Instant> time(JsonObject said, String name) {
        try {
            return text(said, name).map(Instant::parse);
        } catch (DateTimeException unreadable) {
            // not written by this class: as if it was not there
            return Optional.empty();
        }
    }
}
