// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A simulated federation in a process of its own: what runs there goes on, whatever becomes of servers. */
final class OutlivingWorld implements AutoCloseable {

    private final Process process;
    private final String url;
    private final RestClient client;

    private OutlivingWorld(Process process, String url) {
        this.process = process;
        this.url = url;
        this.client = RestClient.unchecked(Integer.parseInt(url.replaceFirst(".*:", "")));
    }

    /** One with so many cores in each cluster, named c1, c2, …. */
    static OutlivingWorld start(int... cores) throws IOException {
        Path scenario = Settings.fresh().world(cores).data().resolve("world.yaml");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "-cp",
                        Distribution.HOME.resolve("bundles") + "/*",
                        "eu.nephele.smo.lab.remote.world.Main",
                        "--with-parent",
                        "--scenario",
                        scenario.toString())
                .redirectError(scenario.resolveSibling("world.log").toFile())
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = said.readLine();
        while (ready != null && !ready.contains("\"ready\"")) {
            ready = said.readLine();
        }
        if (ready == null) {
            throw new AssertionError("The world has not started, see " + scenario.resolveSibling("world.log"));
        }
        return new OutlivingWorld(
                process, new JsonMapper().readTree(ready).path("url").asText());
    }

    /** How a server of the profile {@code world} finds it. */
    Settings known(Settings settings) {
        return settings.with("eu.nephele.smo.lab.remote", "url=" + url);
    }

    /** By service: how often its release was changed, and where it has replicas. A release that is installed anew begins anew. */
    Map<String, String> releases() throws Exception {
        Map<String, String> releases = new TreeMap<>();
        for (JsonNode release : client.get("/world/snapshot").json().path("releases")) {
            releases.put(
                    release.at("/workload/service").asText(),
                    "revision %s %s".formatted(release.path("revision"), release.path("replicas")));
        }
        return releases;
    }

    /** Writes of what was there already. */
    long doubledWrites() throws Exception {
        return client.get("/world/snapshot").json().at("/writes/doubled").asLong();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
