// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.scale.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What all parts of a simulation share.
 *
 * @param agenda the time
 * @param scenario what is simulated
 * @param databases that the regions are divided among; leases are in the first one
 * @param federation of all clusters
 * @param partitions the slices of the regions, one region after the other
 * @param tally what is counted
 * @param random all chance
 */
record World(
        Agenda agenda,
        Scenario scenario,
        List<Database> databases,
        Federation federation,
        List<Partition> partitions,
        Tally tally,
        SplittableRandom random) {

    static World of(Scenario scenario) {
        Agenda agenda = new Agenda();
        return new World(
                agenda,
                scenario,
                IntStream.range(0, scenario.databases())
                        .mapToObj(
                                any -> new Database(agenda, scenario.settings().database()))
                        .toList(),
                new Federation(scenario.fleet()),
                IntStream.range(0, scenario.fleet().regions() * scenario.fleet().slices())
                        .mapToObj(
                                number -> new Partition(number, scenario.fleet().slices()))
                        .toList(),
                new Tally(scenario.fleet().graphs()),
                new SplittableRandom(scenario.seed()));
    }

    long now() {
        return agenda.now();
    }

    Settings settings() {
        return scenario.settings();
    }

    /** The one that has the rows of a region. */
    Database database(int region) {
        return databases.get(region % databases.size());
    }

    Database leases() {
        return databases.get(0);
    }
}
