// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.server.RawResponse;
import java.util.Optional;

/** @param reason why there is no complete answer, else empty */
record ShotOutcome(Optional<RawResponse> answer, String reason, long millis) {

    static ShotOutcome of(RawResponse answer, long millis) {
        return new ShotOutcome(Optional.of(answer), "", millis);
    }

    static ShotOutcome none(String reason, long millis) {
        return new ShotOutcome(Optional.empty(), reason, millis);
    }

    /** Returns whether the connection was not even ended. */
    boolean isSilence() {
        return reason.contains("SocketTimeoutException");
    }
}
