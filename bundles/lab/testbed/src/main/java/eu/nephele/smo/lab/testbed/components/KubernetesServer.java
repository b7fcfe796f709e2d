// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** etcd, kube-apiserver and kube-controller-manager of one cluster. No kubelet and no scheduler: those are played. */
public final class KubernetesServer implements KarmadaHost, AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(90);

    private final KubernetesCommands commands;
    private final Processes processes;
    private final HttpProbe probe;
    private final OsProcess etcd;
    private OsProcess api;
    private Optional<OsProcess> controllers = Optional.empty();

    private KubernetesServer(
            KubernetesCommands commands, Processes processes, HttpProbe probe, OsProcess etcd, OsProcess api) {
        this.commands = commands;
        this.processes = processes;
        this.probe = probe;
        this.etcd = etcd;
        this.api = api;
    }

    /**
     * Without its controllers, which come with {@link #startControllers}.
     *
     * @throws MissingComponentException without etcd, openssl or the programs of Kubernetes
     */
    public static KubernetesServer start(KubernetesSpec spec, Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        List<Path> programs = List.of(
                binaries.find("etcd"), binaries.find("kube-apiserver"), binaries.find("kube-controller-manager"));
        Path openssl = binaries.find("openssl");
        Path place = Files.createDirectories(folder);
        Certificates certificates = Certificates.make(place, spec.name(), openssl);
        List<Integer> ports = FreePorts.free(4);
        URI url = URI.create("https://127.0.0.1:" + ports.get(2));
        KubernetesAccess access = KubernetesAccess.make(spec, place, url, certificates.authority());
        Optional<Path> proxyPair = spec.aggregating()
                ? Optional.of(certificates.pair(
                        KubernetesCommands.PROXY, "/CN=" + KubernetesCommands.PROXY, List.of("localhost")))
                : Optional.empty();
        KubernetesCommands commands =
                new KubernetesCommands(spec, place, programs, ports, certificates, access, proxyPair);
        HttpProbe probe = HttpProbe.create(url.resolve("/readyz"), access.token("admin"), certificates.authority());
        OsProcess etcd = processes.start(spec.name() + "-etcd", commands.etcd(), place, Map.of());
        OsProcess api = processes.start(spec.name() + "-apiserver", commands.apiServer(), place, Map.of());
        probe.await(api, READY);
        return new KubernetesServer(commands, processes, probe, etcd, api);
    }

    /**
     * Starts the controller manager; does nothing when it runs. The kinds of objects should be there before: those that come later
     * are seen by the garbage collector after half a minute only.
     */
    public synchronized void startControllers() throws IOException {
        if (controllers.isEmpty()) {
            controllers = Optional.of(processes.start(
                    name() + "-controllers", commands.controllerManager(), commands.folder(), Map.of()));
        }
    }

    /** SIGKILL for the controller manager: no rollout goes on, and objects of deleted owners stay. */
    public synchronized void killControllers() throws IOException {
        if (controllers.isPresent()) {
            controllers.get().kill();
            controllers = Optional.empty();
        }
    }

    @Override
    public int etcdPort() {
        return commands.ports().get(0);
    }

    @Override
    public Path pair(String name, String host) throws IOException, InterruptedException {
        return commands.certificates().pair(name, "/CN=" + name, List.of(host, "localhost"));
    }

    @Override
    public HttpProbe probe(URI address) throws IOException {
        return HttpProbe.create(
                address,
                commands.access().token("admin"),
                commands.certificates().authority());
    }

    /** The name of the administrator, who is of the group {@code system:masters}. */
    public String administrator() {
        return KubernetesAccess.ADMIN;
    }

    public String token() {
        return commands.access().token("admin");
    }

    public Path authority() {
        return commands.certificates().authority();
    }

    public String name() {
        return commands.spec().name();
    }

    public URI url() {
        return commands.access().url();
    }

    @Override
    public Path kubeconfig() {
        return commands.access().kubeconfig("admin");
    }

    public Path kubeconfig(String user) {
        return commands.access().kubeconfig(user);
    }

    public boolean ready() throws InterruptedException {
        return probe.answers();
    }

    /** SIGKILL for the API server: its objects stay in etcd. */
    public synchronized void killApi() throws IOException {
        api.kill();
    }

    /** SIGSTOP for the API server: callers get neither an answer nor a refusal. */
    public synchronized void freezeApi() throws IOException, InterruptedException {
        api.freeze();
    }

    /** SIGCONT for the API server: it answers callers that still wait. */
    public synchronized void thawApi() throws IOException, InterruptedException {
        api.thaw();
    }

    /** Starts the API server again at the same address; does nothing when it runs. */
    public synchronized void startApi() throws IOException, InterruptedException {
        if (!api.isAlive()) {
            api = processes.start(name() + "-apiserver", commands.apiServer(), commands.folder(), Map.of());
            probe.await(api, READY);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (controllers.isPresent()) {
            controllers.get().close();
        }
        api.close();
        etcd.close();
    }
}
