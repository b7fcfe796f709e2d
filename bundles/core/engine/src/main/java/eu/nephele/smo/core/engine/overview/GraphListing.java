// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.overview;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.overview.GraphEntry.Attention;
import eu.nephele.smo.core.contract.overview.GraphEntry.OpenCondition;
import eu.nephele.smo.core.contract.overview.OverviewQuery.ListPosition;
import eu.nephele.smo.core.contract.store.GraphFacts;
import eu.nephele.smo.core.contract.store.GraphOutline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is kept of a graph for lists over all projects: some 1.2 KB with five services.
 *
 * @param target for the question whether a caller may see it
 * @param mark its place in lists
 * @param folded project and name in lower case
 * @param phase as it is shown
 * @param services number of its services
 * @param replicas of all its services
 * @param places each service on each of its clusters, in order of the services
 */
record GraphListing(
        GraphOutline outline,
        ResourceRef target,
        ListPosition mark,
        String folded,
        GraphPhase phase,
        int services,
        int replicas,
        List<ServicePlace> places,
        Attention attention,
        Optional<OpenCondition> condition) {

    /** Replicas of a service on a cluster. */
    record ServicePlace(String service, ClusterId cluster, int replicas) {}

    /** @param shared the one object for all equal clusters */
    static GraphListing create(GraphFacts facts, GraphPhase phase, UnaryOperator<ClusterId> shared) {
        GraphOutline outline = facts.outline();
        GraphId id = outline.id();
        List<ServicePlace> places = places(facts.placement(), shared);
        OpenConditions open = OpenConditions.from(outline, phase, facts.conditions());
        return new GraphListing(
                outline,
                ResourceRef.of(id),
                new ListPosition(changedAt(facts), id),
                fold(id.project() + "\n" + id.name()),
                phase,
                facts.services(),
                places.stream().mapToInt(ServicePlace::replicas).sum(),
                places,
                open.attention(),
                open.first());
    }

    static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Instant changedAt(GraphFacts facts) {
        Instant last = facts.outline().times().updatedAt();
        Instant decided = facts.decidedAt().orElse(last);
        last = decided.isAfter(last) ? decided : last;
        for (Condition condition : facts.conditions()) {
            Instant transition = condition.lastTransitionTime();
            last = transition.isAfter(last) ? transition : last;
        }
        return last;
    }

    private static List<ServicePlace> places(Placement placement, UnaryOperator<ClusterId> shared) {
        List<ServicePlace> places = new ArrayList<>();
        for (Map.Entry<String, List<Placement.Share>> service :
                placement.shares().entrySet()) {
            for (Placement.Share share : service.getValue()) {
                places.add(new ServicePlace(service.getKey(), shared.apply(share.cluster()), share.replicas()));
            }
        }
        return List.copyOf(places);
    }

    GraphId id() {
        return outline.id();
    }

    boolean isOn(String source, String cluster) {
        for (ServicePlace place : places) {
            if (place.cluster().name().equals(cluster)
                    && (source.isEmpty() || place.cluster().source().equals(source))) {
                return true;
            }
        }
        return false;
    }
}
