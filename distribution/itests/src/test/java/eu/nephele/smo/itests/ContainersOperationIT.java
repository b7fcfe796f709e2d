// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.OsProcess;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is around a pool of containers, beside a real engine, a real HAProxy and a real Prometheus: the steps of a pipeline with a token
 * of its own, the daily copy restored, the generated monitoring.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersOperationIT {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Path STEPS =
            Path.of("../../examples/containers/update.sh").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern OF_CADVISOR = Pattern.compile("container_(?!count)[a-z_]+|machine_[a-z_]+");

    private final int port = Distribution.freePort();
    private final int servicePort = Distribution.freePort();
    private final int statisticsPort = Distribution.freePort();
    private final Map<String, String> environment = new TreeMap<>();
    private Path folder;
    private Processes processes;
    private PodmanService engine;
    private Haproxy balancer;
    private Settings settings;

    private record Ended(int status, String out) {}

    @BeforeEach
    void begin() throws Exception {
        RealPrograms.require("podman", "runc", "slirp4netns", "haproxy", "prometheus");
        folder = Files.createTempDirectory("smo-o-");
        processes = new Processes(folder.resolve("processes"));
        engine = PodmanService.start(folder.resolve("p"), Binaries.ofThisMachine(), processes);
        for (String tag : List.of("1", "2")) {
            engine.importImage(
                    image(tag),
                    "localhost/app:" + tag,
                    "CMD [\"/busybox\",\"httpd\",\"-f\",\"-p\",\"%d\",\"-h\",\"/www\"]".formatted(servicePort));
        }
        settings = Settings.fresh()
                .file("containers.yaml", file())
                .with(
                        "eu.nephele.smo.adapters.haproxy~main",
                        "smo.system=haproxy",
                        "runtimeSocket=" + folder.resolve("h/admin.sock"),
                        "masterSocket=" + folder.resolve("h/master.sock"),
                        "configurationFile=" + folder.resolve("h/haproxy.cfg"),
                        "statisticsPort=" + statisticsPort,
                        "bindAddress=127.0.0.1");
        Files.createDirectories(folder.resolve("h"));
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.put("SMO", Distribution.HOME.resolve("smo").toString());
        environment.put("SMO_URL", "http://127.0.0.1:" + port);
        environment.put(
                "CONTAINERS_FILE", settings.data().resolve("containers.yaml").toString());
        environment.put("SERVICE", "web");
        environment.put("WAIT_SECONDS", Long.toString(PATIENCE_SECONDS));
    }

    private Path image(String tag) throws IOException, InterruptedException {
        Path archive = folder.resolve("image" + tag + ".tar");
        Path root = Files.createDirectories(folder.resolve("image" + tag));
        Files.copy(BUSYBOX, root.resolve("busybox"));
        Files.writeString(
                Files.createDirectories(root.resolve("www")).resolve("index.html"), "page %s%n".formatted(tag));
        assertThat(new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                        .start()
                        .waitFor())
                .isZero();
        return archive;
    }

    private String file() {
        return """
                load_balancer: {stats_port: %d}
                servers:
                  - {name: edge-1, host: 127.0.0.1, endpoint: 'unix://%s', network: slirp4netns, max_containers: 4}
                services:
                  web:
                    image: localhost/app:1
                    port: %d
                    min_replicas: 1
                    max_replicas: 2
                    scale_up_threshold: 75
                    scale_down_threshold: 1
                    cooldown_period: 3600
                    business_hours_only: false
                    health_check: {path: /, interval: 1, grace: 10}
                monitoring: {prometheus: {port: %d}, grafana: {port: %d}}
                """.formatted(
                        statisticsPort, engine.socket(), servicePort, Distribution.freePort(), Distribution.freePort());
    }

    @AfterEach
    void end() throws Exception {
        if (folder == null) {
            return;
        }
        if (engine != null) {
            engine.removeAll();
            engine.close();
        }
        if (balancer != null) {
            balancer.close();
        }
        processes.close();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SMO_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }

    private Ended smo(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(environment.get("SMO")));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Ended steps(String... steps) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(STEPS.toString()));
        command.addAll(List.of(steps));
        return run(command);
    }

    /** Makes a key by the command of the page, and returns the file with its token. */
    private Path key(String name, String role) throws IOException, InterruptedException {
        Ended made = smo(
                "key",
                "add",
                name,
                "--days",
                "90",
                "--role",
                role,
                "--json",
                "--token-file",
                settings.data().resolve("etc/admin.token").toString());
        assertThat(made.status()).as(made.out()).isZero();
        return Files.writeString(
                folder.resolve(name + ".token"),
                new JsonMapper().readTree(made.out()).path("token").asText());
    }

    private String page() throws InterruptedException {
        try {
            return RestClient.unchecked(servicePort).get("/").text().strip();
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    @Test
    void whatIsAroundAPoolWorksTogether() throws Exception {
        long begun = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(
                "--json",
                "--profile",
                "containers",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString())) {
            server.awaitEvent("ready");
            Eventually.within(
                    PATIENCE_SECONDS, () -> Files.exists(folder.resolve("h/haproxy.cfg")), there -> assertThat(there)
                            .isTrue());
            balancer = Haproxy.start(
                    folder.resolve("h/haproxy.cfg"), folder.resolve("h"), Binaries.ofThisMachine(), processes);
            Eventually.within(
                    PATIENCE_SECONDS, this::page, page -> assertThat(page).isEqualTo("page 1"));

            long first = System.nanoTime();
            nginxInFrontEndsTls();
            long rollout = System.nanoTime();
            aPipelineRollsOut();
            long restore = System.nanoTime();
            theCopyOfTheDayBringsBackWhatWas();
            long restored = System.nanoTime();
            System.err.printf(
                    "from the start to the first answer %d s, pipeline %d s, restore %d s%n",
                    TimeUnit.NANOSECONDS.toSeconds(first - begun),
                    TimeUnit.NANOSECONDS.toSeconds(restore - rollout),
                    TimeUnit.NANOSECONDS.toSeconds(restored - restore));
            theMonitoringOfTheFileSeesAll();
        }
    }

    /** The configuration of the example, with other ports and paths. */
    private void nginxInFrontEndsTls() throws Exception {
        if (RealPrograms.isMissing(Binaries.ofThisMachine().absent(List.of("nginx", "openssl", "curl")))) {
            return;
        }
        Path place = Files.createDirectories(folder.resolve("n"));
        Path key = place.resolve("shop.key");
        Path certificate = place.resolve("shop.crt");
        Ended made = run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=shop.example",
                "-addext",
                "subjectAltName=DNS:shop.example",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        assertThat(made.status()).as(made.out()).isZero();
        int tls = Distribution.freePort();
        Path configuration = Files.writeString(
                place.resolve("nginx.conf"),
                Files.readString(STEPS.resolveSibling("nginx.conf"))
                        .replace("127.0.0.1:8090", "127.0.0.1:" + servicePort)
                        .replace("listen 80 ", "listen 127.0.0.1:%d ".formatted(Distribution.freePort()))
                        .replace("listen 443 ", "listen 127.0.0.1:%d ".formatted(tls))
                        .replace("/etc/nginx/tls", place.toString()));
        try (OsProcess nginx = processes.start(
                "nginx",
                List.of(
                        Binaries.ofThisMachine().find("nginx").toString(),
                        "-p",
                        place.toString(),
                        "-c",
                        configuration.toString(),
                        "-g",
                        "daemon off; pid %s; error_log stderr;".formatted(place.resolve("pid"))),
                place,
                Map.of())) {
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> run(List.of(
                            "curl",
                            "-sS",
                            "--fail",
                            "--cacert",
                            certificate.toString(),
                            "--resolve",
                            "shop.example:%d:127.0.0.1".formatted(tls),
                            "https://shop.example:%d/".formatted(tls))),
                    answer -> assertThat(answer.out().strip())
                            .as(Files.readString(nginx.log()))
                            .isEqualTo("page 1"));
        }
    }

    private void aPipelineRollsOut() throws Exception {
        environment.put("IMAGE", "localhost/app:2");
        Path reads = key("reader", "viewer");
        Path pipeline = key("pipeline", "operator");
        assertThat(steps().status()).isEqualTo(64);
        assertThat(steps("update").out()).contains("SMO_TOKEN_FILE is missing");
        Ended lint = steps("lint");
        assertThat(lint.status()).as(lint.out()).isZero();
        environment.put("SMO_TOKEN_FILE", reads.toString());
        Ended refused = steps("update");
        assertThat(refused.status()).as(refused.out()).isNotZero();
        assertThat(page()).isEqualTo("page 1");
        environment.put("SMO_TOKEN_FILE", pipeline.toString());
        Ended done = steps("lint", "update");
        assertThat(done.status()).as(done.out()).isZero();
        assertThat(done.out()).contains("web runs localhost/app:2");
        assertThat(page()).isEqualTo("page 2");
    }

    private void theCopyOfTheDayBringsBackWhatWas() throws Exception {
        Path copies = settings.data().resolve("backups/containers");
        Path copy;
        try (Stream<Path> files = Files.list(copies)) {
            copy = files.sorted().findFirst().orElseThrow();
        }
        assertThat(copy.getFileName().toString()).matches("default-\\d{4}-\\d\\d-\\d\\d\\.json");
        Ended shown = smo("containers", "restore", copy.toString(), "--dry-run");
        assertThat(shown.status()).as(shown.out()).isZero();
        assertThat(shown.out()).contains("~ services web image");
        assertThat(page()).isEqualTo("page 2");
        Ended done = smo("containers", "restore", copy.toString());
        assertThat(done.status()).as(done.out()).isZero();
        Eventually.within(PATIENCE_SECONDS, this::page, page -> assertThat(page).isEqualTo("page 1"));
        assertThat(smo("containers", "restore", copy.toString(), "--dry-run").out())
                .contains("is as it was");
    }

    private void theMonitoringOfTheFileSeesAll() throws Exception {
        Path output = folder.resolve("monitoring");
        Ended made = smo(
                "containers",
                "monitoring",
                environment.get("CONTAINERS_FILE"),
                "--output",
                output.toString(),
                "--smo-port",
                Integer.toString(port),
                "--metrics-token-file",
                folder.resolve("reader.token").toString());
        assertThat(made.status()).as(made.out()).isZero();
        String configuration = Files.readString(output.resolve("prometheus/prometheus.yml"));
        JsonNode panels = new JsonMapper()
                .readTree(Files.readString(output.resolve("grafana/dashboards/smo-containers.json")))
                .path("panels");
        try (ScrapingPrometheus prometheus =
                ScrapingPrometheus.configured(configuration.replace("interval: 15s", "interval: 1s"))) {
            for (String job : List.of("smo", "smo-containers", "haproxy")) {
                Eventually.within(
                        PATIENCE_SECONDS,
                        () -> prometheus.query("up{job=\"%s\"} == 1".formatted(job)),
                        up -> assertThat(up).as(job).isNotEmpty());
            }
            Eventually.within(PATIENCE_SECONDS, () -> empty(prometheus, panels), missing -> assertThat(missing)
                    .isEmpty());
        }
    }

    /** Panels of what runs here that have no data; those of cAdvisor are understood only. */
    private static List<String> empty(ScrapingPrometheus prometheus, JsonNode panels) throws Exception {
        List<String> empty = new ArrayList<>();
        for (JsonNode panel : panels) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asText();
                JsonNode series = prometheus.query(expression);
                boolean excused = panel.path("description").asText().startsWith("Empty ")
                        || OF_CADVISOR.matcher(expression).find();
                if (!excused && series.isEmpty()) {
                    empty.add(panel.path("title").asText() + ": " + expression);
                }
            }
        }
        return empty;
    }
}
