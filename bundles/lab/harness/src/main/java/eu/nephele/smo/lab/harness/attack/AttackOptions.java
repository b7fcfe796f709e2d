// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.util.List;
import java.util.OptionalInt;

/**
 * Options of a run.
 *
 * @param seed determines a case together with its number
 * @param cases number of cases, 1 or more
 * @param only number of the only case to send, to repeat it
 * @param perSecond most cases per second, 1 or more
 */
public record AttackOptions(long seed, int cases, OptionalInt only, int perSecond, List<String> server) {

    public AttackOptions {
        server = List.copyOf(server);
        if (cases < 1 || perSecond < 1 || only.orElse(0) < 0) {
            throw new IllegalArgumentException("cases and rate are 1 or more, case 0 or more");
        }
    }
}
