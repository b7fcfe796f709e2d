// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link WorkloadRuntime}: a workload gets its shares, once; one query for many workloads; numbers of replicas
 * are consistent; a workload that never existed leaves nothing; changes are published during a subscription.
 */
public abstract class WorkloadRuntimeContract extends PortContract<WorkloadRuntime> {

    private static final WorkloadRef UNKNOWN = new WorkloadRef(new GraphId("smo-contract", "none"), "nobody");

    protected WorkloadRuntimeContract() {
        super(WorkloadRuntime.class);
    }

    /** A workload that exists. */
    protected abstract WorkloadRef existing();

    /** Shares that are possible and that it does not have yet. */
    protected abstract List<Share> wanted();

    /** Changes the workload from outside, each time it is called: its replicas, say. */
    protected abstract void changeTheWorkload();

    @Override
    final Object ask(WorkloadRuntime adapter) {
        return adapter.observe(List.of(existing())).keySet();
    }

    @Test
    void theSameSharesTwiceAreOneEffect() throws Exception {
        StepKey key = new StepKey(existing(), 7, "scale");
        adapter().ensureShares(key, wanted());
        awaitShares();
        long effects = effects();
        adapter().ensureShares(key, wanted());
        assertThat(effects()).as("writes of the system").isEqualTo(effects);
        assertThat(replicas()).isEqualTo(wantedReplicas());
    }

    @Test
    void oneQuestionForManyLeavesOutTheUnknown() {
        assertThat(adapter().observe(List.of(UNKNOWN, existing()))).containsOnlyKeys(existing());
        assertThat(adapter().observe(List.of())).isEmpty();
    }

    /** Only consistent numbers tell old and new, ready and available replicas apart. */
    @Test
    void countsFitTogether() {
        adapter().observe(List.of(existing())).values().forEach(seen -> assertThat(
                        seen.byCluster().values())
                .allSatisfy(on -> {
                    assertThat(on.updatedReplicas())
                            .as("of the present revision")
                            .isBetween(0, on.replicas());
                    assertThat(on.readyReplicas()).as("ready").isBetween(0, on.replicas());
                    assertThat(on.availableReplicas()).as("available").isBetween(0, on.readyReplicas());
                }));
    }

    @Test
    void nothingIsLeftOfWhatNeverWas() {
        assertThat(adapter().remains(List.of(UNKNOWN), Set.of())).isEmpty();
    }

    @Test
    void tellsOfChangesUntilTheSubscriptionEnds() throws Exception {
        WorkloadRuntime adapter = adapter();
        WorkloadRef mine = existing();
        Notifications.areToldUntilTheEnd(
                told -> adapter.subscribe(changed -> {
                    if (changed.equals(mine)) {
                        told.run();
                    }
                }),
                this::changeTheWorkload,
                within());
    }

    /** Waits until the desired state is observed. */
    private void awaitShares() throws InterruptedException {
        long end = System.nanoTime() + within().toNanos();
        while (!replicas().equals(wantedReplicas()) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(replicas()).as("replicas by cluster").isEqualTo(wantedReplicas());
    }

    private Map<ClusterId, Integer> wantedReplicas() {
        Map<ClusterId, Integer> replicas = new HashMap<>();
        wanted().forEach(share -> replicas.put(share.cluster(), share.replicas()));
        return replicas;
    }

    private Map<ClusterId, Integer> replicas() {
        Map<ClusterId, Integer> replicas = new HashMap<>();
        WorkloadObservation seen = adapter().observe(List.of(existing())).get(existing());
        if (seen != null) {
            seen.byCluster().forEach((cluster, there) -> replicas.put(cluster, there.desiredReplicas()));
        }
        return replicas;
    }
}
