// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.WorldSnapshot.Writes;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Stands between the engine and the world and takes down every call that changes something there. */
final class Doings {

    /**
     * @param remove whether it takes the release away
     * @param clusters where the service is wanted
     */
    record Doing(WorkloadRef workload, boolean remove, Set<String> clusters) {}

    private final SimulatedFederation world;
    private final List<Doing> done = new ArrayList<>();

    private Doings(SimulatedFederation world) {
        this.world = world;
    }

    /** Takes down everything from now on until the engine is started anew. */
    static Doings of(EmbeddedCore core) {
        Doings doings = new Doings(core.world);
        core.ports().add(WorkloadDeployer.class, "helm", doings.new Releases());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, doings.new Shares());
        return doings;
    }

    List<Doing> done() {
        return List.copyOf(done);
    }

    void forget() {
        done.clear();
    }

    private <T> T noted(Doing doing, Supplier<T> call) {
        long before = writes(doing.workload());
        T answer = call.get();
        if (writes(doing.workload()) != before) {
            done.add(doing);
        }
        return answer;
    }

    private long writes(WorkloadRef workload) {
        return world.snapshot().writes().getOrDefault(workload, Writes.NONE).release();
    }

    private final class Releases implements WorkloadDeployer {

        private final WorkloadDeployer real = world.deployer();

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            Set<String> clusters = new TreeSet<>();
            request.targets().forEach(target -> clusters.add(target.cluster().name()));
            return noted(new Doing(request.key().workload(), false, clusters), () -> real.ensureInstalled(request));
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            noted(new Doing(key.workload(), true, Set.of()), () -> {
                real.ensureRemoved(key, owner);
                return key;
            });
        }

        @Override
        public Optional<ReleaseState> state(WorkloadRef workload) {
            return real.state(workload);
        }

        @Override
        public List<ReleaseState> owned() {
            return real.owned();
        }
    }

    private final class Shares implements WorkloadRuntime {

        private final WorkloadRuntime real = world.runtime();

        @Override
        public void ensureShares(StepKey key, List<Share> shares) {
            Set<String> clusters = new TreeSet<>();
            shares.forEach(share -> clusters.add(share.cluster().name()));
            noted(new Doing(key.workload(), false, clusters), () -> {
                real.ensureShares(key, shares);
                return key;
            });
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            return real.observe(workloads);
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            // the world itself is subscribed to already
            return () -> {};
        }
    }
}
