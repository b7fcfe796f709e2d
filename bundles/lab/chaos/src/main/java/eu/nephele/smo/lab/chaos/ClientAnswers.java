// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.util.List;
import java.util.Map;

/**
 * Answers of the server to its clients.
 *
 * @param changes acknowledged changes by kind
 * @param repeated how often a request was made again because its answer was lost
 * @param abandoned how often it was not
 * @param tooEarly how often a server that was starting answered 404 for want of an interface, where 503 is right
 * @param refusals what was refused although the client did nothing wrong
 */
public record ClientAnswers(
        Map<String, Integer> changes, int repeated, int abandoned, int tooEarly, List<String> refusals) {

    public ClientAnswers {
        changes = Map.copyOf(changes);
        refusals = List.copyOf(refusals);
    }

    /** How many changes were acknowledged. */
    public int acknowledged() {
        return changes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
