// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringFilesTest {

    private static final String TWO = Texts.with("port: 8080", "port: 8090")
            .replace(
                    "max_containers: 12",
                    "max_containers: 12\n  - {name: edge-2, host: '2001:db8::2', ssh_user: u, ssh_key: /k, max_containers: 1}");
    private static final String SETTINGS = """
            load_balancer: {stats_port: 8405, https_enabled: true, cert_path: /etc/smo/web.pem}
            monitoring:
              prometheus: {port: 9091, retention: 4w}
              grafana: {port: 3001, admin_password: "${SHOP_GRAFANA}"}
            """;
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:smo|container|machine|haproxy|api|scaling)_[a-z0-9_]+");
    private static final Set<String> OF_THE_INTERFACE = Set.of(
            "container_count",
            "scaling_events_total",
            "api_requests_total",
            "api_request_duration_seconds_sum",
            "api_request_duration_seconds_count");

    @TempDir
    Path folder;

    private static Map<String, String> files(String text, Optional<String> token) {
        return new MonitoringFiles(
                        Texts.read(text), new MonitoringOptions("127.0.0.1", 8080, OptionalInt.of(8000), 8085, token))
                .all();
    }

    private void write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, file.getValue());
        }
    }

    @Test
    void eachServerAndTheProgramsOfTheControlServerAreScraped() throws Exception {
        Map<String, String> files = files(TWO + SETTINGS, Optional.empty());
        JsonNode jobs = new YAMLMapper()
                .readTree(files.get("prometheus/prometheus.yml"))
                .path("scrape_configs");
        assertThat(jobs.toString()).contains("\"127.0.0.1:8080\"", "/containers/metrics", "\"127.0.0.1:8405\"");
        assertThat(jobs.findValuesAsText("job_name")).containsExactly("smo", "smo-containers", "haproxy", "cadvisor");
        assertThat(jobs.get(3).path("static_configs"))
                .hasToString("[{\"targets\":[\"192.0.2.11:8085\"],\"labels\":{\"server\":\"edge-1\"}},"
                        + "{\"targets\":[\"[2001:db8::2]:8085\"],\"labels\":{\"server\":\"edge-2\"}}]");
        write(files);
        promtool("check", "config", folder.resolve("prometheus/prometheus.yml").toString());
    }

    @Test
    void aTokenIsAFile() throws Exception {
        write(files(TWO, Optional.of("smo.token")));
        Files.writeString(folder.resolve("prometheus/smo.token"), "secret");
        Path config = folder.resolve("prometheus/prometheus.yml");
        assertThat(Files.readString(config)).contains("credentials_file: \"smo.token\"");
        promtool("check", "config", config.toString());
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        require("promtool", "Debian package prometheus");
        assertThat(run(command)).contains("SUCCESS");
    }

    @Test
    void theComposeFilesAreThose() throws Exception {
        Map<String, String> files = files(TWO + SETTINGS, Optional.empty());
        JsonNode control = new YAMLMapper().readTree(files.get("compose.yaml")).path("services");
        assertThat(control.fieldNames())
                .toIterable()
                .containsExactly("haproxy", "smo", "cadvisor", "prometheus", "grafana");
        assertThat(control.at("/prometheus/command").toString())
                .contains("--storage.tsdb.retention.time=4w", "--web.listen-address=127.0.0.1:9091");
        assertThat(control.at("/grafana/environment").toString()).contains("3001", "${SHOP_GRAFANA:?}");
        control.forEach(service -> assertThat(service.path("image").asText()).matches(".+:v?[0-9].*"));
        assertThat(files.get("haproxy/eu.nephele.smo.adapters.haproxy~main.cfg"))
                .contains("statisticsPort=8405", "certificate=/etc/smo/web.pem");
        assertThat(control.at("/smo/stop_grace_period").asText())
                .as("as long as systemd waits")
                .isEqualTo("90s");
        assertThat(files.get("Dockerfile"))
                .as("the user 990 binds ports below 1024")
                .contains("libcap2-bin", "setcap cap_net_bind_service=+ep /usr/sbin/haproxy");
        write(files);
        Files.writeString(folder.resolve("smo.env"), "SMO_HOME=/opt/smo\nSMO_DATA=/var/lib/smo\nSHOP_GRAFANA=x\n");
        require("docker-compose", "Debian package docker-compose");
        for (String file : List.of("compose.yaml", "server.compose.yaml")) {
            assertThat(run(List.of(
                            "docker-compose",
                            "--env-file",
                            folder.resolve("smo.env").toString(),
                            "-f",
                            folder.resolve(file).toString(),
                            "config")))
                    .contains("cadvisor");
        }
    }

    @Test
    void whatIsSwitchedOffIsNotThere() {
        Map<String, String> files = files(
                TWO
                        + "monitoring: {prometheus: {enabled: false}, grafana: {enabled: false, admin_password: hunter2}}\n",
                Optional.empty());
        assertThat(files.get("compose.yaml")).doesNotContain("prometheus", "grafana");
        assertThat(files.keySet()).noneMatch(name -> name.startsWith("prometheus") || name.startsWith("grafana"));
    }

    @Test
    void aPasswordInClearIsNotCopied() {
        Map<String, String> files = files(TWO + "monitoring: {grafana: {admin_password: hunter2}}\n", Optional.empty());
        assertThat(files.get("compose.yaml")).contains("${GRAFANA_PASSWORD:?}");
        assertThat(files.values()).noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void twoProgramsDoNotHaveOnePort() {
        assertThatThrownBy(() -> files(Texts.LEAST, Optional.empty()))
                .isInstanceOf(SmoException.class)
                .hasMessage("Port 8080 is that of the SMO and of the service web");
        assertThatThrownBy(() -> files(Texts.with("port: 8080", "port: 8000"), Optional.empty()))
                .isInstanceOf(SmoException.class)
                .hasMessage("Port 8000 is that of the interface of the original and of the service web");
    }

    @Test
    void metricsOfTheDashboardAreKnown() throws Exception {
        JsonNode dashboard =
                new JsonMapper().readTree(files(TWO, Optional.empty()).get("grafana/dashboards/smo-containers.json"));
        Set<String> named = new TreeSet<>();
        for (String expression : dashboard.findValuesAsText("expr")) {
            METRIC.matcher(expression).results().forEach(found -> named.add(found.group()));
        }
        // the label of cAdvisor for one of ours
        named.remove("container_label_smo_nephele_eu_service");
        Set<String> known = new TreeSet<>(OF_THE_INTERFACE);
        known.addAll(lines("/cadvisor-metrics.txt"));
        known.addAll(lines("/haproxy-metrics.txt"));
        Pattern.compile("(?m)^\\| `(smo_[a-z_]+)`")
                .matcher(Files.readString(Path.of("../../../docs/reference/metrics.md")))
                .results()
                .forEach(found -> known.add(found.group(1)));
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(known).containsAll(named);
    }

    @Test
    void panelsHaveNumbersAndPlacesOfTheirOwn() throws Exception {
        JsonNode panels = new JsonMapper()
                .readTree(files(TWO, Optional.empty()).get("grafana/dashboards/smo-containers.json"))
                .path("panels");
        boolean[][] taken = new boolean[100][24];
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode grid = panel.path("gridPos");
            for (int row = 0; row < grid.path("h").asInt(); row++) {
                for (int column = 0; column < grid.path("w").asInt(); column++) {
                    boolean[] line = taken[grid.path("y").asInt() + row];
                    assertThat(line[grid.path("x").asInt() + column]).isFalse();
                    line[grid.path("x").asInt() + column] = true;
                }
            }
        }
    }

    private static Set<String> lines(String resource) throws IOException {
        try (var in = MonitoringFilesTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.toSet());
        }
    }

    private static void require(String program, String from) {
        boolean there = List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(one -> Files.isExecutable(Path.of(one, program)));
        if (!there) {
            System.err.println("*** SKIPPED, NOT CHECKED BY " + program + ": " + from + " ***");
        }
        Assumptions.assumeTrue(there, program);
    }

    private static String run(List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
