// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A cluster as a scenario describes it.
 *
 * @param name unique in the federation
 * @param capacity what its nodes offer to pods
 * @param location region or zone for people, "" when unknown
 * @param carbonGramsPerKwh carbon intensity in gCO2eq/kWh by hour of the day (UTC): 24 values, or none when unknown
 * @param renewableShare share of renewable energy, 0 to 1
 * @param pricePerCpuHour currency units per core and hour
 * @param foreignLoad resources that other tenants use from the start
 */
public record ClusterModel(
        String name,
        Resources capacity,
        String location,
        Map<String, String> labels,
        EnergyProfile energy,
        List<Double> carbonGramsPerKwh,
        OptionalDouble renewableShare,
        OptionalDouble pricePerCpuHour,
        Resources foreignLoad) {

    private static final int HOURS = 24;

    public ClusterModel {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        carbonGramsPerKwh = List.copyOf(carbonGramsPerKwh);
        if (name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException("A cluster needs a name without '/', got '%s'".formatted(name));
        }
        if (!carbonGramsPerKwh.isEmpty() && carbonGramsPerKwh.size() != HOURS) {
            throw new IllegalArgumentException(
                    "Cluster %s: carbonGramsPerKwh has %d values, expected one for each of 24 hours"
                            .formatted(name, carbonGramsPerKwh.size()));
        }
        if (renewableShare.isPresent() && !(renewableShare.getAsDouble() >= 0 && renewableShare.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "Cluster %s: renewableShare=%s, expected 0 to 1".formatted(name, renewableShare.getAsDouble()));
        }
    }

    /** A cluster with a capacity and nothing else. */
    public static ClusterModel of(String name, Resources capacity) {
        return new ClusterModel(
                name,
                capacity,
                "",
                Map.of(),
                EnergyProfile.UNKNOWN,
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Resources.NONE);
    }
}
