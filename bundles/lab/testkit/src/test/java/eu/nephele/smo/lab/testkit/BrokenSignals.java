// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.port.SignalSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

final class BrokenSignals extends Broken implements SignalSource {

    private static final ClusterId C1 = new ClusterId("memory", "c1");
    private volatile boolean slow;

    private BrokenSignals(String fault) {
        super(fault);
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        if (has(THREADS)) {
            goOut();
        }
        if (slow && has(FAILURE)) {
            sleep();
        }
        ClusterSignals known =
                new ClusterSignals(OptionalDouble.of(1), OptionalDouble.empty(), OptionalDouble.empty(), List.of());
        Map<ClusterId, ClusterSignals> signals = new HashMap<>();
        clusters.stream()
                .filter(cluster -> cluster.equals(C1) || has("whatIsUnknownHasNoEntry"))
                .forEach(cluster -> signals.put(cluster, known));
        return signals;
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        return has("latencyIsToldOfTheClustersThatAreAskedForOnly")
                ? Map.of(C1, Map.of(new ClusterId("memory", "c2"), 1.0))
                : Map.of();
    }

    private static void sleep() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static PortContract<?> contract(String fault) {
        BrokenSignals broken = new BrokenSignals(fault);
        return new SignalSourceContract() {
            @Override
            protected SignalSource adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties();
            }

            @Override
            protected void breakTheSystem() {
                broken.slow = true;
            }

            @Override
            protected ClusterId known() {
                return C1;
            }
        };
    }
}
