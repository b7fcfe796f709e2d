// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.List;
import java.util.OptionalInt;

/**
 * What an assignment puts on one cluster: services that must be together, or a share of the replicas of a divided service.
 *
 * @param services as indexes of the request; one if it is a share
 * @param share number of replicas; empty for services with all of theirs
 * @param cluster the only one to which it may go; empty for no such limit
 * @param obstacle why it may go nowhere, for people; "" if it may
 */
record RequestItem(List<Integer> services, OptionalInt share, OptionalInt cluster, String obstacle) {

    RequestItem {
        services = List.copyOf(services);
    }

    static RequestItem whole(List<Integer> services) {
        return new RequestItem(services, OptionalInt.empty(), OptionalInt.empty(), "");
    }

    static RequestItem share(int service, int replicas, OptionalInt cluster) {
        return new RequestItem(List.of(service), OptionalInt.of(replicas), cluster, "");
    }

    static RequestItem impossible(List<Integer> services, String obstacle) {
        return new RequestItem(services, OptionalInt.empty(), OptionalInt.empty(), obstacle);
    }

    /** Returns how many replicas of a service it has, of so many in all. */
    int replicas(int all) {
        return share.orElse(all);
    }

    /** Returns the part of a service's replicas that it has, of so many in all. */
    double part(int all) {
        return share.isEmpty() || all == 0 ? 1 : (double) share.getAsInt() / all;
    }
}
