// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.Alertmanager;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testbed.components.Prometheus;
import eu.nephele.smo.lab.testbed.components.Registry;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The outside world on this machine, from start to close: real components on the loopback address, and players. */
public final class Testbed implements AutoCloseable {

    private final Path folder;
    private final WorldSpec spec;
    private final Processes processes;
    private final TestbedMonitoring monitoring;
    private final Registry registry;
    private final TestbedClusters clusters;
    private final ControlServer controlServer;

    private Testbed(
            Path folder,
            WorldSpec spec,
            Processes processes,
            TestbedMonitoring monitoring,
            Registry registry,
            TestbedClusters clusters)
            throws IOException {
        this.folder = folder;
        this.spec = spec;
        this.processes = processes;
        this.monitoring = monitoring;
        this.registry = registry;
        this.clusters = clusters;
        this.controlServer = monitoring.door();
    }

    /** One line for each program that this world needs and this machine does not have. */
    public static List<String> absent(WorldSpec spec) {
        return Binaries.ofThisMachine(spec.karmadaFolder()).absent(spec.programs());
    }

    /**
     * Starts everything and waits until it is ready; what was started ends when something fails.
     *
     * @param folder for data, logs, kubeconfigs and the configuration {@code etc} of an SMO
     * @throws MissingComponentException when a program is missing
     */
    public static Testbed start(WorldSpec spec, Path folder)
            throws MissingComponentException, IOException, InterruptedException {
        Path place = Files.createDirectories(folder).toRealPath();
        Binaries binaries = Binaries.ofThisMachine(spec.karmadaFolder());
        Processes processes = new Processes(place);
        try {
            TestbedMonitoring monitoring = TestbedMonitoring.start(spec, place, binaries, processes);
            try {
                Registry registry = Registry.start(place.resolve("registry"), binaries, processes);
                TestbedClusters clusters = TestbedClusters.start(spec, place, binaries, processes);
                Testbed started = new Testbed(place, spec, processes, monitoring, registry, clusters);
                new SmoSettings(started).write(place.resolve("etc"));
                monitoring.door().open(started);
                return started;
            } catch (MissingComponentException | IOException | InterruptedException | RuntimeException e) {
                monitoring.door().close();
                throw e;
            }
        } catch (MissingComponentException | IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    public Path folder() {
        return folder;
    }

    public WorldSpec spec() {
        return spec;
    }

    public Registry registry() {
        return registry;
    }

    public Prometheus prometheus() {
        return monitoring.prometheus();
    }

    public Alertmanager alertmanager() {
        return monitoring.alertmanager();
    }

    /** Returns the load of the services; Prometheus scrapes it every second. */
    public LoadExporter load() {
        return monitoring.load();
    }

    /** Address that controls this test bed, see {@link ControlServer}. */
    public ControlServer door() {
        return controlServer;
    }

    /** The control plane first, where there is one. */
    public Map<String, KubernetesServer> servers() {
        return Collections.unmodifiableMap(clusters.servers());
    }

    public KubernetesServer server(String name) {
        return clusters.server(name);
    }

    /** The API server of a cluster ends, as with SIGKILL, or starts again at the same address with all its objects. */
    public void setReady(String cluster, boolean ready) throws IOException, InterruptedException {
        if (ready) {
            clusters.server(cluster).startApi();
        } else {
            clusters.server(cluster).killApi();
        }
    }

    /** The API server of a cluster is stopped, as with SIGSTOP, or continues where it was: a blip to the second. */
    public void setFrozen(String cluster, boolean frozen) throws IOException, InterruptedException {
        if (frozen) {
            clusters.server(cluster).freezeApi();
        } else {
            clusters.server(cluster).thawApi();
        }
    }

    /** The nodes of a cluster stop or resume their heartbeats; its API server answers. */
    public void setNodesAlive(String cluster, boolean alive) {
        clusters.nodes(cluster).setHearts(alive);
    }

    /** The controller manager of a cluster ends, as with SIGKILL, or is started again; its API server answers. */
    public void setKubernetesControllersRunning(String cluster, boolean running) throws IOException {
        if (running) {
            clusters.server(cluster).startControllers();
        } else {
            clusters.server(cluster).killControllers();
        }
    }

    /** A cluster gets or loses the kinds of multi-cluster services: ServiceExport and ServiceImport, with all objects. */
    public void setMultiClusterServices(String cluster, boolean there) throws IOException {
        clusters.setMultiClusterServices(cluster, there);
    }

    /**
     * A member rejects the credentials with which a played Karmada forwards requests to it, or accepts them again: it
     * refuses them with 401, while Karmada itself finds it ready.
     */
    public void setTokenValid(String cluster, boolean valid) {
        clusters.setTokenValid(cluster, valid);
    }

    /** The controllers of Karmada end, as with SIGKILL, or start again: propagation, deletion, status, health of members. */
    public void setControllersRunning(boolean running) throws IOException, InterruptedException {
        clusters.karmada().setControllersRunning(running);
    }

    /** The scheduler of Karmada ends, as with SIGKILL, or starts again. */
    public void setSchedulerRunning(boolean running) throws IOException, InterruptedException {
        clusters.karmada().setSchedulerRunning(running);
    }

    /** Objects that the SMO put on the servers and that remain: only the empty set is a clean end. */
    public Set<ReconciledObject> objects() {
        return clusters.objects();
    }

    public List<Long> pids() {
        return processes.pids();
    }

    /** Addresses, for people and programs that did not start it. */
    public String summary() {
        return new TestbedSummary(this).json();
    }

    @Override
    public void close() throws IOException {
        controlServer.close();
        clusters.close();
        processes.close();
    }
}
