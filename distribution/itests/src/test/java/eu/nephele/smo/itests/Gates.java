// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import eu.nephele.smo.lab.testbed.Testbed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A gate before each system that the server calls, and before Alertmanager, which calls the server; otherwise those of the world
 * among themselves go around them.
 */
final class Gates implements AutoCloseable {

    private final Map<String, Gate> gates = new TreeMap<>();

    private Gates() {}

    /** Nothing is between the server and its world. */
    static Gates none() {
        return new Gates();
    }

    /** The settings of the server lead through gates named registry, prometheus, and as the API servers are. */
    static Gates before(Testbed testbed) throws IOException, InterruptedException {
        Gates gates = new Gates();
        gates.add("registry", testbed.registry().url());
        gates.add("prometheus", testbed.prometheus().url());
        Gate alertmanager = gates.add("alertmanager", testbed.alertmanager().url());
        Path monitoring = testbed.folder().resolve("prometheus/prometheus.yml");
        redirect(monitoring, monitoring, List.of(alertmanager));
        reload(testbed);
        for (var server : testbed.servers().entrySet()) {
            gates.add(server.getKey(), server.getValue().url());
            redirect(server.getValue().kubeconfig(), gates.kubeconfig(testbed, server.getKey()), gates.gates.values());
        }
        try (Stream<Path> files = Files.list(testbed.folder().resolve("etc"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                for (var server : testbed.servers().entrySet()) {
                    text = text.replace(
                            server.getValue().kubeconfig().toString(),
                            gates.kubeconfig(testbed, server.getKey()).toString());
                }
                Files.writeString(file, text);
                redirect(file, file, gates.gates.values());
            }
        }
        return gates;
    }

    private Path kubeconfig(Testbed testbed, String server) {
        return testbed.folder().resolve(server + "-gate.kubeconfig");
    }

    private static void reload(Testbed testbed) throws IOException, InterruptedException {
        RestClient prometheus = RestClient.unchecked(testbed.prometheus().url().getPort());
        int status = prometheus.post("/-/reload").status();
        if (status != 200) {
            throw new IOException("Prometheus does not read its configuration again: " + status);
        }
    }

    /** One more; who calls the system has to be told of it. */
    Gate add(String name, URI system) throws IOException {
        Gate gate = new Gate(system);
        gates.put(name, gate);
        return gate;
    }

    private static void redirect(Path from, Path to, Collection<Gate> gates) throws IOException {
        String text = Files.readString(from);
        for (Gate gate : gates) {
            text = text.replaceAll(gate.system() + "\\b", "127.0.0.1:" + gate.port());
        }
        Files.writeString(to, text);
    }

    /** The host as the server shall know it. */
    String host(String name, String direct) {
        Gate gate = gates.get(name);
        return gate == null ? direct : "127.0.0.1:" + gate.port();
    }

    Gate gate(String name) {
        Gate gate = gates.get(name);
        if (gate == null) {
            throw new IllegalArgumentException("No gate before %s, only %s".formatted(name, gates.keySet()));
        }
        return gate;
    }

    @Override
    public void close() throws IOException {
        for (Gate gate : gates.values()) {
            gate.close();
        }
    }
}
