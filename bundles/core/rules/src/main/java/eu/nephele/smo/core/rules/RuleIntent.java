// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * An intent that a rule file defines.
 *
 * @param value schema of its value
 */
record RuleIntent(String name, Set<Scope> scopes, JsonObject value, List<Rule> rules) implements IntentHandler {

    RuleIntent {
        scopes = Set.copyOf(scopes);
        rules = List.copyOf(rules);
    }

    @Override
    public Set<Scope> scopes(String ofName) {
        return scopes;
    }

    @Override
    public JsonObject schema(String ofName, Scope scope) {
        return value;
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        rules.stream().filter(rule -> rule.matches(intent.value())).forEach(rule -> rule.apply(intent, requirements));
    }
}
