// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.pools.containers.ContainersFileReader;
import eu.nephele.smo.pools.containers.backup.PoolCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around a pool of containers: its copies, its monitoring, its service of systemd. */
class ContainersSurroundingsTest {

    private static final String FILE = """
            servers:
              - {name: edge-1, host: 192.0.2.11, ssh_user: deploy, ssh_key: /etc/smo/key, max_containers: 12}
            services:
              web:
                image: registry.example/shop/web:1
                port: 8090
                min_replicas: 1
                max_replicas: 4
                scale_up_threshold: 75
                scale_down_threshold: 25
                cooldown_period: 60
                health_check: {path: /health}
                environment: [DB_PASSWORD=hunter2]
            """;
    private static final String POOL = "/api/v1/kinds/container-pool/resources/default";

    private final ContainersFileReader reader = new ContainersFileReader(Map.of());
    private final FakeSmo server = new FakeSmo();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("containers"));
        all.addAll(List.of(arguments));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun restore(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("restore", copy().toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", server.uri().toString()));
        return run(all.toArray(String[]::new));
    }

    private Path copy() throws IOException {
        return Files.writeString(
                folder.resolve("default-2026-03-01.json"),
                PoolCopy.taken(
                                "default",
                                "shop",
                                Instant.parse("2026-03-01T00:00:00Z"),
                                reader.document(FILE),
                                Optional.empty())
                        .text());
    }

    private JsonObject present() {
        return reader.document(FILE.replace("web:1", "web:2").replace("max_replicas: 4", "max_replicas: 9"));
    }

    private void answerWithPool() {
        server.on(
                "GET " + POOL,
                "{\"desired\":{\"file\":%s,\"project\":\"shop\",\"source\":\"s\",\"replaced\":{\"web\":{\"mark\":\"m\"}}},\"labels\":{\"a\":\"b\"}}"
                        .formatted(present().toJson()));
        server.on("PUT " + POOL, "{}");
    }

    @Test
    void whatWasIsAgain() throws Exception {
        answerWithPool();
        CommandLineRun run = restore();
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("~ services web environment, image, max_replicas", "becomes what it was at 2026-03-01")
                .contains("/services/web/environment/0 was in clear");
        JsonNode sent = FakeSmo.json(server.calls("PUT", POOL).get(0).body());
        assertThat(sent.at("/desired/file/services/web/image").asText()).isEqualTo("registry.example/shop/web:1");
        assertThat(sent.at("/desired/file/services/web/environment/0").asText())
                .isEqualTo("DB_PASSWORD=${DB_PASSWORD}");
        assertThat(sent.at("/desired/replaced/web/mark").asText()).isEqualTo("m");
        assertThat(sent.at("/labels/a").asText()).isEqualTo("b");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        answerWithPool();
        CommandLineRun run = restore("--dry-run");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("~ services web", "Would make the pool default");
        assertThat(server.calls("PUT", POOL)).isEmpty();
    }

    @Test
    void aPoolThatIsGoneIsMadeAgain() throws Exception {
        server.reply("GET " + POOL, 404, "{\"title\":\"Not found\",\"status\":404}");
        server.on("PUT " + POOL, "{}");
        CommandLineRun run = restore();
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("+ servers edge-1", "+ services web");
        assertThat(FakeSmo.json(server.calls("PUT", POOL).get(0).body())
                        .at("/desired/project")
                        .asText())
                .isEqualTo("shop");
    }

    @Test
    void theFileOfACopyIsWrittenOnceAndIsValid() throws Exception {
        Path target = folder.resolve("containers.yaml");
        assertThat(restore("--to", target.toString()).status()).isZero();
        assertThat(server.calls()).isEmpty();
        assertThat(run("lint", target.toString()).status()).isZero();
        CommandLineRun again = restore("--to", target.toString());
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("not overwritten");
    }

    @Test
    void aChangedCopyIsRefused() throws Exception {
        Path changed = Files.writeString(
                folder.resolve("changed.json"),
                Files.readString(copy()).replace("\"max_replicas\":4", "\"max_replicas\":5"));
        CommandLineRun run =
                run("restore", changed.toString(), "--url", server.uri().toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("changed.json", "was changed since it was written");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void theMonitoringIsAFolderOfFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("containers.yaml"), FILE);
        Path output = folder.resolve("monitoring");
        CommandLineRun run = run("monitoring", file.toString(), "--output", output.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(output.resolve("prometheus/prometheus.yml")).content().contains("192.0.2.11:8085");
        assertThat(output.resolve("compose.yaml")).exists();
        assertThat(output.resolve("grafana/dashboards/smo-containers.json")).exists();
        CommandLineRun taken = run("monitoring", file.toString(), "--output", output.toString(), "--smo-port", "8090");
        assertThat(taken.status()).isEqualTo(1);
        assertThat(taken.err()).contains("Port 8090");
        taken = run("monitoring", file.toString(), "--output", output.toString(), "--path-port", "8090");
        assertThat(taken.err()).contains("Port 8090 is that of the interface of the original and of the service web");
    }

    private Path installation() throws IOException {
        Path home = Files.createDirectories(folder.resolve("opt/smo"));
        Path script = Files.writeString(home.resolve("smo"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    @Test
    void theUnitIsShown() throws Exception {
        CommandLineRun run = run(
                "install-service", "--print", "--installation", installation().toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "ExecStart=" + installation()
                                + "/smo server --no-restart --profile containers --port 8080 --data /var/lib/smo",
                        "User=smo",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict",
                        "ReadWritePaths=/var/lib/smo\n",
                        "EnvironmentFile=-/etc/smo/smo.env",
                        "u smo - ");
        assertThat(run.err().contains(installation() + " is hidden from the service"))
                .as("the folder of this test is temporary")
                .isEqualTo(folder.startsWith("/tmp") || folder.startsWith("/var/tmp"));
    }

    @Test
    void onlyRootWritesAndOthersAreToldWhatTheyCanDo() throws Exception {
        String user = System.getProperty("user.name");
        System.setProperty("user.name", "somebody");
        try {
            CommandLineRun run =
                    run("install-service", "--installation", installation().toString());
            assertThat(run.status()).isEqualTo(64);
            assertThat(run.err()).contains("Only root", "sudo", "--print", "--root");
        } finally {
            System.setProperty("user.name", user);
        }
    }

    @Test
    void pathsThatWouldMeanSomethingElseInAUnitAreRefused() throws Exception {
        for (String data : List.of("relative", "/var/lib/%h", "/var/lib/a b", "/var\nUser=root")) {
            CommandLineRun run = run(
                    "install-service",
                    "--print",
                    "--installation",
                    installation().toString(),
                    "--data",
                    data);
            assertThat(run.status()).as(data).isEqualTo(64);
        }
        assertThat(run(
                                "install-service",
                                "--print",
                                "--user",
                                "a b",
                                "--installation",
                                installation().toString())
                        .status())
                .isEqualTo(64);
        assertThat(run("install-service", "--print", "--installation", folder.toString())
                        .err())
                .contains("no installation");
    }

    @Test
    void whatTheServiceWouldNotSeeIsRefused() throws Exception {
        for (String option : List.of("--data", "--writable")) {
            for (String hidden : List.of("/home/a/data", "/root", "/run/user/1/a", "/var/lib/../tmp/a", "/tmp/a")) {
                CommandLineRun run = run(
                        "install-service",
                        "--print",
                        "--installation",
                        installation().toString(),
                        option,
                        hidden);
                assertThat(run.status()).as(hidden).isEqualTo(64);
                assertThat(run.err()).contains(hidden + " is hidden from the service", "/opt");
            }
        }
    }

    @Test
    void systemdTakesWhatIsWritten() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        CommandLineRun run = run(
                "install-service",
                "--installation",
                installation().toString(),
                "--root",
                root.toString(),
                "--writable",
                "/etc/haproxy/smo");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("systemctl enable --now smo", "sudo -u smo -H " + installation() + "/smo containers servers");
        Path secrets = root.resolve("etc/smo/smo.env");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        Files.writeString(secrets, "A=b\n");
        assertThat(run("install-service", "--installation", installation().toString(), "--root", root.toString())
                        .out())
                .contains("smo.env stays as it is");
        assertThat(secrets).hasContent("A=b\n");

        Assumptions.assumeTrue(isThere("systemd-analyze"), "systemd-analyze");
        assertThat(status(
                        root,
                        "systemd-analyze",
                        "verify",
                        "--man=no",
                        root.resolve("etc/systemd/system/smo.service").toString()))
                .isEmpty();
    }

    @Test
    void systemdMakesTheUser() throws Exception {
        boolean there = isThere("systemd-sysusers");
        if (!there) {
            System.err.println("*** SKIPPED, NO systemd-sysusers ***");
        }
        Assumptions.assumeTrue(there, "systemd-sysusers");
        Path root = Files.createDirectories(folder.resolve("root"));
        run("install-service", "--installation", installation().toString(), "--root", root.toString());
        assertThat(status(root, "systemd-sysusers", "--root=" + root)).doesNotContain("rror");
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains("smo:x:", "/var/lib/smo", "nologin");
    }

    private static boolean isThere(String program) {
        boolean there = List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(one -> Files.isExecutable(Path.of(one, program)));
        if (!there) {
            System.err.println("*** SKIPPED, NOT CHECKED BY " + program + " ***");
        }
        return there;
    }

    /** What it says; empty when it is content. */
    private static String status(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }
}
