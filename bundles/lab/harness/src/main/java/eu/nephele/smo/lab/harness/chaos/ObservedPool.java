// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.List;
import java.util.Set;

/**
 * Engines and balancer at one moment.
 *
 * @param backends names of all proxies of services in the balancer, also without servers
 */
record ObservedPool(List<ObservedContainer> containers, Set<String> backends, List<BalancerEntry> entries) {

    ObservedPool {
        containers = List.copyOf(containers);
        backends = Set.copyOf(backends);
        entries = List.copyOf(entries);
    }

    List<ObservedContainer> containersOf(String service) {
        return containers.stream()
                .filter(container -> container.service().equals(service))
                .toList();
    }

    List<BalancerEntry> entriesOf(String service) {
        String backend = BalancerEntry.backendOf(service);
        return entries.stream().filter(entry -> entry.backend().equals(backend)).toList();
    }
}
