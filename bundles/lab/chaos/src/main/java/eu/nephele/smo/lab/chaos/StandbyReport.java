// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.lab.world.OwnerReport;
import java.util.List;
import java.util.Map;

/**
 * Report about two servers on one database.
 *
 * @param owners who has written, as the world has seen it
 * @param reads what the standby has answered
 * @param takeoverMillis from each hit to the first change that the successor has accepted
 * @param blows what the owner was hit by, and how often
 * @param late writes that came late, by the hit in whose round the world has seen them
 * @param sentOn how often a change was made where the standby said that the owner is
 * @param restarts how often a server that nobody had hit has ended with 70
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

    /** The longest; 0 when there was none. */
    public long takeoverMillisMax() {
        return takeoverMillis.isEmpty() ? 0 : takeoverMillis.get(takeoverMillis.size() - 1);
    }

    /** Writes to the world that were begun by a server that did not own the database any more, or did not say that it does. */
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

    /** How many writes came late in rounds with this hit. */
    public long late(OwnerFailure ownerFailure) {
        return late.getOrDefault(ownerFailure, 0L);
    }

    /** How often the owner was hit so. */
    public int count(OwnerFailure ownerFailure) {
        return blows.getOrDefault(ownerFailure, 0);
    }

    /** How long takeovers took, for people. */
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
