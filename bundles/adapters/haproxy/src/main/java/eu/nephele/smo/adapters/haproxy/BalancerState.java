// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All services of one balancer as they shall be: what the configuration file says.
 *
 * @param owner id of the installation whose balancer it is; "" while it has no service
 * @param services by workload
 */
record BalancerState(String owner, List<BalancedService> services) {

    static final BalancerState EMPTY = new BalancerState("", List.of());

    BalancerState {
        services = services.stream()
                .sorted(Comparator.comparing(BalancedService::workload))
                .toList();
        owner = services.isEmpty() ? "" : owner;
    }

    Optional<BalancedService> service(WorkloadRef workload) {
        return services.stream()
                .filter(service -> service.workload().equals(workload))
                .findAny();
    }

    BalancerState without(WorkloadRef workload) {
        return new BalancerState(owner, others(workload).toList());
    }

    BalancerState with(String newOwner, BalancedService service) {
        return new BalancerState(
                newOwner,
                Stream.concat(others(service.workload()), Stream.of(service)).toList());
    }

    BalancerState with(Collection<BalancedService> changed) {
        BalancerState state = this;
        for (BalancedService service : changed) {
            state = state.with(owner, service);
        }
        return state;
    }

    private Stream<BalancedService> others(WorkloadRef workload) {
        return services.stream().filter(service -> !service.workload().equals(workload));
    }
}
