// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.NetworkFabric.ClusterNetwork;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of a {@link NetworkFabric}: calls are idempotent, the last call counts, removing twice is no failure. */
public abstract class NetworkFabricContract extends PortContract<NetworkFabric> {

    protected NetworkFabricContract() {
        super(NetworkFabric.class);
    }

    /** A service that can be made reachable and is not yet. */
    protected abstract WorkloadRef service();

    /** Two clusters of the fabric. */
    protected abstract List<ClusterId> clusters();

    /** Clusters that actually import the service. */
    protected abstract Set<ClusterId> importers();

    @Override
    final Object ask(NetworkFabric adapter) {
        return adapter.networks();
    }

    @Test
    void saidTwiceIsOneEffectAndTheLastWordCounts() {
        reach(clusters());
        assertThat(importers()).containsExactlyInAnyOrderElementsOf(clusters());
        long effects = effects();
        reach(clusters());
        assertThat(effects()).as("writes of the system").isEqualTo(effects);
        reach(clusters().subList(0, 1));
        assertThat(importers()).containsExactly(clusters().get(0));
        adapter().remove(key());
    }

    @Test
    void removedTwiceIsRemoved() {
        reach(clusters());
        adapter().remove(key());
        adapter().remove(key());
        assertThat(importers()).isEmpty();
    }

    @Test
    void namesTheNetworkOfEachClusterOnce() {
        assertThat(adapter().networks()).extracting(ClusterNetwork::cluster).doesNotHaveDuplicates();
    }

    private void reach(List<ClusterId> importedBy) {
        adapter().ensureReachable(key(), clusters().subList(0, 1), importedBy);
    }

    private StepKey key() {
        return new StepKey(service(), 1, "reach");
    }
}
