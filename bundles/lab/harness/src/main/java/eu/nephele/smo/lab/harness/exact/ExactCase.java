// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.harness.placement.InstanceObjective;
import eu.nephele.smo.lab.harness.placement.InstanceSource;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** @param name with which it can be made again, for people */
record ExactCase(String name, PlacementRequest request) {

    private static final InstanceObjective[] OBJECTIVES = {
        InstanceObjective.WIDE, InstanceObjective.COMM, InstanceObjective.FULL, InstanceObjective.ALL
    };

    /** From the least to the most, both included. */
    record SizeRange(int least, int most) {

        int draw(Random random) {
            return least + random.nextInt(most - least + 1);
        }
    }

    /**
     * A random case: in turns one of {@link RandomProblems} with every kind of constraint and a federation with capacities of three
     * resources, mostly with traffic, services together and apart.
     */
    static ExactCase mixed(long seed, SizeRange services, SizeRange clusters) {
        Random random = new Random(seed);
        int rows = services.draw(random);
        int columns = clusters.draw(random);
        boolean tight = random.nextBoolean();
        InstanceObjective objective = OBJECTIVES[random.nextInt(OBJECTIVES.length)];
        return seed % 2 == 0
                ? new ExactCase(
                        "problem of %d x %d with seed %d".formatted(rows, columns, seed),
                        RandomProblems.sized(seed, rows, columns))
                : federation(rows, columns, tight, seed, objective);
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
