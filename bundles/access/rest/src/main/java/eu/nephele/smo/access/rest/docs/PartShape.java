// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the form of OpenAPI 3.1, so that the whole document has it. The content of schemas is not checked. */
final class PartShape {

    static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private static final Set<String> PART = Set.of("openapi", "info", "tags", "paths", "components");
    private static final Set<String> PATH_ITEM = Stream.concat(
                    METHODS.stream(), Stream.of("summary", "description", "parameters"))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OPERATION = Set.of(
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "deprecated",
            "security");
    private static final Set<String> PLACES = Set.of("query", "header", "path", "cookie");
    private static final Pattern STATUS = Pattern.compile("default|[1-5](\\d\\d|XX)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final List<String> mistakes = new ArrayList<>();

    private interface PartLook {
        void at(String place, JsonNode node);
    }

    private final Map<String, PartLook> sections = Map.of(
            "schemas", this::schema,
            "responses", this::response,
            "parameters", this::parameter,
            "headers", this::header,
            "requestBodies", this::requestBody,
            "examples", this::object);

    private PartShape() {}

    /** One sentence for each mistake, with its place. */
    static List<String> mistakes(JsonNode part) {
        PartShape shape = new PartShape();
        shape.members("", part, PART);
        shape.list("/tags", part.path("tags"), shape::tag);
        shape.map("/paths", part.path("paths"), shape::pathItem);
        shape.map("/components", part.path("components"), shape::section);
        return List.copyOf(shape.mistakes);
    }

    private void wrong(String place, String what) {
        mistakes.add("%s %s".formatted(place, what));
    }

    /** Extensions are allowed everywhere. */
    private void members(String place, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !name.startsWith("x-")) {
                wrong(place + "/" + name, "does not belong there");
            }
        });
    }

    private void object(String place, JsonNode node) {
        if (!node.isObject()) {
            wrong(place, "is not an object");
        }
    }

    private void text(String place, JsonNode node) {
        if (!node.isTextual() || node.asText().isEmpty()) {
            wrong(place, "is not a text");
        }
    }

    private void list(String place, JsonNode list, PartLook each) {
        if (!list.isMissingNode() && !list.isArray()) {
            wrong(place, "is not an array");
            return;
        }
        for (int at = 0; at < list.size(); at++) {
            each.at("%s/%d".formatted(place, at), list.path(at));
        }
    }

    private void map(String place, JsonNode map, PartLook each) {
        if (!map.isMissingNode() && !map.isObject()) {
            wrong(place, "is not an object");
            return;
        }
        map.properties().forEach(member -> each.at(JsonPointers.child(place, member.getKey()), member.getValue()));
    }

    private static String last(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private void optional(String place, JsonNode node, String member, PartLook look) {
        if (node.has(member)) {
            look.at(place + "/" + member, node.path(member));
        }
    }

    /** Returns whether the node is a reference; checks that it refers to the right section. */
    private boolean isReference(String place, JsonNode node, String section) {
        if (!node.has("$ref")) {
            return false;
        }
        if (!node.path("$ref").asText().startsWith("#/components/%s/".formatted(section))) {
            wrong(place + "/$ref", "names nothing below #/components/%s".formatted(section));
        }
        return true;
    }

    private void tag(String place, JsonNode tag) {
        text(place + "/name", tag.path("name"));
    }

    private void section(String place, JsonNode section) {
        PartLook look = sections.get(last(place));
        if (look == null) {
            wrong(place, "does not belong there");
            return;
        }
        map(place, section, (where, component) -> {
            if (!NAME.matcher(last(where)).matches()) {
                wrong(where, "has other characters than letters, digits, '.', '_' and '-'");
            }
            look.at(where, component);
        });
    }

    private void pathItem(String place, JsonNode item) {
        if (!last(place).startsWith("~1")) {
            wrong(place, "does not begin with '/'");
        }
        object(place, item);
        members(place, item, PATH_ITEM);
        METHODS.forEach(method -> optional(place, item, method, this::operation));
        list(place + "/parameters", item.path("parameters"), this::parameter);
    }

    private void operation(String place, JsonNode operation) {
        object(place, operation);
        members(place, operation, OPERATION);
        optional(place, operation, "operationId", this::text);
        optional(place, operation, "summary", this::text);
        optional(place, operation, "description", this::text);
        list(place + "/tags", operation.path("tags"), this::text);
        list(place + "/parameters", operation.path("parameters"), this::parameter);
        list(place + "/security", operation.path("security"), this::object);
        optional(place, operation, "requestBody", this::requestBody);
        if (operation.path("responses").isEmpty()) {
            wrong(place + "/responses", "is missing");
        }
        map(place + "/responses", operation.path("responses"), (where, response) -> {
            if (!STATUS.matcher(last(where)).matches()) {
                wrong(where, "is not a status");
            }
            response(where, response);
        });
    }

    private void response(String place, JsonNode response) {
        object(place, response);
        if (!isReference(place, response, "responses")) {
            members(place, response, Set.of("description", "headers", "content"));
            text(place + "/description", response.path("description"));
            map(place + "/headers", response.path("headers"), this::header);
            content(place + "/content", response.path("content"));
        }
    }

    private void content(String place, JsonNode content) {
        map(place, content, (where, media) -> {
            object(where, media);
            optional(where, media, "schema", this::schema);
            map(where + "/examples", media.path("examples"), this::object);
        });
    }

    private void requestBody(String place, JsonNode body) {
        object(place, body);
        if (!isReference(place, body, "requestBodies")) {
            members(place, body, Set.of("description", "content", "required"));
            if (body.path("content").isEmpty()) {
                wrong(place + "/content", "is missing");
            }
            content(place + "/content", body.path("content"));
        }
    }

    private void parameter(String place, JsonNode parameter) {
        object(place, parameter);
        if (!isReference(place, parameter, "parameters")) {
            text(place + "/name", parameter.path("name"));
            String in = parameter.path("in").asText();
            if (!PLACES.contains(in)) {
                wrong(place + "/in", "is none of query, header, path, cookie");
            } else if (in.equals("path") && !parameter.path("required").asBoolean()) {
                wrong(place + "/required", "is not true");
            }
            described(place, parameter);
        }
    }

    private void header(String place, JsonNode header) {
        object(place, header);
        if (!isReference(place, header, "headers")) {
            described(place, header);
        }
    }

    private void described(String place, JsonNode node) {
        if (node.has("schema") == node.has("content")) {
            wrong(place, "needs either a schema or a content");
        }
        optional(place, node, "schema", this::schema);
        content(place + "/content", node.path("content"));
    }

    private void schema(String place, JsonNode schema) {
        if (!schema.isObject() && !schema.isBoolean()) {
            wrong(place, "is not a schema");
        }
    }
}
