// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class BrokenFabric extends Broken implements NetworkFabric {

    private static final ClusterId C1 = new ClusterId("memory", "c1");
    private static final ClusterId C2 = new ClusterId("memory", "c2");
    private final Set<ClusterId> importers = new HashSet<>();

    private BrokenFabric(String fault) {
        super(fault);
    }

    @Override
    public void ensureReachable(StepKey key, Collection<ClusterId> exportedFrom, Collection<ClusterId> importedBy) {
        if (!has("saidTwiceIsOneEffectAndTheLastWordCounts")) {
            importers.clear();
        }
        importers.addAll(importedBy);
    }

    @Override
    public void remove(StepKey key) {
        if (importers.isEmpty() && has("removedTwiceIsRemoved")) {
            throw new AdapterException(Kind.NOT_FOUND, "memory", "no such import");
        }
        importers.clear();
    }

    @Override
    public List<ClusterNetwork> networks() {
        goOut();
        ClusterNetwork network = new ClusterNetwork(C1, "10.0.0.0/16", "10.1.0.0/16");
        return has("namesTheNetworkOfEachClusterOnce") ? List.of(network, network) : List.of(network);
    }

    static PortContract<?> contract(String fault) {
        BrokenFabric broken = new BrokenFabric(fault);
        return new NetworkFabricContract() {
            @Override
            protected NetworkFabric adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties();
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected WorkloadRef service() {
                return new WorkloadRef(new GraphId("p", "g"), "web");
            }

            @Override
            protected List<ClusterId> clusters() {
                return List.of(C1, C2);
            }

            @Override
            protected Set<ClusterId> importers() {
                return broken.importers;
            }
        };
    }
}
