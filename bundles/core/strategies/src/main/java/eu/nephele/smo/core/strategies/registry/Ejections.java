// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ejected services, so that a mere restart does not reinstate one; an installation or update does. Guarded by the lock of the
 * registry.
 */
final class Ejections {
    /** More than anybody ejects between two restarts; the oldest is forgotten first. */
    private static final int MOST = 1_000;

    private final Map<Who, RegisteredService.Ejection> ejections = new LinkedHashMap<>();

    private record Who(StrategyRef ref, Origin origin) {
        static Who from(RegisteredService registeredService) {
            return new Who(
                    registeredService.ref(), registeredService.description().origin());
        }
    }

    void remember(RegisteredService registeredService, RegisteredService.Ejection ejection) {
        if (registeredService.description().origin().content().isEmpty()) {
            return;
        }
        if (ejections.size() >= MOST) {
            ejections.remove(ejections.keySet().iterator().next());
        }
        ejections.put(Who.from(registeredService), ejection);
    }

    void forget(RegisteredService registeredService) {
        ejections.remove(Who.from(registeredService));
    }

    Optional<RegisteredService.Ejection> find(RegisteredService registeredService) {
        return Optional.ofNullable(ejections.get(Who.from(registeredService)));
    }
}
