// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Merges parts into one document. A part is merged as a whole or not at all: it must not repeat existing elements, and
 * it may refer to its own or our components. It must not refer to those of another bundle, which may be removed.
 */
final class OpenApiMerger {

    private static final String COMPONENTS = "/components/";

    private final ObjectNode whole = JsonNodeFactory.instance.objectNode();
    private final ObjectNode paths;
    private final ObjectNode components;
    private final ArrayNode tags;
    /** Paths with the names of their parameters removed. */
    private final Set<String> templates = new HashSet<>();

    private final Set<String> operationIds = new HashSet<>();
    private final Set<String> tagNames = new HashSet<>();
    /** Pointers of the components of bundles. */
    private final Set<String> foreign = new HashSet<>();

    /** @param base members of the whole document, and the components that several parts use */
    OpenApiMerger(ContractPart base) {
        base.tree().properties().stream()
                .filter(member -> !member.getKey().equals("components"))
                .forEach(member -> whole.set(member.getKey(), member.getValue()));
        tags = whole.putArray("tags");
        paths = whole.putObject("paths");
        components = whole.putObject("components");
        take(base.tree().path("components"));
    }

    /** @throws UnfitPart with the mistakes; the document is unchanged then */
    void add(ContractPart part) throws UnfitPart {
        List<String> mistakes = new ArrayList<>(PartShape.mistakes(part.tree()));
        if (mistakes.isEmpty()) {
            clashes(part.tree(), mistakes);
            references("", part.tree(), part.tree(), mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw new UnfitPart(mistakes);
        }
        part.servedBy().ifPresent(bundle -> {
            operations(part.tree()).forEach(operation -> operation.put("x-served-by", bundle));
            components(part.tree()).forEach(foreign::add);
        });
        templates.addAll(
                names(part.tree().path("paths")).map(OpenApiMerger::template).toList());
        operationIds.addAll(operationIds(part.tree()));
        tagNames.addAll(tagNames(part.tree()));
        part.tree().path("tags").forEach(tags::add);
        paths.setAll(part.tree().withObjectProperty("paths"));
        take(part.tree().path("components"));
    }

    ObjectNode whole() {
        return whole;
    }

    private void take(JsonNode brought) {
        brought.properties()
                .forEach(section ->
                        components.withObjectProperty(section.getKey()).setAll((ObjectNode) section.getValue()));
    }

    private void clashes(JsonNode part, List<String> mistakes) {
        Set<String> seen = new HashSet<>(templates);
        names(part.path("paths"))
                .filter(path -> !seen.add(template(path)))
                .forEach(path -> mistakes.add("the path %s already exists".formatted(path)));
        Set<String> ids = new HashSet<>(operationIds);
        operationIds(part).stream()
                .filter(id -> !ids.add(id))
                .forEach(id -> mistakes.add("the operationId %s already exists".formatted(id)));
        Set<String> named = new HashSet<>(tagNames);
        tagNames(part).stream()
                .filter(tag -> !named.add(tag))
                .forEach(tag -> mistakes.add("the tag %s already exists".formatted(tag)));
        components(part)
                .filter(pointer -> !whole.at(pointer).isMissingNode())
                .forEach(pointer -> mistakes.add("#%s already exists".formatted(pointer)));
        Set<String> schemes = new HashSet<>();
        components.path("securitySchemes").fieldNames().forEachRemaining(schemes::add);
        operations(part)
                .flatMap(operation -> stream(operation.path("security")))
                .flatMap(OpenApiMerger::names)
                .filter(scheme -> !schemes.contains(scheme))
                .forEach(scheme -> mistakes.add("securityScheme %s does not exist".formatted(scheme)));
    }

    private void references(String place, JsonNode node, JsonNode part, List<String> mistakes) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String where = JsonPointers.child(place, member.getKey());
            if (member.getKey().equals("$ref") && member.getValue().isTextual()) {
                String reference = member.getValue().asText();
                if (!resolves(reference, part)) {
                    mistakes.add("%s does not resolve: %s".formatted(where, reference));
                }
            } else {
                references(where, member.getValue(), part, mistakes);
            }
        }
        if (node.isArray()) {
            for (int at = 0; at < node.size(); at++) {
                references("%s/%d".formatted(place, at), node.path(at), part, mistakes);
            }
        }
    }

    private boolean resolves(String reference, JsonNode part) {
        if (!reference.startsWith("#" + COMPONENTS)) {
            return false;
        }
        JsonPointer pointer = JsonPointer.compile(reference.substring(1));
        if (component(pointer).endsWith("/")) {
            return false;
        }
        return !part.at(pointer).isMissingNode()
                || (!whole.at(pointer).isMissingNode() && !foreign.contains(component(pointer)));
    }

    private static String component(JsonPointer pointer) {
        JsonPointer name = pointer.tail().tail();
        return COMPONENTS + pointer.tail().getMatchingProperty() + "/" + name.getMatchingProperty();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items.stream();
    }

    private static Stream<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey);
    }

    /** Two paths that differ in the names of their parameters only are one. */
    private static String template(String path) {
        return path.replaceAll("\\{[^/}]*}", "{}").replaceAll("(?<=.)/$", "");
    }

    private static Stream<ObjectNode> operations(JsonNode part) {
        return part.path("paths").properties().stream()
                .flatMap(item -> item.getValue().properties().stream())
                .filter(member -> PartShape.METHODS.contains(member.getKey()))
                .map(member -> (ObjectNode) member.getValue());
    }

    private static List<String> operationIds(JsonNode part) {
        return operations(part)
                .map(operation -> operation.path("operationId").asText())
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private static List<String> tagNames(JsonNode part) {
        return stream(part.path("tags")).map(tag -> tag.path("name").asText()).toList();
    }

    private static Stream<String> components(JsonNode part) {
        return part.path("components").properties().stream()
                .flatMap(section -> names(section.getValue()).map(name -> COMPONENTS + section.getKey() + "/" + name));
    }
}
