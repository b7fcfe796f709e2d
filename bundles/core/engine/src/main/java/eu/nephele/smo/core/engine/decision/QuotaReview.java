// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.quota.QuotaExcess;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares placements with the quota of their project, whichever strategy made them. It explains; that nothing exceeds a
 * quota is guaranteed by the store.
 */
final class QuotaReview {

    /** No project has a quota. */
    static final QuotaReview NONE = new QuotaReview(graph -> Map.of());

    private final Function<GraphId, Map<String, QuotaPart>> quotas;

    /** @param quotas as {@link eu.nephele.smo.core.contract.store.CapacityStore#quota} */
    QuotaReview(Function<GraphId, Map<String, QuotaPart>> quotas) {
        this.quotas = quotas;
    }

    /** Why a graph may not take so much; empty when it may, or takes no more than before. */
    Optional<SmoException> excess(GraphId graph, TransitReservations.PlacementUse use) {
        Map<String, Long> wanted = use.total().values().stream()
                .reduce(Resources.NONE, Resources::plus)
                .byName();
        List<QuotaExcess> excess = quotas.apply(graph).entrySet().stream()
                .filter(part -> part.getValue().isExceededBy(wanted.getOrDefault(part.getKey(), 0L)))
                .map(part -> new QuotaExcess(
                        graph.project(),
                        QuotaMember.ofResource(part.getKey()),
                        part.getValue().others() + part.getValue().own(),
                        wanted.getOrDefault(part.getKey(), 0L) - part.getValue().own(),
                        part.getValue().limit()))
                .sorted((one, other) -> one.member().compareTo(other.member()))
                .toList();
        return excess.isEmpty() ? Optional.empty() : Optional.of(QuotaExcess.refusal(excess));
    }
}
