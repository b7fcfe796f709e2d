// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.List;
import java.util.Map;

/**
 * Answers of the server to its clients.
 *
 * @param changes acknowledged changes by kind
 * @param repeated number of requests repeated after a lost answer
 * @param abandoned number of requests not repeated after a lost answer
 * @param tooEarly number of answers 404 of a starting server without an interface, where 503 is right
 * @param refusals refused requests that were right
 */
public record ClientAnswers(
        Map<String, Integer> changes, int repeated, int abandoned, int tooEarly, List<String> refusals) {

    public ClientAnswers {
        changes = Map.copyOf(changes);
        refusals = List.copyOf(refusals);
    }

    public int acknowledged() {
        return changes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
