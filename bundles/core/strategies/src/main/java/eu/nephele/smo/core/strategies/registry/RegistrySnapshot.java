// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.VersionRange;

/**
 * Services present at one moment, the best of each kind and id first.
 *
 * @param used those of them that may decide
 * @param revision rises with every change
 */
record RegistrySnapshot(
        List<RegisteredService> all, List<RegisteredService> used, List<RegisteredService> unused, long revision) {
    static final RegistrySnapshot EMPTY = new RegistrySnapshot(List.of(), List.of(), List.of(), 0);

    private static final Comparator<RegisteredService> ORDER = Comparator.comparing(
                    (RegisteredService registeredService) ->
                            registeredService.description().kind())
            .thenComparing(registeredService -> registeredService.description().id())
            .thenComparing(registeredService -> registeredService.description().version(), Comparator.reverseOrder())
            .thenComparing(registeredService -> registeredService.description().ranking(), Comparator.reverseOrder())
            .thenComparing(RegisteredService::order);

    RegistrySnapshot next(List<RegisteredService> offers) {
        List<RegisteredService> sorted = offers.stream().sorted(ORDER).toList();
        return new RegistrySnapshot(
                sorted,
                sorted.stream()
                        .filter(registeredService -> registeredService.state() == State.USED)
                        .toList(),
                sorted.stream()
                        .filter(registeredService -> registeredService.state() != State.USED)
                        .toList(),
                revision + 1);
    }

    List<RegisteredService> versions(ServiceKind kind, String id, Optional<VersionRange> range) {
        return among(used, kind, id, range);
    }

    List<RegisteredService> unused(ServiceKind kind, String id, Optional<VersionRange> range) {
        return unused.isEmpty() ? List.of() : among(unused, kind, id, range);
    }

    private static List<RegisteredService> among(
            List<RegisteredService> offers, ServiceKind kind, String id, Optional<VersionRange> range) {
        return offers.stream()
                .filter(registeredService -> registeredService.description().kind() == kind
                        && registeredService.description().id().equals(id))
                .filter(registeredService -> range.isEmpty()
                        || range.get().includes(registeredService.description().version()))
                .toList();
    }
}
