// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import java.util.List;

/**
 * Counts of writes to the world.
 *
 * @param doubled writes without a change, under the same key
 * @param firstDoubled the first of them, for people
 */
public record WriteReport(
        long releases, long shares, long rules, long removals, long doubled, List<String> firstDoubled) {

    public WriteReport {
        firstDoubled = List.copyOf(firstDoubled);
    }
}
