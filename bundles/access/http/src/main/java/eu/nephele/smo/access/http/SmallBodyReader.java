// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads bodies of one member. All throw {@link SmoException} {@code INVALID} with pointers. */
public final class SmallBodyReader {

    private static final Duration LONGEST_HOLD = Duration.ofDays(366);

    private SmallBodyReader() {}

    /** {@code {"revision": 3}}. */
    public static long revision(InputStream body) {
        JsonNode revision = member(body, "revision");
        if (!revision.isIntegralNumber() || !revision.canConvertToLong() || revision.longValue() < 1) {
            throw RequestBodies.invalid("/revision", "expected the number of a revision, 1 or more");
        }
        return revision.longValue();
    }

    /** {@code {"paused": true}}. */
    public static boolean paused(InputStream body) {
        JsonNode paused = member(body, "paused");
        if (!paused.isBoolean()) {
            throw RequestBodies.invalid("/paused", "expected true or false");
        }
        return paused.booleanValue();
    }

    /** {@code {"replicas": 3, "forSeconds": 7200}}; without seconds it has no end. */
    public static ReplicaHold hold(InputStream body, Instant now) {
        ObjectNode object = object(body, Set.of("replicas", "forSeconds"));
        JsonNode replicas = object.path("replicas");
        if (!replicas.isIntegralNumber() || !replicas.canConvertToInt() || replicas.intValue() < 0) {
            throw RequestBodies.invalid("/replicas", "expected a number of replicas, 0 or more");
        }
        JsonNode seconds = object.path("forSeconds");
        boolean valid = seconds.isMissingNode()
                || (seconds.isIntegralNumber()
                        && seconds.canConvertToLong()
                        && seconds.longValue() >= 1
                        && seconds.longValue() <= LONGEST_HOLD.toSeconds());
        if (!valid) {
            throw RequestBodies.invalid("/forSeconds", "expected seconds, 1 to %d".formatted(LONGEST_HOLD.toSeconds()));
        }
        return new ReplicaHold(
                replicas.intValue(),
                seconds.isMissingNode() ? Optional.empty() : Optional.of(now.plusSeconds(seconds.longValue())));
    }

    /** {@code {"reason": "new disks"}}; a missing body equals an empty one. */
    public static String reason(InputStream body) {
        return text(body, "reason");
    }

    /** {@code {"why": "too slow"}}; a missing body equals an empty one. */
    public static String why(InputStream body) {
        return text(body, "why");
    }

    /** {@code {"value": "greedy"}}. */
    public static String value(InputStream body) {
        JsonNode value = member(body, "value");
        if (!value.isTextual() || value.textValue().length() > InputLimits.DEFAULT_CHARACTERS) {
            throw RequestBodies.invalid(
                    "/value", "expected a text of at most %d characters".formatted(InputLimits.DEFAULT_CHARACTERS));
        }
        return value.textValue();
    }

    private static String text(InputStream body, String name) {
        JsonNode text = member(body, name);
        if (text.isMissingNode()) {
            return "";
        }
        if (!text.isTextual() || text.textValue().length() > InputLimits.REASON_CHARACTERS) {
            throw RequestBodies.invalid(
                    "/" + name, "expected a text of at most %d characters".formatted(InputLimits.REASON_CHARACTERS));
        }
        return text.textValue();
    }

    private static JsonNode member(InputStream body, String name) {
        ObjectNode object = object(body, Set.of(name));
        return object.path(name);
    }

    private static ObjectNode object(InputStream body, Set<String> members) {
        ObjectNode object = RequestBodies.object(body).orElseGet(JsonNodeFactory.instance::objectNode);
        List<Violation> violations = new ArrayList<>();
        BodyMembers.refuseUnknown(object, members, "", violations);
        if (!violations.isEmpty()) {
            throw RequestBodies.invalid(violations);
        }
        return object;
    }
}
