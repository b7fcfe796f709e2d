// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

final class BrokenRuntime extends Broken implements WorkloadRuntime {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");
    private static final ClusterId C1 = new ClusterId("memory", "c1");
    private final List<Consumer<WorkloadRef>> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Share> shares = List.of();

    private BrokenRuntime(String fault) {
        super(fault);
    }

    @Override
    public void ensureShares(StepKey key, List<Share> wanted) {
        if (!wanted.equals(shares) || has("theSameSharesTwiceAreOneEffect")) {
            shares = wanted;
            writes.incrementAndGet();
        }
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        goOut();
        Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>();
        Map<ClusterId, OnCluster> there = new HashMap<>();
        shares.forEach(share -> there.put(share.cluster(), new OnCluster(share.replicas(), 0, Resources.NONE)));
        if (has("countsFitTogether")) {
            there.put(C1, new OnCluster(1, 1, 2, 1, 1, true, Resources.NONE));
        }
        for (WorkloadRef each : workloads) {
            if (each.equals(WEB) || has("oneQuestionForManyLeavesOutTheUnknown")) {
                seen.put(each, new WorkloadObservation(each, there, ""));
            }
        }
        return seen;
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        if (has("nothingIsLeftOfWhatNeverWas")) {
            workloads.forEach(each -> left.put(each, new WorkloadObservation(each, Map.of(), "")));
        }
        return left;
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        if (!has("tellsOfChangesUntilTheSubscriptionEnds")) {
            listeners.add(onChange);
        }
        return () -> listeners.remove(onChange);
    }

    static PortContract<?> contract(String fault) {
        BrokenRuntime broken = new BrokenRuntime(fault);
        return new WorkloadRuntimeContract() {
            @Override
            protected WorkloadRuntime adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties(ClusterId.SOURCE, "memory");
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected java.time.Duration within() {
                return java.time.Duration.ofSeconds(2);
            }

            @Override
            protected long effects() {
                return broken.writes.get();
            }

            @Override
            protected WorkloadRef existing() {
                return WEB;
            }

            @Override
            protected List<Share> wanted() {
                return List.of(new Share(C1, 2));
            }

            @Override
            protected void changeTheWorkload() {
                broken.listeners.forEach(listener -> listener.accept(WEB));
            }
        };
    }
}
