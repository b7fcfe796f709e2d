// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

final class PolicyMatcher {

    /** The highest priority, then a selector that names the object, then the first name. */
    private static final Comparator<Match> ORDER = Comparator.comparingInt(Match::priority)
            .reversed()
            .thenComparing(match -> !match.named())
            .thenComparing(match -> match.policy().path("metadata").path("name").asText());

    private record Match(ObjectNode policy, int priority, boolean named) {}

    private PolicyMatcher() {}

    static Optional<ObjectNode> select(ObjectNode object, Collection<ObjectNode> policies) {
        List<Match> matches = new ArrayList<>();
        for (ObjectNode policy : policies) {
            for (JsonNode selector : policy.path("spec").path("resourceSelectors")) {
                if (sameNamespace(object, policy) && selects(selector, object)) {
                    int priority = policy.path("spec").path("priority").asInt();
                    matches.add(new Match(policy, priority, selector.has("name")));
                }
            }
        }
        return matches.stream().min(ORDER).map(Match::policy);
    }

    /** The changes of override policies for one cluster: {@code {path, operator, value}}, in order of their names. */
    static List<JsonNode> overrides(ObjectNode object, String cluster, Collection<ObjectNode> policies) {
        List<JsonNode> changes = new ArrayList<>();
        policies.stream()
                .filter(policy -> sameNamespace(object, policy))
                .filter(policy -> selectsAny(policy, object))
                .sorted(Comparator.comparing(
                        policy -> policy.path("metadata").path("name").asText()))
                .forEach(policy -> {
                    for (JsonNode rule : policy.path("spec").path("overrideRules")) {
                        if (ClusterAffinity.from(rule.path("targetCluster")).allows(cluster)) {
                            rule.path("overriders").path("plaintext").forEach(changes::add);
                        }
                    }
                });
        return changes;
    }

    private static boolean selectsAny(ObjectNode policy, ObjectNode object) {
        JsonNode selectors = policy.path("spec").path("resourceSelectors");
        if (selectors.isEmpty()) {
            return true; // an override without selectors applies to everything in its namespace
        }
        for (JsonNode selector : selectors) {
            if (selects(selector, object)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameNamespace(ObjectNode object, ObjectNode policy) {
        return object.path("metadata")
                .path("namespace")
                .equals(policy.path("metadata").path("namespace"));
    }

    private static boolean selects(JsonNode selector, ObjectNode object) {
        return selector.path("apiVersion").equals(object.path("apiVersion"))
                && selector.path("kind").equals(object.path("kind"))
                && (!selector.has("name")
                        || selector.path("name").equals(object.path("metadata").path("name")))
                && hasLabels(selector.path("labelSelector").path("matchLabels"), object);
    }

    private static boolean hasLabels(JsonNode wanted, ObjectNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return wanted.properties().stream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }
}
