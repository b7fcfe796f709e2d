// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The number of replicas that a person asked for. It is in the pool until the service has it: a server that dies, or a rolling update that
 * takes long, does not lose it.
 *
 * @param replicas 0 or more
 * @param at when
 * @param request by which a repetition of the request is recognised, "" when it has no key
 */
record ManualScale(int replicas, Instant at, String request) {

    static final String REPLICAS = "replicas";
    static final String AT = "at";
    static final String REQUEST = "request";

    /** Longer than any update of a service takes: what is not taken over until then is none of today's wishes. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Empty when it is not written by this class. */
    static Optional<ManualScale> read(JsonObject said) {
        Optional<Integer> replicas = said.get(REPLICAS)
                .filter(JsonNumber.class::isInstance)
                .map(number -> ((JsonNumber) number).value().intValue());
        Optional<Instant> at = said.get(AT).flatMap(JsonValue::asString).flatMap(ManualScale::time);
        String request = said.get(REQUEST).flatMap(JsonValue::asString).orElse("");
        return replicas.flatMap(number -> at.map(then -> new ManualScale(number, then, request)));
    }

    private static Optional<Instant> time(String written) {
        try {
            return Optional.of(Instant.parse(written));
        } catch (DateTimeParseException unreadable) {
            // not written by this class: as if nobody had scaled
            return Optional.empty();
        }
    }

    JsonObject toJson() {
        JsonObject json =
                JsonObject.EMPTY.with(REPLICAS, JsonNumber.of(replicas)).with(AT, new JsonString(at.toString()));
        return request.isEmpty() ? json : json.with(REQUEST, new JsonString(request));
    }

    /** The request of a call, "" when it has no key. */
    static String request(CallContext call) {
        return call.origin()
                .idempotency()
                .map(key -> "%s %s".formatted(key.fingerprint(), key.key()))
                .orElse("");
    }

    boolean isOver(Instant now) {
        return !now.isBefore(at.plus(LONGEST));
    }

    /** For the core; by its end it is told from one that a person has set there. */
    ReplicaHold hold(int within) {
        return new ReplicaHold(within, Optional.of(at.plus(LONGEST)));
    }

    boolean isHeldBy(ReplicaHold hold) {
        return hold.until().equals(Optional.of(at.plus(LONGEST)));
    }
}
