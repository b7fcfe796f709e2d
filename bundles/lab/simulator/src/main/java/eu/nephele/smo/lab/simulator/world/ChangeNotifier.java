// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects changes and notifies the listeners, never while the world is locked. */
final class ChangeNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeNotifier.class);

    private final Executor executor;
    private final List<WorldChangeListener<Runnable>> clusterListeners = new CopyOnWriteArrayList<>();
    private final List<WorldChangeListener<Consumer<WorkloadRef>>> workloadListeners = new CopyOnWriteArrayList<>();
    private Set<WorkloadRef> workloads = new LinkedHashSet<>();
    private boolean clusters;

    /** One registration; the same callback may be registered several times. */
    private static final class WorldChangeListener<T> {
        private final T target;

        WorldChangeListener(T target) {
            this.target = target;
        }
    }

    ChangeNotifier(Executor executor) {
        this.executor = executor;
    }

    Subscription onClusters(Runnable listener) {
        return register(clusterListeners, new WorldChangeListener<>(listener));
    }

    Subscription onWorkloads(Consumer<WorkloadRef> listener) {
        return register(workloadListeners, new WorldChangeListener<>(listener));
    }

    private static <T> Subscription register(List<WorldChangeListener<T>> listeners, WorldChangeListener<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    synchronized void workloadChanged(WorkloadRef ref) {
        workloads.add(ref);
    }

    synchronized void clustersChanged() {
        clusters = true;
    }

    void deliver() {
        Set<WorkloadRef> changed;
        boolean clustersToo;
        synchronized (this) {
            changed = workloads;
            clustersToo = clusters;
            workloads = new LinkedHashSet<>();
            clusters = false;
        }
        if (clustersToo || !changed.isEmpty()) {
            executor.execute(() -> publish(clustersToo, changed));
        }
    }

    private void publish(boolean clustersToo, Set<WorkloadRef> changed) {
        if (clustersToo) {
            clusterListeners.forEach(listener -> call(listener.target));
        }
        for (WorkloadRef ref : changed) {
            workloadListeners.forEach(listener -> call(() -> listener.target.accept(ref)));
        }
    }

    /** A listener is foreign code: its failure must not cost the other listeners their events. */
    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("listener of the simulated federation failed; the other listeners are notified", e);
        }
    }
}
