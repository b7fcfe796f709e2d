// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import java.util.List;
import java.util.Map;

/**
 * Writers of the world, as each call identifies its server.
 *
 * @param highestEpoch the highest one that any call came with; 0 when none did
 * @param writesByEpoch epoch → writes
 * @param formerWrites writes that were begun when their lease was over, or after a call with a higher epoch had come
 * @param lateWrites writes that were begun before, and came after a call with a higher epoch
 * @param nobodysWrites writes that came without an epoch after one had been seen
 * @param firstFormer the first of those that no owner has begun, for people
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
