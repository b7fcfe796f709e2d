// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.ClusterRegistry;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link ClusterRegistry}: each cluster once and under its source, changes are published during a
 * subscription.
 */
public abstract class ClusterRegistryContract extends PortContract<ClusterRegistry> {

    protected ClusterRegistryContract() {
        super(ClusterRegistry.class);
    }

    /** An existing cluster. */
    protected abstract ClusterId present();

    /** Changes capacity, readiness or membership of a cluster, each time it is called. */
    protected abstract void changeACluster();

    @Override
    final Object ask(ClusterRegistry adapter) {
        return ids(adapter);
    }

    @Test
    void namesEachClusterOnceUnderItsOwnSource() {
        List<ClusterId> ids = ids(adapter());
        assertThat(ids).contains(present()).doesNotHaveDuplicates();
        assertThat(ids).extracting(ClusterId::source).containsOnly(property(ClusterId.SOURCE));
    }

    @Test
    void aTargetIsTheClusterThatWasAskedFor() {
        assertThat(adapter().target(present()).cluster()).isEqualTo(present());
    }

    @Test
    void tellsOfChangesUntilTheSubscriptionEnds() throws Exception {
        ClusterRegistry adapter = adapter();
        Notifications.areToldUntilTheEnd(adapter::subscribe, this::changeACluster, within());
    }

    private static List<ClusterId> ids(ClusterRegistry adapter) {
        Collection<ClusterState> clusters = adapter.clusters();
        return clusters.stream().map(ClusterState::id).toList();
    }
}
