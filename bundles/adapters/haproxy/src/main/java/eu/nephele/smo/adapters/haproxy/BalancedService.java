// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One service as it shall be.
 *
 * @param drain longest time that a member which leaves goes on
 * @param members by id, those that are drained with weight 0
 * @param leaving by id, none of the members
 */
record BalancedService(
        WorkloadRef workload,
        ServiceShape shape,
        Duration drain,
        List<PlacedMember> members,
        List<LeavingMember> leaving) {

    /** @throws IllegalArgumentException when the workload has a name that HAProxy cannot have */
    BalancedService {
        ProxyNames.name(workload);
        members = List.copyOf(members);
        leaving = List.copyOf(leaving);
    }

    String proxy() {
        return ProxyNames.name(workload);
    }

    Optional<PlacedMember> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findAny();
    }

    boolean isLeaving(String id) {
        return leaving.stream().anyMatch(member -> member.id().equals(id));
    }

    BalancedService withLeaving(List<LeavingMember> others) {
        return new BalancedService(workload, shape, drain, members, others);
    }
}
