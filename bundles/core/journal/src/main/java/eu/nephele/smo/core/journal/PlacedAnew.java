// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of the graph with a service on another cluster and the rest placed anew around it.
 *
 * @param plan empty if there is none
 * @param why there is none, for people; "" where nobody looked, since the service may not be there anyway
 */
record PlacedAnew(Optional<AlternativePlan> plan, String why) {

    static final PlacedAnew NOT_LOOKED_AT = none("");

    private static final double SAME = 1e-9;

    static PlacedAnew none(String why) {
        return new PlacedAnew(Optional.empty(), why);
    }

    /**
     * @param cost of the whole graph: weighted sum of all objectives
     * @param costDifference from what was decided; negative if the strategy finds a cheaper one now
     * @param moves of the other services
     * @param proven whether the strategy proves that no plan with the service there costs less
     */
    record AlternativePlan(double cost, double costDifference, List<ServiceShift> moves, boolean proven) {

        AlternativePlan {
            moves = List.copyOf(moves);
        }
    }

    /** Names of clusters, those of several shares with commas. */
    record ServiceShift(String service, String from, String to) {}

    static List<ServiceShift> shifts(Placement before, Placement after, String except) {
        List<ServiceShift> shifts = new ArrayList<>();
        before.shares().forEach((service, shares) -> {
            if (!service.equals(except) && !before.clustersOf(service).equals(after.clustersOf(service))) {
                shifts.add(new ServiceShift(service, names(shares), names(after.of(service))));
            }
        });
        return shifts;
    }

    private static String names(List<Share> shares) {
        return shares.stream().map(share -> share.cluster().name()).collect(Collectors.joining(", "));
    }

    void writeTo(JsonFieldWriter members) {
        plan.ifPresent(found -> members.put("placedAnew", json(found)));
        if (!why.isEmpty()) {
            members.put("notPlacedAnew", why);
        }
    }

    private static JsonObject json(AlternativePlan plan) {
        return new JsonFieldWriter()
                .put("cost", plan.cost())
                .put("costDifference", plan.costDifference())
                .put("moves", JsonFieldWriter.array(plan.moves(), shift -> new JsonFieldWriter()
                        .put("service", shift.service())
                        .put("from", shift.from())
                        .put("to", shift.to())
                        .object()))
                .put("proven", plan.proven())
                .object();
    }

    /** The plan in a sentence for people; "" for none. */
    String sentence() {
        return plan.map(found -> "With the rest placed anew the graph would cost " + difference(found.costDifference())
                        + ": " + shifts(found.moves()) + ".")
                .orElse("");
    }

    private static String difference(double difference) {
        if (Math.abs(difference) < SAME) {
            return "the same";
        }
        return AmountFormatter.number(Math.abs(difference)) + (difference > 0 ? " more" : " less");
    }

    private static String shifts(List<ServiceShift> shifts) {
        return shifts.isEmpty()
                ? "no other service moves"
                : shifts.stream()
                        .map(shift -> shift.service() + " from " + shift.from() + " to " + shift.to())
                        .collect(Collectors.joining(", "));
    }
}
