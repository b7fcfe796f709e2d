// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Prometheus that scrapes every second, reads rules from a folder on reload, and notifies an Alertmanager. The monitoring of a
 * site can be made to fall silent: its series end, as when the site is unreachable.
 */
public final class Prometheus implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(20);
    private static final String SITE = "site.json";

    private final OsProcess process;
    private final int port;
    private final int exporterPort;
    private final Path folder;

    private Prometheus(OsProcess process, int port, int exporterPort, Path folder) {
        this.process = process;
        this.port = port;
        this.exporterPort = exporterPort;
        this.folder = folder;
    }

    /**
     * @param exporterPort port of {@code /metrics} with the load
     * @throws MissingComponentException without prometheus
     */
    public static Prometheus start(
            Path folder, int exporterPort, int alertmanagerPort, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Path binary = binaries.find("prometheus");
        Path place = Files.createDirectories(folder);
        Files.createDirectories(place.resolve("rules"));
        int port = FreePorts.free(1).get(0);
        Path configuration = place.resolve("prometheus.yml");
        Files.writeString(configuration, configuration(place, exporterPort, alertmanagerPort));
        writeSite(place, exporterPort, true);
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.add("--config.file=" + configuration);
        command.add("--storage.tsdb.path=" + place.resolve("data"));
        command.add("--web.listen-address=127.0.0.1:" + port);
        command.add("--web.enable-lifecycle");
        command.add("--web.console.templates=/nonexistent");
        command.add("--web.console.libraries=/nonexistent");
        // an alert that Alertmanager did not get, as right after a reload, is sent again soon, not after a minute
        command.add("--rules.alert.resend-delay=2s");
        command.add("--log.level=warn");
        OsProcess process = processes.start("prometheus", command, place, Map.of());
        HttpProbe.create(URI.create("http://127.0.0.1:" + port + "/-/ready")).await(process, READY);
        return new Prometheus(process, port, exporterPort, place);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Files {@code *.yml} in it are rules after a reload. */
    public Path rules() {
        return folder.resolve("rules");
    }

    /** Sets whether the monitoring of the site {@code smo/brussels} is reachable; takes effect within a second or two. */
    public void setSiteHeard(boolean heard) throws IOException {
        writeSite(folder, exporterPort, heard);
    }

    private static void writeSite(Path folder, int exporterPort, boolean heard) throws IOException {
        String targets = heard ? "\"127.0.0.1:" + exporterPort + "\"" : "";
        Path draft = folder.resolve(SITE + ".new");
        Files.writeString(
                draft, "[{\"targets\": [%s], \"labels\": {\"prometheus\": \"smo/brussels\"}}]%n".formatted(targets));
        Files.move(draft, folder.resolve(SITE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String configuration(Path folder, int exporterPort, int alertmanagerPort) {
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%1$s/rules/*.yml"]
                scrape_configs:
                - job_name: services
                  honor_labels: true
                  static_configs: [{targets: ["127.0.0.1:%2$d"]}]
                - job_name: site
                  metrics_path: /site
                  file_sd_configs: [{files: ["%1$s/%4$s"], refresh_interval: 1s}]
                alerting:
                  alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%3$d"]}]}]
                """.formatted(folder, exporterPort, alertmanagerPort, SITE);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
