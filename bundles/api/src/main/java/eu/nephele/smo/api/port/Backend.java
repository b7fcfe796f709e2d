// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The replicas of one service behind a load balancer, as they shall be.
 *
 * @param port on which the balancer listens for requests to the service, 1 to 65535
 * @param protocol what is spoken there
 * @param check by which the balancer itself finds out which members answer; without one each member counts as up
 * @param drain longest time that a member which leaves may go on with its requests
 * @param queue longest time that a request waits while no member is up, zero for not at all
 * @param members each id once; may be empty: a service that is scaled to zero
 */
public record Backend(
        int port,
        Protocol protocol,
        Optional<HealthCheck> check,
        Duration drain,
        Duration queue,
        List<Member> members) {

    private static final int LAST_PORT = 65_535;

    /** What is spoken with clients and members. */
    public enum Protocol {
        HTTP,
        TCP
    }

    public Backend {
        members = List.copyOf(members);
        requirePort(port);
        if (drain.isNegative() || queue.isNegative()) {
            throw new IllegalArgumentException("drain=%s queue=%s, expected 0 or more".formatted(drain, queue));
        }
        Set<String> ids = new HashSet<>();
        for (Member member : members) {
            if (!ids.add(member.id())) {
                throw new IllegalArgumentException("two members with the id " + member.id());
            }
        }
    }

    private static void requirePort(int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port=%d, expected 1 to %d".formatted(port, LAST_PORT));
        }
    }

    /**
     * One replica.
     *
     * @param id stable while the replica lives, of letters, digits, {@code -}, {@code _} and {@code .}
     * @param host name or address under which the balancer reaches it
     * @param port of the host, 1 to 65535
     * @param weight share of the requests relative to the other members, 0 to 256; 0 gets none
     * @param draining whether it gets no new requests and goes on with those it has
     */
    public record Member(String id, String host, int port, int weight, boolean draining) {

        private static final int MAX_WEIGHT = 256;

        public Member {
            if (!id.matches("[A-Za-z0-9_.-]{1,128}")) {
                throw new IllegalArgumentException(
                        "id=%s, expected 1 to 128 letters, digits, '-', '_' or '.'".formatted(id));
            }
            if (host.isBlank()) {
                throw new IllegalArgumentException("a member needs a host");
            }
            requirePort(port);
            if (weight < 0 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException("weight=%d, expected 0 to %d".formatted(weight, MAX_WEIGHT));
            }
        }
    }

    /**
     * A question that a member answers while it is well.
     *
     * @param path of an HTTP GET that answers 200 to 399, with leading slash; "" for a connection alone
     * @param port another than that of the member
     * @param interval between two questions, more than 0
     * @param timeout of one question, more than 0
     * @param rise good answers in a row after which a member counts as up, 1 or more
     * @param fall bad answers in a row after which it counts as down, 1 or more
     */
    public record HealthCheck(
            String path, Optional<Integer> port, Duration interval, Duration timeout, int rise, int fall) {

        public HealthCheck {
            if (!path.isEmpty() && !path.startsWith("/")) {
                throw new IllegalArgumentException("path=%s, expected a leading slash".formatted(path));
            }
            port.ifPresent(Backend::requirePort);
            if (interval.isNegative() || interval.isZero() || timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(
                        "interval=%s timeout=%s, expected more than 0".formatted(interval, timeout));
            }
            if (rise < 1 || fall < 1) {
                throw new IllegalArgumentException("rise=%d fall=%d, expected 1 or more".formatted(rise, fall));
            }
        }
    }
}
