// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * A fleet from a seed: graphs placed at random within the capacities, with some of the rules that graphs have. Also the fleet of
 * {@code ./smo bench fleet}, which finds it in the test jar of this bundle.
 */
public final class GeneratedFleet implements FleetWorld {

    private final List<ClusterCapacity> clusters = new ArrayList<>();
    private final List<FleetMember> members = new ArrayList<>();
    private final Random random;

    /** @param fill share of the capacity that is used, below 1 */
    public GeneratedFleet(long seed, int graphs, int services, int clusterCount, double fill) {
        this.random = new Random(seed);
        long perCluster = (long) ((double) graphs * services * 1_000 / fill / clusterCount) + 6_000;
        for (int c = 0; c < clusterCount; c++) {
            Resources all = new Resources(perCluster, perCluster << 20, 0, 0);
            clusters.add(new ClusterCapacity(
                    new ClusterId("sim", "c%03d".formatted(c)),
                    all,
                    all,
                    false,
                    Map.of(),
                    EnergyProfile.UNKNOWN,
                    new ClusterSignals(
                            OptionalDouble.of(50 + random.nextInt(500)),
                            OptionalDouble.empty(),
                            OptionalDouble.of(0.01 + random.nextInt(100) / 1000.0),
                            List.of())));
        }
        long[] free = new long[clusterCount];
        Arrays.fill(free, perCluster);
        for (int g = 0; g < graphs; g++) {
            member(new GraphId("p", "g%05d".formatted(g)), services, free);
        }
    }

    private void member(GraphId graph, int count, long[] free) {
        List<PlacementService> services = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            services.add(
                    new PlacementService("s" + s, new Resources(500 + 250L * random.nextInt(5), 1L << 29, 0, 0), 1, 1));
        }
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(graph, DecisionReason.REPLACE, services, clusters);
        Map<ClusterId, Resources> reserved = new HashMap<>();
        int[] at = new int[count];
        boolean together = count > 1 && random.nextInt(4) == 0;
        for (int s = 0; s < count; s++) {
            at[s] = together && s == 1 ? at[0] : roomy(free, services.get(s));
            free[at[s]] -= services.get(s).demand().cpuMillis();
            builder.current(s, at[s]);
            reserved.merge(clusters.get(at[s]).id(), services.get(s).demand(), Resources::plus);
            int closed = random.nextInt(clusters.size());
            if (closed != at[s]) {
                builder.forbid(s, closed, "closed");
            }
        }
        if (together) {
            builder.together(List.of(0, 1));
        }
        if (count > 3 && at[2] != at[3] && random.nextBoolean()) {
            builder.apart(2, 3);
        }
        for (int s = 1; s < count; s++) {
            builder.link(new PlacementLink(s - 1, s, 1, OptionalDouble.empty()));
        }
        members.add(new FleetMember(graph, "1:1", 0, builder.build(), reserved, "", OptionalInt.empty(), Map.of()));
    }

    private int roomy(long[] free, PlacementService service) {
        int start = random.nextInt(free.length);
        for (int i = 0; i < free.length; i++) {
            int c = (start + i) % free.length;
            if (free[c] >= service.demand().cpuMillis()) {
                return c;
            }
        }
        throw new IllegalStateException("The fleet does not fit");
    }

    FleetProblem problem() {
        return FleetProblemFactory.create(snapshot(graphs(), List.of()), new HypotheticalWorld(Optional.empty()))
                .problem();
    }

    @Override
    public List<GraphId> graphs() {
        return members.stream().map(FleetMember::graph).toList();
    }

    @Override
    public FleetSnapshot snapshot(Collection<GraphId> graphs, List<ClusterState> added) {
        Set<GraphId> wanted = Set.copyOf(graphs);
        return new FleetSnapshot(
                clusters,
                members.stream()
                        .filter(member -> wanted.contains(member.graph()))
                        .toList(),
                Map.of());
    }

    @Override
    public String basis(GraphId graph) {
        return "1:1";
    }

    @Override
    public boolean fits(Map<ClusterId, Resources> more) {
        return true;
    }

    @Override
    public Change move(GraphId graph, String basis, Map<String, ClusterId> places, String plan, RequestOrigin origin) {
        throw SmoException.conflict("A generated fleet does not move");
    }
}
