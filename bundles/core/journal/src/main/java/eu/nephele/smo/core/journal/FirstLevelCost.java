// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.OptionalLong;

/** Cost of a placement by the first level, in micro-units, as strategies minimise it: each share and each link is rounded on its own. */
final class FirstLevelCost {

    private final PlacementRequest request;
    private final Placement placement;

    /** @param placement every service of the request on clusters of the request */
    FirstLevelCost(PlacementRequest request, Placement placement) {
        this.request = request;
        this.placement = placement;
    }

    /** Empty without costs, or if it is too large for a number. */
    OptionalLong micros() {
        if (request.costs().isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(sum(request.costs().get(0)));
        } catch (ArithmeticException tooLarge) {
            return OptionalLong.empty();
        }
    }

    private long sum(Costs costs) {
        long sum = 0;
        for (int s = 0; s < request.services().size(); s++) {
            for (Share share : shares(s)) {
                long all = costs.assign(s, column(share));
                long here = isWhole(s) ? all : (long) Math.rint(all * part(s, share));
                sum = Math.addExact(sum, here);
            }
        }
        for (ClusterId cluster : placement.clusters()) {
            sum = Math.addExact(sum, costs.open(request.column(cluster).orElse(0)));
        }
        for (PlacementLink link : request.links()) {
            sum = Math.addExact(sum, traffic(costs, link));
        }
        return sum;
    }

    private long traffic(Costs costs, PlacementLink link) {
        long sum = 0;
        for (Share from : shares(link.from())) {
            for (Share to : shares(link.to())) {
                double traffic = link.traffic() * part(link.from(), from) * part(link.to(), to);
                long each = column(from) == column(to) ? 0 : costs.distance(column(from), column(to));
                sum = Math.addExact(sum, (long) Math.rint(traffic * each));
            }
        }
        return sum;
    }

    private List<Share> shares(int service) {
        return placement.of(request.services().get(service).id());
    }

    private boolean isWhole(int service) {
        return shares(service).size() == 1;
    }

    private double part(int service, Share share) {
        PlacementService of = request.services().get(service);
        return isWhole(service) ? 1 : (double) share.replicas() / of.replicas();
    }

    private int column(Share share) {
        return request.column(share.cluster()).orElse(0);
    }
}
