// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Alertmanager without peers, which notifies the SMO at once. */
public final class Alertmanager implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(20);

    private final OsProcess process;
    private final int port;

    private Alertmanager(OsProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param secretFile file with the bearer token that it sends
     * @throws MissingComponentException without prometheus-alertmanager
     */
    public static Alertmanager start(
            Path folder, URI receiver, Optional<Path> secretFile, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Path binary = binaries.find("prometheus-alertmanager");
        Path place = Files.createDirectories(folder);
        int port = FreePorts.free(1).get(0);
        Path configuration = place.resolve("alertmanager.yml");
        String http = secretFile
                .map(file -> ", http_config: {authorization: {credentials_file: \"" + file + "\"}}")
                .orElse("");
        Files.writeString(configuration, """
                route: {receiver: smo, group_wait: 0s, group_interval: 1s, repeat_interval: 10s, group_by: [alertname]}
                receivers:
                - name: smo
                  webhook_configs: [{url: "%s", send_resolved: true%s}]
                """.formatted(receiver, http));
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.add("--config.file=" + configuration);
        command.add("--storage.path=" + place.resolve("data"));
        command.add("--web.listen-address=127.0.0.1:" + port);
        command.add("--cluster.listen-address="); // else it opens a port for peers on all addresses
        command.add("--log.level=warn");
        OsProcess process = processes.start("alertmanager", command, place, Map.of());
        HttpProbe.create(URI.create("http://127.0.0.1:" + port + "/-/ready")).await(process, READY);
        return new Alertmanager(process, port);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
