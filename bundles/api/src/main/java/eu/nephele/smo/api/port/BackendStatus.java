// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.util.List;

/**
 * The replicas of one service behind a load balancer, as they are.
 *
 * @param owner id of the installation whose backend it is, "" where it does not say
 * @param port on which the balancer listens
 * @param members those that are asked for, and those that are leaving
 * @param waiting requests that wait for a member
 */
public record BackendStatus(String owner, int port, List<MemberStatus> members, long waiting) {

    public BackendStatus {
        members = List.copyOf(members);
    }

    /**
     * One replica as the balancer sees it.
     *
     * @param id as in {@link Backend.Member#id}
     * @param state whether it gets requests
     * @param requests that it answers just now, or connections where the protocol is TCP
     */
    public record MemberStatus(String id, State state, long requests) {}

    /** Whether a member gets requests. */
    public enum State {
        /** gets requests */
        UP,
        /** does not answer the check (yet): gets none */
        DOWN,
        /** gets no new ones, goes on with those it has */
        DRAINING
    }
}
