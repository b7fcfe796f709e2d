// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.json.StrictJson;
import org.osgi.service.component.annotations.Component;

/** Makes checkers of schemas of others. */
@Component
public final class InstalledSchemas implements SchemaValidatorFactory {

    @Override
    public Validator checker(JsonObject schema) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        SchemaChecker checker;
        try {
            checker = new SchemaChecker(registry, (ObjectNode) StrictJson.node(schema));
            // its references are resolved at the first use
            checker.check((ObjectNode) StrictJson.node(JsonObject.EMPTY), 1);
        } catch (RuntimeException unusable) {
            throw new IllegalArgumentException(
                    "It is no JSON Schema of draft 2020-12 that can be used: " + unusable.getMessage(), unusable);
        }
        return (document, limit) -> checker.check((ObjectNode) StrictJson.node(document), limit);
    }
}
