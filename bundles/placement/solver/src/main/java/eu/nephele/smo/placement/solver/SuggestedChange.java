// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One change of a request that does not fit. Which of two changes is smaller is a matter of {@link #effort}: what part of a whole
 * it is, times how hard it is to get. More capacity counts once, fewer replicas twice, a limit three times, a service that is left out four
 * times.
 */
public sealed interface SuggestedChange {

    /** How hard limits are to change, beside capacities. */
    int LIMIT_EFFORT = 3;

    /** Returns the request with the change; without costs, which belong to the request as it was. */
    PlacementRequest apply(PlacementRequest request);

    /** @param request as it was before */
    double effort(PlacementRequest request);

    /** For people, behind "It would fit": {@code with 2 more free cores on c1}. */
    String text();

    /** @param amount in the unit of {@link Resources#byName} */
    record MoreCapacity(ClusterId cluster, String resource, long amount) implements SuggestedChange {

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            Resources more = Resources.ofNames(Map.of(resource, amount));
            return new RequestCopy(request)
                    .cluster(before -> before.id().equals(cluster) ? with(before, more) : before)
                    .build();
        }

        private static ClusterCapacity with(ClusterCapacity before, Resources more) {
            return new ClusterCapacity(
                    before.id(),
                    before.free().plus(more),
                    before.allocatable().plus(more),
                    before.occupied(),
                    before.labels(),
                    before.energy(),
                    before.signals());
        }

        /** Returns the amount as a part of what the cluster has then. */
        @Override
        public double effort(PlacementRequest request) {
            return request.clusters().stream()
                    .filter(there -> there.id().equals(cluster))
                    .mapToDouble(there -> effort(size(there, resource), amount))
                    .findFirst()
                    .orElse(1);
        }

        static double effort(double size, long amount) {
            return amount / (size + amount);
        }

        static double size(ClusterCapacity cluster, String resource) {
            return cluster.free().max(cluster.allocatable()).byName().getOrDefault(resource, 0L);
        }

        @Override
        public String text() {
            return "with %s on %s".formatted(AmountText.more(resource, amount), cluster.name());
        }
    }

    /** @param replicas that are left */
    record FewerReplicas(String service, int replicas) implements SuggestedChange {

        private static final int EFFORT = 2;

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .service(before -> before.id().equals(service)
                            ? new PlacementService(service, before.perReplica(), replicas, before.division())
                            : before)
                    .build();
        }

        /** Twice the part of the replicas that are given up. */
        @Override
        public double effort(PlacementRequest request) {
            return request.services().stream()
                    .filter(before -> before.id().equals(service))
                    .mapToDouble(before -> effort(before.replicas(), replicas))
                    .findFirst()
                    .orElse(EFFORT);
        }

        static double effort(int before, int after) {
            return EFFORT * (double) (before - after) / Math.max(1, before);
        }

        @Override
        public String text() {
            return "with %d %s of %s".formatted(replicas, replicas == 1 ? "replica" : "replicas", service);
        }
    }

    /**
     * A longer latency on all links from one service to another.
     *
     * @param millis the new limit; empty for none
     */
    record LongerLatency(String from, String to, OptionalDouble millis) implements SuggestedChange {

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .link(before -> isBetween(request, before) ? relaxed(before) : before)
                    .build();
        }

        private PlacementLink relaxed(PlacementLink before) {
            OptionalDouble old = before.maxLatencyMillis();
            boolean longer = old.isPresent() && (millis.isEmpty() || millis.getAsDouble() > old.getAsDouble());
            return longer ? new PlacementLink(before.from(), before.to(), before.traffic(), millis) : before;
        }

        private boolean isBetween(PlacementRequest request, PlacementLink link) {
            return ConflictMember.ids(request, List.of(link.from(), link.to())).equals(List.of(from, to));
        }

        /** Three times the part of the new latency that is more than the least limit before. */
        @Override
        public double effort(PlacementRequest request) {
            double before = request.links().stream()
                    .filter(link -> isBetween(request, link))
                    .mapToDouble(link -> link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY))
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
            return millis.isEmpty() ? LIMIT_EFFORT : LIMIT_EFFORT * (1 - before / millis.getAsDouble());
        }

        @Override
        public String text() {
            return millis.isPresent()
                    ? "with a latency limit of %s ms from %s to %s".formatted(millis.getAsDouble(), from, to)
                    : "without the latency limit from %s to %s".formatted(from, to);
        }
    }

    /** @param why the service is not allowed there now, for people */
    record AllowedCluster(String service, ClusterId cluster, String why) implements SuggestedChange {

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .permit((s, c) -> request.services().get(s).id().equals(service)
                            && request.clusters().get(c).id().equals(cluster))
                    .build();
        }

        @Override
        public double effort(PlacementRequest request) {
            return LIMIT_EFFORT;
        }

        @Override
        public String text() {
            return "with %s allowed on %s (not allowed now: %s)".formatted(service, cluster.name(), why);
        }
    }

    /** Services of a group, or those of them that the request has, need not be together any more. */
    record DroppedTogether(List<String> services) implements SuggestedChange {

        public DroppedTogether {
            services = List.copyOf(services);
        }

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .together(group -> !services.containsAll(ConflictMember.ids(request, group)))
                    .build();
        }

        @Override
        public double effort(PlacementRequest request) {
            return LIMIT_EFFORT;
        }

        @Override
        public String text() {
            return "with %s on different clusters".formatted(String.join(" and ", services));
        }
    }

    /** Two services may share a cluster. */
    record DroppedApart(String one, String other) implements SuggestedChange {

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .apart(pair -> !ConflictMember.ids(request, pair).equals(List.of(one, other)))
                    .build();
        }

        @Override
        public double effort(PlacementRequest request) {
            return LIMIT_EFFORT;
        }

        @Override
        public String text() {
            return "with %s and %s allowed to share a cluster".formatted(one, other);
        }
    }

    /** All replicas of a service run on one cluster. */
    record DroppedDivision(String service) implements SuggestedChange {

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .service(before -> before.id().equals(service)
                            ? new PlacementService(
                                    service, before.perReplica(), before.replicas(), ReplicaDivision.WHOLE)
                            : before)
                    .build();
        }

        @Override
        public double effort(PlacementRequest request) {
            return LIMIT_EFFORT;
        }

        @Override
        public String text() {
            return "with all replicas of %s on one cluster".formatted(service);
        }
    }

    /** A service is left out, with its links and constraints. */
    record DroppedService(String service) implements SuggestedChange {

        private static final int EFFORT = 4;

        @Override
        public PlacementRequest apply(PlacementRequest request) {
            return new RequestCopy(request)
                    .services(before -> !before.id().equals(service))
                    .build();
        }

        @Override
        public double effort(PlacementRequest request) {
            return EFFORT;
        }

        @Override
        public String text() {
            return "without %s".formatted(service);
        }
    }
}
