// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

/**
 * A replica that leaves its balancer: it waits for another one to be up there, then it gets no new requests, then it is no member, then it may stop.
 *
 * @param stage how far it is
 * @param sinceNanos when it began to wait, and from then on when it began to drain
 */
record Departure(LeaveStage stage, long sinceNanos) {

    enum LeaveStage {
        WAITING,
        DRAINING,
        LEFT_OUT,
        GONE
    }

    Departure drainingSince(long nanos) {
        return new Departure(LeaveStage.DRAINING, nanos);
    }

    Departure at(LeaveStage next) {
        return new Departure(next, sinceNanos);
    }
}
