// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.LoadProfile.Constant;
import eu.nephele.smo.lab.simulator.WorldAction.AddCluster;
import eu.nephele.smo.lab.simulator.WorldAction.BeginOutage;
import eu.nephele.smo.lab.simulator.WorldAction.DrainCluster;
import eu.nephele.smo.lab.simulator.WorldAction.EndOutage;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RemoveCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.WorldAction.SetForeignLoad;
import eu.nephele.smo.lab.simulator.WorldAction.SetLoad;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Control over the simulated world while it runs: actions on it, and a snapshot of its real state. Published as a service
 * by the profile {@code sim}. All methods may be called from any thread.
 */
@ProviderType
public interface WorldControl {

    /**
     * Makes an action happen now. Repeating an action changes nothing.
     *
     * @throws java.util.NoSuchElementException when the cluster, release or rule is not in the federation
     * @throws IllegalStateException when a cluster of that name is there already
     */
    void apply(WorldAction action);

    WorldSnapshot snapshot();

    /** Returns whether an order of ours ever exceeded the capacity of a cluster; cheaper than a snapshot. */
    boolean overbookedEver();

    /** @param service selector as in {@link SetLoad} */
    default void setLoad(String service, double requestsPerSecond) {
        apply(new SetLoad(service, new Constant(requestsPerSecond)));
    }

    default void failCluster(String cluster) {
        apply(new FailCluster(cluster));
    }

    default void restoreCluster(String cluster) {
        apply(new RestoreCluster(cluster));
    }

    /** @param fraction share of the capacity that is gone, 0 to 1 */
    default void drainCluster(String cluster, double fraction) {
        apply(new DrainCluster(cluster, fraction));
    }

    default void setForeignLoad(String cluster, Resources load) {
        apply(new SetForeignLoad(cluster, load));
    }

    default void addCluster(ClusterModel cluster) {
        apply(new AddCluster(cluster));
    }

    default void removeCluster(String cluster) {
        apply(new RemoveCluster(cluster));
    }

    default void begin(Outage outage) {
        apply(new BeginOutage(outage));
    }

    default void end(Outage outage) {
        apply(new EndOutage(outage));
    }
}
