// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * State shared by all parts of a simulation.
 *
 * @param databases that the regions are divided among; leases are in the first one
 * @param partitions the slices of the regions, one region after the other
 */
record ModelWorld(
        EventAgenda agenda,
        ScaleScenario scenario,
        List<ModelDatabase> databases,
        ModelClusters federation,
        List<GraphPartition> partitions,
        SimulationTally tally,
        SplittableRandom random) {

    static ModelWorld from(ScaleScenario scenario) {
        EventAgenda agenda = new EventAgenda();
        return new ModelWorld(
                agenda,
                scenario,
                IntStream.range(0, scenario.databases())
                        .mapToObj(any ->
                                new ModelDatabase(agenda, scenario.settings().database()))
                        .toList(),
                new ModelClusters(scenario.fleet()),
                IntStream.range(0, scenario.fleet().regions() * scenario.fleet().slices())
                        .mapToObj(number ->
                                new GraphPartition(number, scenario.fleet().slices()))
                        .toList(),
                new SimulationTally(scenario.fleet().graphs()),
                new SplittableRandom(scenario.seed()));
    }

    long now() {
        return agenda.now();
    }

    ScaleSettings settings() {
        return scenario.settings();
    }

    ModelDatabase database(int region) {
        return databases.get(region % databases.size());
    }

    ModelDatabase leases() {
        return databases.get(0);
    }
}
