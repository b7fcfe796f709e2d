// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

/**
 * A replica that leaves its balancer: first it gets no new requests, then it is no member, then it may stop.
 *
 * @param stage how far it is
 * @param sinceNanos when it began
 */
record Departure(LeaveStage stage, long sinceNanos) {

    enum LeaveStage {
        DRAINING,
        LEFT_OUT,
        GONE
    }

    Departure at(LeaveStage next) {
        return new Departure(next, sinceNanos);
    }
}
