// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import eu.nephele.smo.api.runtime.Violation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks bodies against the schema; one mistake gives one violation. */
public final class SchemaChecker {

    /** These say something about single members, so several at one place are several mistakes. */
    private static final Set<String> ABOUT_MEMBERS = Set.of("required", "additionalProperties");

    private final Schema schema;
    private final ErrorWording wording;

    SchemaChecker(SchemaRegistry registry, ObjectNode schema) {
        this.schema = registry.getSchema(withoutAnnotations(schema.deepCopy()));
        this.wording = new ErrorWording(schema);
    }

    /** The validator warns of keywords that it does not know. */
    private static JsonNode withoutAnnotations(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path(ErrorWording.EXPECTED).isTextual()) {
            object.remove(ErrorWording.EXPECTED);
        }
        node.forEach(SchemaChecker::withoutAnnotations);
        return node;
    }

    public List<Violation> check(ObjectNode body, int limit) {
        BoundedExecutionContext boundedExecutionContext = new BoundedExecutionContext();
        List<Error> errors = AnyOfErrorReducer.condense(boundedExecutionContext.in(body, schema));
        Set<String> wronglyTyped = errors.stream()
                .filter(error -> "type".equals(error.getKeyword()))
                .map(SchemaChecker::pointer)
                .collect(Collectors.toSet());
        Set<Violation> violations = new LinkedHashSet<>();
        Set<String> taken = new HashSet<>();
        for (Error error : errors) {
            String pointer = pointer(error);
            boolean first = ABOUT_MEMBERS.contains(error.getKeyword())
                    || "type".equals(error.getKeyword())
                    || (!wronglyTyped.contains(pointer) && taken.add(pointer));
            if (first && violations.size() < limit) {
                violations.add(new Violation(pointer, wording.message(error, body)));
            }
        }
        return List.copyOf(violations);
    }

    private static String pointer(Error error) {
        return error.getInstanceLocation().toString();
    }
}
