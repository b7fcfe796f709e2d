// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.remote.world.OwnerReport;
import java.util.List;
import java.util.Map;

/**
 * Report about two servers on one database.
 *
 * @param owners writers, as seen by the world
 * @param takeoverMillis from each hit to the first change accepted by the successor
 * @param late late writes by the hit in whose round the world has seen them
 * @param sentOn number of changes that followed a redirect of the standby
 * @param restarts number of ends with 70 without a hit
 */
public record StandbyReport(
        OwnerReport owners,
        StandbyReads.ReadSummary reads,
        List<Long> takeoverMillis,
        Map<OwnerFailure, Integer> blows,
        Map<OwnerFailure, Long> late,
        int sentOn,
        int restarts) {

    static final long LONGEST_TAKEOVER_MILLIS = 10_000;

    public StandbyReport {
        takeoverMillis = takeoverMillis.stream().sorted().toList();
        blows = Map.copyOf(blows);
        late = Map.copyOf(late);
    }

    /** The longest one; 0 for none. */
    public long takeoverMillisMax() {
        return takeoverMillis.isEmpty() ? 0 : takeoverMillis.get(takeoverMillis.size() - 1);
    }

    /** Writes to the world begun by a server that no longer owned the database, or that gave no epoch. */
    public long strangeWrites() {
        return owners.formerWrites() + owners.nobodysWrites();
    }

    /** Returns whether only the owner has written, and in time, every read was answered, and no takeover took too long. */
    public boolean isGood() {
        return strangeWrites() == 0
                && isInTime()
                && reads.failed() == 0
                && takeoverMillisMax() <= LONGEST_TAKEOVER_MILLIS;
    }

    private boolean isInTime() {
        return late.entrySet().stream().allMatch(each -> each.getKey().mayBeLate() || each.getValue() == 0);
    }

    public long late(OwnerFailure ownerFailure) {
        return late.getOrDefault(ownerFailure, 0L);
    }

    public int count(OwnerFailure ownerFailure) {
        return blows.getOrDefault(ownerFailure, 0);
    }

    String takeovers() {
        return takeoverMillis.isEmpty()
                ? "0"
                : "%d, after %d to %d ms, median %d ms"
                        .formatted(
                                takeoverMillis.size(),
                                takeoverMillis.get(0),
                                takeoverMillisMax(),
                                takeoverMillis.get(takeoverMillis.size() / 2));
    }
}
