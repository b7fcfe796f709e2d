// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads members of a body one by one and collects mistakes, each with its pointer. */
public final class BodyMembers {

    private final ObjectNode body;
    private final List<Violation> violations = new ArrayList<>();

    private BodyMembers(ObjectNode body) {
        this.body = body;
    }

    /**
     * @param known names of all members; others are mistakes
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when it is not a JSON object
     */
    public static BodyMembers create(InputStream stream, String... known) {
        BodyMembers members =
                new BodyMembers(RequestBodies.object(stream).orElseGet(JsonNodeFactory.instance::objectNode));
        Set<String> names = new TreeSet<>(Set.of(known));
        members.body.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                members.wrong(JsonPointers.child("", name), "is not known here; known are " + names);
            }
        });
        return members;
    }

    /** @param violations receives each unknown member of an object */
    public static void refuseUnknown(ObjectNode object, Set<String> known, String pointer, List<Violation> violations) {
        object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .map(name -> new Violation(
                        JsonPointers.child(pointer, name),
                        "unknown member; known here: %s".formatted(new TreeSet<>(known))))
                .forEach(violations::add);
    }

    public Optional<String> text(String name) {
        return member(name).flatMap(node -> {
            if (!node.isTextual() || node.textValue().isBlank()) {
                return this.<String>refused(name, "expected a text");
            }
            return InputLimits.fits(node.textValue())
                    ? Optional.of(node.textValue())
                    : refused(name, "expected at most %d characters".formatted(InputLimits.TEXT_CHARACTERS));
        });
    }

    public Optional<String> word(String name, Set<String> words) {
        return text(name)
                .flatMap(word -> words.contains(word)
                        ? Optional.of(word)
                        : refused(name, "expected one of " + new TreeSet<>(words)));
    }

    /** RFC 3339. */
    public Optional<Instant> instant(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException otherForm) {
                return this.<Instant>refused(name, "expected a point in time such as 2026-11-20T10:00:00Z");
            }
        });
    }

    /** {@code project/name}. */
    public Optional<GraphId> graph(String name) {
        return text(name).flatMap(text -> QueryParameters.graph(text).or(() -> refused(name, "expected project/name")));
    }

    public int number(String name, int least, int most, int otherwise) {
        return member(name)
                .flatMap(node -> node.isIntegralNumber()
                                && node.canConvertToInt()
                                && node.intValue() >= least
                                && node.intValue() <= most
                        ? Optional.of(node.intValue())
                        : refused(name, "expected a whole number from %d to %d".formatted(least, most)))
                .orElse(otherwise);
    }

    public boolean flag(String name, boolean otherwise) {
        return member(name)
                .flatMap(node ->
                        node.isBoolean() ? Optional.of(node.booleanValue()) : refused(name, "expected true or false"))
                .orElse(otherwise);
    }

    public Optional<JsonObject> object(String name) {
        return member(name)
                .flatMap(node -> node instanceof ObjectNode object
                        ? Optional.of(StrictJson.object(object))
                        : refused(name, "expected an object"));
    }

    /** Unparsed. */
    public Optional<JsonNode> member(String name) {
        return Optional.ofNullable(body.get(name));
    }

    public void wrong(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    public List<Violation> violations() {
        return violations;
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when there were mistakes */
    public void refuse() {
        if (!violations.isEmpty()) {
            throw RequestBodies.invalid(violations);
        }
    }

    private <T> Optional<T> refused(String name, String message) {
        wrong("/" + name, message);
        return Optional.empty();
    }
}
