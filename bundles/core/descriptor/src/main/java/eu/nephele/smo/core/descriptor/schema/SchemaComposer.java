// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the schema together: our own part and what installed intents and strategies bring. */
final class SchemaComposer {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaComposer.class);

    private final ObjectNode base;
    private final SchemaRegistry registry;

    SchemaComposer(ObjectNode base, SchemaRegistry registry) {
        this.base = base;
        this.registry = registry;
    }

    /**
     * The schema for checking. Intents without a handler and the parameters of strategies are left to checks of their
     * own, which know versions and can explain; so that no mistake is reported twice.
     */
    ObjectNode forChecking(InstalledExtensions parts) {
        ObjectNode schema = withIntents(parts);
        schema.remove("oneOf");
        definition(schema, "graphIntents").put("additionalProperties", true);
        definition(schema, "serviceIntents").put("additionalProperties", true);
        return schema;
    }

    /** The schema for people and editors: everything that can be said in a schema. */
    ObjectNode forPublishing(InstalledExtensions parts, boolean rejectUnknownIntents) {
        ObjectNode schema = withIntents(parts);
        definition(schema, "graphIntents").put("additionalProperties", !rejectUnknownIntents);
        definition(schema, "serviceIntents").put("additionalProperties", !rejectUnknownIntents);
        parts.strategies().stream()
                .filter(InstalledStrategy::preferred)
                .forEach(strategy -> addParameters(schema, strategy));
        return schema;
    }

    private ObjectNode withIntents(InstalledExtensions parts) {
        ObjectNode schema = base.deepCopy();
        for (InstalledIntent intent : parts.intents()) {
            intent.schemas().forEach((scope, fragment) -> add(schema, intent, scope, StrictJson.node(fragment)));
        }
        return schema;
    }

    private void add(ObjectNode schema, InstalledIntent intent, Scope scope, JsonNode brought) {
        JsonNode fragment = usable(intent, brought);
        if (scope == Scope.GRAPH) {
            properties(definition(schema, "graphIntents")).set(intent.name(), fragment);
        } else if (intent.name().equals("network")) {
            overlay(definition(schema, "network"), fragment);
        } else if (intent.name().equals("compute")) {
            ((ObjectNode) schema.get("$defs")).set("compute", fragment);
        } else {
            properties(definition(schema, "serviceIntents")).set(intent.name(), fragment);
        }
    }

    /** The network intent also holds members that no handler has to know: its handler adds to them. */
    private static void overlay(ObjectNode network, JsonNode fragment) {
        fragment.path("properties").properties().forEach(member -> properties(network)
                .set(member.getKey(), member.getValue()));
    }

    private JsonNode usable(InstalledIntent intent, JsonNode brought) {
        try {
            registry.getSchema(brought).validate(base.objectNode());
        } catch (RuntimeException e) {
            LOG.warn(
                    "schema rejected intent={} bundle={} version={}; only its handler checks the values",
                    intent.name(),
                    intent.bundle(),
                    intent.version(),
                    e);
            return BooleanNode.TRUE;
        }
        allowPrivateMembers(brought);
        return brought;
    }

    /** Members that begin with x- are allowed in every closed object of a descriptor. */
    private static void allowPrivateMembers(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("additionalProperties").isBoolean()
                && !object.get("additionalProperties").booleanValue()) {
            object.withObjectProperty("patternProperties").put("^x-", true);
        }
        schema.forEach(SchemaComposer::allowPrivateMembers);
    }

    private static void addParameters(ObjectNode schema, InstalledStrategy strategy) {
        String place = strategy.ref().kind().equals(StrategyRef.PLACEMENT) ? "placementSelection" : "scalingSelection";
        ArrayNode conditions = definition(schema, place).withArrayProperty("allOf");
        ObjectNode condition = conditions.addObject();
        ObjectNode selected = condition.putObject("if");
        selected.putArray("required").add("id");
        ObjectNode members = selected.putObject("properties");
        members.putObject("id").put("const", strategy.ref().id());
        // the selected version may be another one, with other parameters
        members.put("version", false);
        condition
                .putObject("then")
                .putObject("properties")
                .set("parameters", StrictJson.node(strategy.parametersSchema()));
    }

    private static ObjectNode definition(ObjectNode schema, String name) {
        return (ObjectNode) schema.get("$defs").get(name);
    }

    private static ObjectNode properties(ObjectNode schema) {
        return schema.withObjectProperty("properties");
    }
}
