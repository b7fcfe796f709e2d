// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A catalog to which tests add what they need. */
final class InstalledForTests implements StrategyCatalog {

    private final List<InstalledStrategy> strategies = new ArrayList<>();
    private final List<InstalledIntent> intents = new ArrayList<>();
    private long revision;

    /** Nothing at all. */
    static InstalledForTests nothing() {
        return new InstalledForTests();
    }

    /** The handlers and strategies that come with the product. */
    static InstalledForTests usual() {
        String classes = "{\"enum\":[\"light\",\"small\",\"medium\",\"large\"]}";
        return new InstalledForTests()
                .intent("compute", Scope.SERVICE, """
                        {"type":"object","required":["cpu"],"properties":{"cpu":%s,"ram":%s,
                         "storage":{"enum":["small","medium","large"]},
                         "gpu":{"type":"object","properties":{"enabled":{"anyOf":[{"type":"boolean"},
                           {"type":"string","pattern":"^(?i:true|false)$"}]}},"additionalProperties":false}},
                         "additionalProperties":false}""".formatted(classes, classes))
                .intent("highAvailability", Scope.GRAPH, """
                        {"type":"object","properties":{"enabled":{"type":"boolean"},
                         "minReplicasOverall":{"type":"integer","minimum":0},
                         "maxReplicasOverall":{"type":"integer","minimum":1}},"additionalProperties":false}""")
                .intent("location", Scope.SERVICE, """
                        {"type":"object","properties":{"clusters":{"type":"array","items":{"type":"string"}},
                         "excludeClusters":{"type":"array","items":{"type":"string"}},
                         "labels":{"type":"object","additionalProperties":{"type":"string"}}},"additionalProperties":false}""")
                .intent("antiAffinity", Scope.SERVICE, "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}")
                .intent(
                        "spread",
                        Scope.SERVICE,
                        "{\"type\":\"object\",\"properties\":{\"overClusters\":{\"type\":\"integer\"}}}")
                .strategy(StrategyRef.PLACEMENT, "greedy", "{\"type\":\"object\",\"additionalProperties\":false}")
                .strategy(StrategyRef.PLACEMENT, "optimal", """
                        {"type":"object","properties":{"gapPercent":{"type":"number","minimum":0}},"additionalProperties":false}""")
                .strategy(StrategyRef.SCALING, "threshold", "{\"type\":\"object\"}");
    }

    InstalledForTests intent(String name, Scope scope, String schema) {
        intents.add(new InstalledIntent(name, "test", "1.0.0", Map.of(scope, StrictJson.parseObject(schema))));
        revision++;
        return this;
    }

    InstalledForTests strategy(String kind, String id, String parametersSchema) {
        strategies.add(new InstalledStrategy(
                new StrategyRef(kind, id, "1.0.0"), "test", Set.of(), StrictJson.parseObject(parametersSchema), true));
        revision++;
        return this;
    }

    @Override
    public List<InstalledStrategy> strategies() {
        return List.copyOf(strategies);
    }

    @Override
    public List<InstalledObjective> objectives() {
        return List.of();
    }

    @Override
    public List<InstalledIntent> intents() {
        return List.copyOf(intents);
    }

    @Override
    public List<Default> defaults(CallContext call) {
        return List.of();
    }

    @Override
    public Default defaultWith(String key, String value) {
        throw new IllegalArgumentException(key);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public List<Violation> check(String kind, StrategySelection selection, String pointer) {
        Optional<String> id = selection.id();
        boolean known = strategies.stream()
                .anyMatch(strategy -> strategy.ref().kind().equals(kind)
                        && id.filter(strategy.ref().id()::equals).isPresent());
        // as the installed ones: what names no strategy leaves it to the next level
        return known || id.isEmpty() || selection.optional()
                ? List.of()
                : List.of(new Violation(pointer + "/id", "no %s strategy %s".formatted(kind, id.orElseThrow())));
    }
}
