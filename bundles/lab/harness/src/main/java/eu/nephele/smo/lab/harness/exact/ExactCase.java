// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.harness.placement.InstanceObjective;
import eu.nephele.smo.lab.harness.placement.InstanceSource;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** @param name with which it can be made again, for people */
record ExactCase(String name, PlacementRequest request) {

    private static final InstanceObjective[] OBJECTIVES = {
        InstanceObjective.WIDE, InstanceObjective.COMM, InstanceObjective.FULL, InstanceObjective.ALL
    };

    /** From the least to the most, both included. */
    record SizeRange(int least, int most) {

        int draw(SplittableRandom random) {
            return least + random.nextInt(most - least + 1);
        }
    }

    /**
     * A random case: in turns one of {@link RandomProblems} with every kind of constraint and a federation with capacities of three
     * resources, mostly with traffic, services together and apart.
     */
    static ExactCase mixed(long seed, SizeRange services, SizeRange clusters) {
        // of java.util.Random the first draws hardly differ between seeds that follow each other
        SplittableRandom random = new SplittableRandom(seed);
        int rows = services.draw(random);
        int columns = clusters.draw(random);
        boolean tight = random.nextBoolean();
        InstanceObjective objective = OBJECTIVES[random.nextInt(OBJECTIVES.length)];
        if (seed % 2 != 0) {
            return federation(rows, columns, tight, seed, objective);
        }
        long own = random.nextLong();
        return new ExactCase(
                "problem of %d x %d with seed %d".formatted(rows, columns, own),
                RandomProblems.sized(own, rows, columns));
    }

    /** As {@code ./smo bench placement --generate} makes it. */
    static ExactCase federation(int services, int clusters, boolean tight, long seed, InstanceObjective objective) {
        String wanted = "%d,%d,%s,%d".formatted(services, clusters, tight ? "tight" : "loose", seed);
        try {
            return new ExactCase(
                    "--generate %s --objective %s"
                            .formatted(wanted, objective.name().toLowerCase(Locale.ROOT)),
                    InstanceSource.generated(wanted)
                            .read(Optional.empty(), Optional.of(objective))
                            .request());
        } catch (IOException impossible) {
            throw new IllegalStateException("A generated instance cannot be read", impossible);
        }
    }
}
