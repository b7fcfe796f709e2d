// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Judges until no finding is left that can disappear, or the time is over; a disappeared finding must not return. */
final class SettledFindings {

    private static final long LOOK_AGAIN_MILLIS = 1000;
    /** Longer than the server's intervals for drift and orphans, so that late effects are seen. */
    private static final long STAYS_QUIET_MILLIS = 5000;

    private final PromiseLedger ledger;
    private final Duration limit;

    /** @param limit time to reach the promised state */
    SettledFindings(PromiseLedger ledger, Duration limit) {
        this.ledger = ledger;
        this.limit = limit;
    }

    @FunctionalInterface
    interface Judgement {
        List<ChaosFinding> findings() throws IOException, InterruptedException;
    }

    List<ChaosFinding> await(Judgement judgement) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<ChaosFinding> findings = judgement.findings();
        boolean wellBefore = false;
        while (System.nanoTime() < end && !(isSettled(findings) && wellBefore)) {
            wellBefore = isSettled(findings);
            TimeUnit.MILLISECONDS.sleep(wellBefore ? STAYS_QUIET_MILLIS : LOOK_AGAIN_MILLIS);
            findings = judgement.findings();
        }
        return findings;
    }

    /** Returns whether the findings are settled: those recorded during the storm, or about a failed operation, stay. */
    private boolean isSettled(List<ChaosFinding> findings) {
        return ledger.findings().containsAll(findings);
    }
}
