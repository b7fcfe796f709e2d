// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import java.util.Map;

/**
 * Reduced Cluster object.
 *
 * @param ready whether workloads run there
 * @param nodesAway nodes that are not ready
 * @param allocatable allocatable resources of its nodes; none if it is not ready
 * @param allocated requests of pods, pending ones included
 * @param location region, else zone, else ""
 * @param labels with those of the topology
 * @param energy from annotations
 * @param signals from annotations
 * @param pull whether it fetches its Works itself ({@code syncMode: Pull}), so that there may be no way to its API
 * server
 */
public record ObservedCluster(
        String name,
        boolean ready,
        int nodesAway,
        Resources allocatable,
        Resources allocated,
        String location,
        Map<String, String> labels,
        EnergyProfile energy,
        ClusterSignals signals,
        boolean pull,
        ObservedNetwork network) {}
