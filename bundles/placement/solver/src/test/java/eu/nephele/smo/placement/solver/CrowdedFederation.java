// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** Thirty services in a row and a hundred clusters, where not all fits. */
public enum CrowdedFederation {
    /** one service is larger than any cluster */
    TOO_LARGE(0, 100, false),
    /** twenty clusters are allowed, and each has room for one service */
    TOO_MANY(1, 20, false),
    /** the same with limits of latency along the row */
    TOO_FAR(2, 20, true);

    private static final int SERVICES = 30;
    private static final int CLUSTERS = 100;
    private static final double LIMIT_MILLIS = 45;

    private final int seed;
    private final int open;
    private final boolean limited;

    CrowdedFederation(int seed, int open, boolean limited) {
        this.seed = seed;
        this.open = open;
        this.limited = limited;
    }

    PlacementRequest request() {
        Random random = new Random(seed);
        List<PlacementService> services = new ArrayList<>();
        for (int s = 0; s < SERVICES; s++) {
            long cpuMillis = this == TOO_LARGE && s == 7 ? 9_000 : 2_100 + 10L * random.nextInt(180);
            services.add(new PlacementService(
                    "s%02d".formatted(s), new Resources(cpuMillis, random.nextInt(1 << 28), 0, 0), 1, 1));
        }
        List<ClusterCapacity> clusters = new ArrayList<>();
        for (int c = 0; c < CLUSTERS; c++) {
            clusters.add(ClusterCapacity.of(
                    new ClusterId("test", "c%02d".formatted(c)),
                    new Resources(4_000 + 10L * random.nextInt(20), (1L << 30) + random.nextInt(1 << 30), 0, 0)));
        }
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, services, clusters);
        for (int s = 0; s < SERVICES; s++) {
            for (int c = open; c < CLUSTERS; c++) {
                builder.forbid(s, c, "outside");
            }
            if (s > 0) {
                builder.link(new PlacementLink(
                        s - 1, s, 1, limited ? OptionalDouble.of(LIMIT_MILLIS) : OptionalDouble.empty()));
            }
        }
        for (int from = 0; from < CLUSTERS; from++) {
            for (int to = 0; to < CLUSTERS; to++) {
                builder.latency(from, to, from == to ? 0 : random.nextInt(50));
            }
        }
        return builder.build();
    }
}
