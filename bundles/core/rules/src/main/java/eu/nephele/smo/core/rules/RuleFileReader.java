// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DocumentReader;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.plugin.ReservedNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a rule file as a whole: all its intents, or everything that is wrong with it. */
final class RuleFileReader {

    private static final String SCHEMA = "intent-rules.schema.json";
    private static final int MOST_VIOLATIONS = 20;
    private static final String VALUE = "value";

    private final DocumentReader documents;
    private final SchemaValidatorFactory schemas;
    private final Validator rules;

    RuleFileReader(DocumentReader documents, SchemaValidatorFactory schemas) {
        this.documents = documents;
        this.schemas = schemas;
        this.rules = schemas.checker(StrictJson.parseObject(schema()));
    }

    private static String schema() {
        try (InputStream in = RuleFileReader.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is missing in the bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws SmoException {@code INVALID} with JSON pointers when anything is wrong */
    List<RuleIntent> read(byte[] utf8) {
        JsonObject document = documents.read(utf8);
        refuse(rules.check(document, MOST_VIOLATIONS));
        List<JsonValue> items = IntentValues.of("", document).items("intents");
        List<Violation> violations = new ArrayList<>();
        List<RuleIntent> intents = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            IntentValues item = IntentValues.of("/intents/" + i, items.get(i));
            String name = item.text("name").orElse("");
            if (!names.add(name)) {
                violations.add(new Violation(item.at("name"), "intent %s is defined twice".formatted(name)));
            }
            if (ReservedNames.include("intent", name)) {
                violations.add(new Violation(item.at("name"), "%s is an intent of the product".formatted(name)));
            }
            try {
                intents.add(intent(item, name, violations));
            } catch (IllegalArgumentException wrong) {
                violations.add(violation(wrong, item.pointer()));
            }
        }
        refuse(violations);
        return intents;
    }

    private RuleIntent intent(IntentValues item, String name, List<Violation> violations) {
        JsonObject value = item.child(VALUE)
                .map(IntentValues::object)
                .orElseGet(() -> new JsonObject(Map.of("type", new JsonString("boolean"))));
        // what is wrong with the schema itself is told here
        checker(item, value);
        Validator checker = checker(item, PartialSchema.ofPart(value));
        List<Rule> read = new ArrayList<>();
        List<JsonValue> items = item.items("rules");
        for (int i = 0; i < items.size(); i++) {
            Rule rule = Rule.of(IntentValues.of(item.at("rules") + "/" + i, items.get(i)));
            rule.when().ifPresent(when -> checker.check(JsonObject.EMPTY.with(VALUE, when), 1)
                    .forEach(wrong -> violations.add(
                            new Violation(rule.then().at("when"), "no value of the intent: " + wrong.message()))));
            read.add(rule);
        }
        String description = item.text("description").orElse("defined by rules");
        JsonObject described =
                value.get("description").isPresent() ? value : value.with("description", new JsonString(description));
        return new RuleIntent(name, scopes(item), described, read);
    }

    /** Checks objects with the value as a member. */
    private Validator checker(IntentValues item, JsonObject value) {
        try {
            return schemas.checker(JsonObject.EMPTY
                    .with("type", new JsonString("object"))
                    .with("properties", JsonObject.EMPTY.with(VALUE, value))
                    .with("required", JsonArray.EMPTY));
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException("%s: %s".formatted(item.at(VALUE), unusable.getMessage()), unusable);
        }
    }

    private static Set<Scope> scopes(IntentValues item) {
        Set<Scope> scopes = item.texts("scopes").stream()
                .map(text -> Scope.valueOf(text.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        return scopes.isEmpty() ? Set.of(Scope.GRAPH) : scopes;
    }

    /** Messages of readers of values begin with the pointer. */
    private static Violation violation(IllegalArgumentException wrong, String otherwise) {
        String message = String.valueOf(wrong.getMessage());
        int colon = message.startsWith("/") ? message.indexOf(": ") : -1;
        return colon < 0
                ? new Violation(otherwise, message)
                : new Violation(message.substring(0, colon), message.substring(colon + 2));
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw SmoException.invalid(
                    violations.stream()
                            .map(each -> "%s: %s".formatted(each.pointer(), each.message()))
                            .collect(Collectors.joining("; ")),
                    violations);
        }
    }

    /** Intents that both files define. */
    static Optional<String> shared(List<RuleIntent> one, Set<String> others) {
        return one.stream().map(RuleIntent::name).filter(others::contains).findFirst();
    }
}
