// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.plugin.ReplacedStrategies.Activation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * @param byKind empty when the original strategies decide; otherwise decisions of missing kinds are not replayed
 * @param former starts them first, where an upgrade has replaced them
 */
record SubstituteStrategies(Map<String, SubstituteStrategy> byKind, Optional<Supplier<Activation>> former) {

    SubstituteStrategies {
        byKind = Map.copyOf(byKind);
    }

    Optional<SubstituteStrategy> find(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Returns whether there are some, and none for decisions of that kind. */
    boolean leaveOut(String kind) {
        return !byKind.isEmpty() && !byKind.containsKey(kind);
    }
}
