// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.JoiningMember;
import eu.nephele.smo.lab.testbed.components.KarmadaPrograms;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.components.KubernetesSpec;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import eu.nephele.smo.lab.testbed.components.Tls;
import eu.nephele.smo.lab.testbed.players.ApiServer;
import eu.nephele.smo.lab.testbed.players.Inventory;
import eu.nephele.smo.lab.testbed.players.KarmadaControl;
import eu.nephele.smo.lab.testbed.players.KarmadaPlayer;
import eu.nephele.smo.lab.testbed.players.NodePlayer;
import eu.nephele.smo.lab.testbed.players.ObjectKinds;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

final class TestbedClusters implements AutoCloseable {

    static final String CONTROL_PLANE = "karmada";

    private static final int API_SECONDS = 60;

    private final WorldSpec spec;
    private final Path folder;
    private final Map<String, KubernetesServer> servers = new LinkedHashMap<>();
    private final Map<String, ApiServer> clients = new LinkedHashMap<>();
    private final Map<String, NodePlayer> nodes = new LinkedHashMap<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Optional<KarmadaControl> karmada = Optional.empty();
    private Optional<ClusterApi> proxy = Optional.empty();
    /** Objects of a real Karmada's own, for example Works with the rights by which it calls its members. */
    private Set<ReconciledObject> own = Set.of();

    private TestbedClusters(WorldSpec spec, Path folder) {
        this.spec = spec;
        this.folder = folder;
    }

    static TestbedClusters start(WorldSpec spec, Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        TestbedClusters clusters = new TestbedClusters(spec, folder);
        try {
            clusters.startServers(binaries, processes);
            clusters.play(binaries, processes);
            return clusters;
        } catch (MissingComponentException | IOException | InterruptedException | RuntimeException e) {
            clusters.close();
            throw e;
        }
    }

    Map<String, KubernetesServer> servers() {
        return servers;
    }

    KubernetesServer server(String name) {
        return named(servers, name);
    }

    NodePlayer nodes(String name) {
        return named(nodes, name);
    }

    /** @throws IllegalArgumentException in a world without Karmada */
    KarmadaControl karmada() {
        return karmada.orElseThrow(() -> new IllegalArgumentException("This world has no Karmada"));
    }

    /** @throws IllegalArgumentException in a world without a played Karmada */
    void setTokenValid(String cluster, boolean valid) {
        server(cluster);
        proxy.orElseThrow(() -> new IllegalArgumentException("This world has no played Karmada"))
                .setTokenValid(cluster, valid);
    }

    void setMultiClusterServices(String cluster, boolean there) throws IOException {
        ApiServer client = named(clients, cluster);
        if (there) {
            ObjectKinds.install(
                    client,
                    cluster.equals(CONTROL_PLANE) && spec.karmadaFolder().isEmpty());
        } else {
            ObjectKinds.removeMultiClusterServices(client);
        }
    }

    Set<ReconciledObject> objects() {
        Set<ReconciledObject> found = new TreeSet<>();
        clients.forEach((name, client) -> found.addAll(Inventory.list(client, name.equals(CONTROL_PLANE))));
        found.removeAll(own);
        return found;
    }

    private static <T> T named(Map<String, T> all, String name) {
        T one = all.get(name);
        if (one == null) {
            throw new IllegalArgumentException("Unknown cluster %s, expected one of %s".formatted(name, all.keySet()));
        }
        return one;
    }

    private void startServers(Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Map<String, KubernetesSpec> wanted = new LinkedHashMap<>();
        boolean real = spec.karmadaFolder().isPresent();
        if (spec.kind() == WorldKind.KARMADA) {
            List<String> controllers = controllers(KubernetesSpec.CONTROL_PLANE, real);
            wanted.put(CONTROL_PLANE, new KubernetesSpec(CONTROL_PLANE, controllers, spec.users(), true));
        }
        for (MemberSpec member : spec.members()) {
            List<String> controllers = controllers(KubernetesSpec.CONTROLLERS, real);
            wanted.put(member.name(), new KubernetesSpec(member.name(), controllers, spec.users(), false));
        }
        Map<String, KubernetesServer> started = new TogetherStarted(binaries, processes, folder).start(wanted.values());
        for (String name : wanted.keySet()) {
            KubernetesServer server = named(started, name);
            servers.put(name, server);
            ApiServer client = ApiServer.open(name, server.kubeconfig());
            clients.put(name, client);
            open.push(client);
        }
    }

    private static List<String> controllers(List<String> needed, boolean withAccounts) {
        List<String> controllers = new ArrayList<>(needed);
        if (withAccounts) {
            controllers.addAll(KubernetesSpec.ACCOUNTS);
        }
        return List.copyOf(controllers);
    }

    private void play(Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        boolean real = spec.karmadaFolder().isPresent();
        for (Map.Entry<String, ApiServer> client : clients.entrySet()) {
            boolean host = client.getKey().equals(CONTROL_PLANE);
            ObjectKinds.install(client.getValue(), host && !real);
            if (!host) {
                server(client.getKey()).startControllers();
            }
        }
        for (MemberSpec member : spec.members()) {
            NodePlayer player = new NodePlayer(named(clients, member.name()), spec.delays(), folder);
            open.push(player);
            nodes.put(member.name(), player);
            player.start(member.nodes(), member.region(), member.zone());
        }
        if (spec.kind() == WorldKind.KARMADA) {
            KarmadaControl started = real ? real(binaries, processes) : played();
            open.push(started);
            karmada = Optional.of(started);
        }
    }

    private KarmadaControl played() throws IOException, InterruptedException {
        serveClusters();
        server(CONTROL_PLANE).startControllers();
        KarmadaPlayer player = new KarmadaPlayer(named(clients, CONTROL_PLANE), spec.karmada(), spec.delays(), folder);
        for (MemberSpec member : spec.members()) {
            player.join(named(clients, member.name()), nodes(member.name()), member.region(), member.zone());
        }
        player.start();
        return player;
    }

    private void serveClusters() throws IOException, InterruptedException {
        KubernetesServer host = server(CONTROL_PLANE);
        Map<String, ClusterBackend> members = new LinkedHashMap<>();
        for (MemberSpec member : spec.members()) {
            members.put(member.name(), ClusterBackend.from(server(member.name())));
        }
        ClusterApi api = new ClusterApi(
                Tls.serving(host.pair("clusters", KarmadaObjects.AGGREGATED_HOST)), ClusterBackend.from(host), members);
        open.push(api);
        proxy = Optional.of(api);
        ApiServer client = named(clients, CONTROL_PLANE);
        client.apply(KarmadaObjects.namespace());
        KarmadaObjects.aggregation(api.port(), Files.readString(host.authority()))
                .forEach(client::create);
        client.awaitAnswer(KarmadaObjects.CLUSTERS_PATH, API_SECONDS);
    }

    private KarmadaControl real(Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        KubernetesServer host = server(CONTROL_PLANE);
        List<JoiningMember> members = spec.members().stream()
                .map(member -> new JoiningMember(
                        member.name(), server(member.name()).kubeconfig(), member.region(), member.zone()))
                .toList();
        KarmadaControl started = RealKarmada.start(
                host,
                named(clients, CONTROL_PLANE),
                members,
                KarmadaPrograms.create(host, folder.resolve("karmada-programs"), binaries, processes));
        own = objects();
        return started;
    }

    /** Players and clients; the servers end with the processes of the test bed. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("testbed: closing a player failed: " + e);
            }
        }
    }
}
