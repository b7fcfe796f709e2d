// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import java.util.List;

/**
 * @param steps carried out
 * @param moves of these
 * @param breaches of rules, for people
 */
record CheckedSteps(int steps, int moves, List<String> breaches) {

    CheckedSteps {
        breaches = List.copyOf(breaches);
    }
}
