// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.VersionRange;

/**
 * What was there at one moment, the best of each kind and id first.
 *
 * @param all every offer
 * @param used those of them that may decide
 * @param unused the others
 * @param revision rises with every change
 */
record Snapshot(List<Offer> all, List<Offer> used, List<Offer> unused, long revision) {
    static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), 0);

    private static final Comparator<Offer> ORDER = Comparator.comparing(
                    (Offer offer) -> offer.description().kind())
            .thenComparing(offer -> offer.description().id())
            .thenComparing(offer -> offer.description().version(), Comparator.reverseOrder())
            .thenComparing(offer -> offer.description().ranking(), Comparator.reverseOrder())
            .thenComparing(Offer::order);

    Snapshot next(List<Offer> offers) {
        List<Offer> sorted = offers.stream().sorted(ORDER).toList();
        return new Snapshot(
                sorted,
                sorted.stream().filter(offer -> offer.state() == State.USED).toList(),
                sorted.stream().filter(offer -> offer.state() != State.USED).toList(),
                revision + 1);
    }

    List<Offer> versions(ServiceKind kind, String id, Optional<VersionRange> range) {
        return among(used, kind, id, range);
    }

    List<Offer> unused(ServiceKind kind, String id, Optional<VersionRange> range) {
        return unused.isEmpty() ? List.of() : among(unused, kind, id, range);
    }

    private static List<Offer> among(List<Offer> offers, ServiceKind kind, String id, Optional<VersionRange> range) {
        return offers.stream()
                .filter(offer -> offer.description().kind() == kind
                        && offer.description().id().equals(id))
                .filter(offer -> range.isEmpty()
                        || range.get().includes(offer.description().version()))
                .toList();
    }
}
