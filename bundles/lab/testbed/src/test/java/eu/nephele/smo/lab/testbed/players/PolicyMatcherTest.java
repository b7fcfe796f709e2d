// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyMatcherTest {

    private static final String SELECTS_A = "{apiVersion: apps/v1, kind: Deployment, name: a}";
    private static final String SELECTS_ALL = "{apiVersion: apps/v1, kind: Deployment}";

    @Test
    void aPolicySpeaksForWhatItSelectsInItsNamespace() throws IOException {
        ObjectNode policy = policy("p", "demo", 0, SELECTS_A);

        assertThat(PolicyMatcher.select(deployment("a", "demo"), List.of(policy)))
                .contains(policy);
        assertThat(PolicyMatcher.select(deployment("b", "demo"), List.of(policy)))
                .isEmpty();
        assertThat(PolicyMatcher.select(deployment("a", "other"), List.of(policy)))
                .isEmpty();
    }

    @Test
    void priorityWinsOverNamesAndNamesOverKinds() throws IOException {
        ObjectNode all = policy("a-all", "demo", 0, SELECTS_ALL);
        ObjectNode named = policy("named", "demo", 0, SELECTS_A);
        ObjectNode urgent = policy("z-urgent", "demo", 5, SELECTS_ALL);

        assertThat(PolicyMatcher.select(deployment("a", "demo"), List.of(all, named)))
                .contains(named);
        assertThat(PolicyMatcher.select(deployment("a", "demo"), List.of(all, named, urgent)))
                .contains(urgent);
    }

    @Test
    void labelsSelect() throws IOException {
        ObjectNode policy = policy(
                "p", "demo", 0, "{apiVersion: apps/v1, kind: Deployment, labelSelector: {matchLabels: {app: a}}}");

        assertThat(PolicyMatcher.select(deployment("a", "demo"), List.of(policy)))
                .contains(policy);
        assertThat(PolicyMatcher.select(deployment("b", "demo"), List.of(policy)))
                .isEmpty();
    }

    @Test
    void overridesAreThoseOfTheCluster() throws IOException {
        ObjectNode override = tree("""
                metadata: {name: o, namespace: demo}
                spec:
                  resourceSelectors: [%s]
                  overrideRules:
                  - targetCluster: {clusterNames: [c2]}
                    overriders: {plaintext: [{path: /spec/replicas, operator: replace, value: 4}]}
                """.formatted(SELECTS_A));

        assertThat(PolicyMatcher.overrides(deployment("a", "demo"), "c2", List.of(override)))
                .hasSize(1);
        assertThat(PolicyMatcher.overrides(deployment("a", "demo"), "c1", List.of(override)))
                .isEmpty();
        assertThat(PolicyMatcher.overrides(deployment("b", "demo"), "c2", List.of(override)))
                .isEmpty();
    }

    private static ObjectNode deployment(String name, String namespace) throws IOException {
        return tree(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}}"
                        .formatted(name, namespace));
    }

    private static ObjectNode policy(String name, String namespace, int priority, String selector) throws IOException {
        return tree("{metadata: {name: %s, namespace: %s}, spec: {priority: %d, resourceSelectors: [%s]}}"
                .formatted(name, namespace, priority, selector));
    }

    private static ObjectNode tree(String text) throws IOException {
        return (ObjectNode) new YAMLMapper().readTree(text);
    }
}
