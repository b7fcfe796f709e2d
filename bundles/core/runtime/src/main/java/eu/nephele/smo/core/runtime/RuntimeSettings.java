// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.core.contract.work.BackOff;
import java.time.Duration;

/**
 * The configuration, checked.
 *
 * @param workers resources that are reconciled at the same time, 1 or more
 * @param call a call of a controller is given up after it
 * @param lostCalls with so many calls that do not end a controller is not called any more
 * @param look how often a resource in its desired state is reconciled
 * @param poll how often a resource with work in progress is reconciled
 */
record RuntimeSettings(
        int workers,
        Duration call,
        int lostCalls,
        Duration look,
        Duration poll,
        BackOff backOff,
        int maxDocumentBytes) {

    private static final int RETRIES = 5;

    /** A controller without an answered call for so long fails: as long as some of the rarest retries. */
    Duration failing() {
        return backOff.longest().multipliedBy(RETRIES);
    }

    static RuntimeSettings read(RuntimeConfig config) {
        BackOff backOff = new BackOff(
                Duration.ofMillis(atLeastOne("firstBackOffMillis", config.firstBackOffMillis())),
                Duration.ofSeconds(atLeastOne("longestBackOffSeconds", config.longestBackOffSeconds())));
        return new RuntimeSettings(
                atLeastOne("workers", config.workers()),
                Duration.ofSeconds(atLeastOne("callSeconds", config.callSeconds())),
                atLeastOne("lostCalls", config.lostCalls()),
                Duration.ofSeconds(atLeastOne("lookSeconds", config.lookSeconds())),
                Duration.ofMillis(atLeastOne("pollMillis", config.pollMillis())),
                backOff,
                atLeastOne("maxDocumentBytes", config.maxDocumentBytes()));
    }

    private static int atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "eu.nephele.smo.core.runtime: %s is %d, expected 1 or more".formatted(key, value));
        }
        return value;
    }
}
