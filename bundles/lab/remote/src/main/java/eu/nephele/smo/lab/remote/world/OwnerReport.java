// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import java.util.List;
import java.util.Map;

/**
 * Writers of the world, as each call identifies its server.
 *
 * @param highestEpoch the highest epoch of any call; 0 for none
 * @param writesByEpoch epoch → writes
 * @param formerWrites writes begun after the end of their lease, or after a call with a higher epoch
 * @param lateWrites writes begun before, and received after a call with a higher epoch
 * @param nobodysWrites writes without an epoch after one had been seen
 * @param firstFormer the first write not begun by an owner, for people
 */
public record OwnerReport(
        long highestEpoch,
        Map<Long, Long> writesByEpoch,
        long formerWrites,
        long lateWrites,
        long nobodysWrites,
        List<String> firstFormer) {

    public OwnerReport {
        writesByEpoch = Map.copyOf(writesByEpoch);
        firstFormer = List.copyOf(firstFormer);
    }
}
