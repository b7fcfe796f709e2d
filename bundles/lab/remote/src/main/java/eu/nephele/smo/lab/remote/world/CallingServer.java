// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Identity of the calling server, as the call carries it.
 *
 * @param holder of the lease; "" when not given
 * @param epoch of the owner; empty for a caller without epochs
 * @param begunMillis begin of the call, by the clock shared with the world; {@link Long#MAX_VALUE} when not given
 * @param leftNanos remaining time of the lease then; 0 when not given
 */
record CallingServer(String holder, Optional<Long> epoch, long begunMillis, long leftNanos) {

    /** @param header the value of a header; "" when it is missing */
    static CallingServer from(UnaryOperator<String> header) {
        return new CallingServer(
                header.apply("Smo-Owner"),
                number(header.apply("Smo-Epoch")),
                number(header.apply("Smo-Begun")).orElse(Long.MAX_VALUE),
                number(header.apply("Smo-Left")).orElse(0L));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException without) {
            return Optional.empty();
        }
    }
}
