// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random scaling requests on one cluster, the same for the same seed. Whatever is scarce, the demands of all can be served. */
final class ComparedRequests {

    /** Divisors of 120, so that costs are whole numbers; see {@link UnitPlacement}. */
    private static final int[] MAXIMA = {4, 5, 6, 8, 10, 12};

    private static final long[] CPU_MILLIS = {100, 250, 500, 1000, 2000, 4000};
    private static final int MOST_ENUMERABLE = 5;
    private static final int MOST_ENUMERABLE_REPLICAS = 8;
    private static final double SCARCE = 0.437;
    private static final double AMPLE = 1.2;
    private static final double MOST_LOAD = 0.8;
    private static final ClusterId CLUSTER = new ClusterId("benchmark", "c1");

    private final SplittableRandom random;
    private final List<ScalingTarget> targets = new ArrayList<>();
    private Resources needed = Resources.NONE;
    private Resources present = Resources.NONE;

    private ComparedRequests(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Services as in the baselines of scaling: 100m to 4 cores, maxima of 3 to 20.
     *
     * @param binds whether CPU is scarce: so much that 56 % of the idle replicas have to go
     */
    static ScalingRequest oneResource(long seed, int services, boolean binds) {
        ComparedRequests cases = new ComparedRequests(seed);
        for (int s = 0; s < services; s++) {
            Resources need = new Resources(CPU_MILLIS[cases.random.nextInt(CPU_MILLIS.length)], 0, 0, 0);
            cases.add(s, need, 3 + cases.random.nextInt(18));
        }
        return cases.request(
                binds
                        ? cases.capacity(SCARCE, 0, 0)
                        : new Resources((long) (cases.present.cpuMillis() * AMPLE), 0, 0, 0));
    }

    /** CPU, memory in bytes that have no common divisor, and GPUs; all of them scarce. */
    static ScalingRequest threeResources(long seed, int services) {
        ComparedRequests cases = new ComparedRequests(seed);
        for (int s = 0; s < services; s++) {
            cases.add(s, cases.threeNeeds(), MAXIMA[cases.random.nextInt(MAXIMA.length)]);
        }
        return cases.request(cases.capacity(cases.share(), cases.share(), cases.share()));
    }

    /** Up to five services with up to eight replicas. */
    static ScalingRequest enumerable(long seed) {
        ComparedRequests cases = new ComparedRequests(seed);
        int services = 1 + cases.random.nextInt(MOST_ENUMERABLE);
        for (int s = 0; s < services; s++) {
            cases.add(s, cases.threeNeeds(), 1 + cases.random.nextInt(MOST_ENUMERABLE_REPLICAS));
        }
        return cases.request(cases.capacity(cases.share(), cases.share(), cases.share()));
    }

    private double share() {
        return 0.2 + 0.6 * random.nextDouble();
    }

    private Resources threeNeeds() {
        return new Resources(
                50L * (1 + random.nextInt(40)),
                random.nextLong(1L << 26, 1L << 32),
                0,
                random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
    }

    private void add(int number, Resources need, int max) {
        int replicas = 1 + random.nextInt(max);
        double alpha = 5 + random.nextInt(96);
        double beta = random.nextInt(20);
        double rate = alpha * max * random.nextDouble() * MOST_LOAD;
        int least = (int) Math.max(1, Math.ceil((rate - beta) / alpha));
        targets.add(ScalingTarget.builder(new GraphId("benchmark", "g"), "s%05d".formatted(number), CLUSTER)
                .perReplica(need)
                .replicas(replicas)
                .bounds(1, max)
                .demand(rate)
                .profile(new ServiceProfile(alpha, beta))
                .build());
        needed = needed.plus(need.times(least));
        present = present.plus(need.times(Math.max(least, replicas)));
    }

    /** Between what the demands need and what there is at present, as shares of the difference. */
    private Resources capacity(double cpu, double memory, double gpus) {
        return new Resources(
                between(cpu, needed.cpuMillis(), present.cpuMillis()),
                between(memory, needed.memoryBytes(), present.memoryBytes()),
                0,
                between(gpus, needed.gpus(), present.gpus()));
    }

    private static long between(double share, long least, long most) {
        return least + (long) (share * (most - least));
    }

    private ScalingRequest request(Resources free) {
        return ScalingRequest.of(targets, List.of(ClusterCapacity.of(CLUSTER, free)));
    }
}
