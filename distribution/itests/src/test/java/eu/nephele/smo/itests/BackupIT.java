// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A backup that is taken while graphs are deployed, stopped and started; the machine is lost; the backup is restored on the other
 * database and goes on with the same world, and back. Nothing that was acknowledged before the backup began is lost, and nothing of it is
 * deployed anew.
 */
class BackupIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE_SECONDS = 90;
    private static final int DEPLOYED_BEFORE = 12;

    private final Path folder = Distribution.freshFolder("backups");
    private final Path anchor = folder.resolve("heads.jsonl");

    /** A server with its client. */
    private static final class Server implements AutoCloseable {
        private final Path data;
        private final int port = Distribution.freePort();
        private final RestClient client = new RestClient(port);
        private final NativeApi api = new NativeApi(client, "p");
        private final ServerProcess process;

        Server(Path data) throws IOException {
            this.data = data;
            this.process = ServerProcess.start(
                    "--json", "--profile", "world", "--port", Integer.toString(port), "--data", data.toString());
            process.awaitEvent("ready");
        }

        void deploy(String graph) throws Exception {
            api.deploy(Descriptors.graph(graph, Descriptors.service(graph + "-s")));
        }

        void runs(String graph) throws Exception {
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> api.graph(graph),
                    found -> assertThat(found.path("phase").asText()).as(graph).isEqualTo("RUNNING"));
        }

        /** Ids of the decisions of a graph. */
        Set<String> decisions(String graph) throws Exception {
            return api.decisions(graph).stream()
                    .map(decision -> decision.path("id").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        String adminToken() throws IOException {
            return Files.readString(data.resolve("etc/admin.token")).strip();
        }

        String key(String name) throws Exception {
            RestClient.Answer made = client.call(
                    "POST",
                    "/api/v1/keys",
                    "{\"name\":\"%s\"}".formatted(name),
                    "Authorization",
                    "Bearer " + adminToken());
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            return made.json().path("token").asText();
        }

        CommandLine command(String... arguments) throws Exception {
            List<String> all = new ArrayList<>(List.of(arguments));
            all.addAll(List.of(
                    "--url",
                    "http://127.0.0.1:" + port,
                    "--token-file",
                    data.resolve("etc/admin.token").toString()));
            return CommandLine.run("", all);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** As people do it: what the script of an installation calls. */
    private record CommandLine(int status, String out, String err) {

        static CommandLine run(String further, List<String> arguments) throws Exception {
            Path out = Files.createTempFile(Distribution.freshFolder("cli"), "out", "");
            Path err = Files.createTempFile(out.getParent(), "err", "");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                    "-Dslf4j.internal.verbosity=ERROR",
                    "-cp",
                    Distribution.HOME.resolve("cli") + "/*" + further,
                    "eu.nephele.smo.access.cli.Main"));
            command.addAll(arguments);
            int status = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new CommandLine(status, Files.readString(out), Files.readString(err));
        }

        static CommandLine restore(Path archive, Path data, String... options) throws Exception {
            List<String> all =
                    new ArrayList<>(List.of("restore", archive.toString(), "--data", data.toString(), "--json"));
            all.addAll(List.of(options));
            return run(":" + Distribution.HOME.resolve("bundles") + "/*", all);
        }

        JsonNode json() throws IOException {
            assertThat(status).as(err + out).isZero();
            return JSON.readTree(out);
        }
    }

    /** Deploys, stops and starts graphs until it is ended; keeps what was acknowledged. */
    private static final class Load implements AutoCloseable {
        private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        private final Queue<String> touched = new ConcurrentLinkedQueue<>();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private volatile boolean ending;

        Load(Server server) {
            thread.execute(() -> {
                for (int i = 0; !ending; i++) {
                    try {
                        server.deploy("g" + i);
                        acknowledged.add("g" + i);
                        if (i % 4 == 3 && i < DEPLOYED_BEFORE) {
                            touched.add("g" + (i - 2));
                            server.client.post(server.api.graphs() + "/g" + (i - 2) + "/stop");
                            server.client.post(server.api.graphs() + "/g" + (i - 2) + "/start");
                        }
                    } catch (Exception | AssertionError ended) {
                        ending = true;
                    }
                }
            });
        }

        @Override
        public void close() throws IOException {
            ending = true;
            thread.shutdown();
            try {
                assertThat(thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void aBackupUnderLoadGoesOnOnTheOtherDatabaseAndBack() throws Exception {
        Path key = folder.resolve("key");
        CommandLine.run("", List.of("backup", "new-key", key.toString(), "--json"))
                .json();
        try (OutlivingWorld world = OutlivingWorld.start(512, 512)) {
            Path archive = folder.resolve("first.age");
            Set<String> before;
            Map<String, Set<String>> decisions = new TreeMap<>();
            Set<String> settled = new TreeSet<>();
            Map<String, String> releases;
            String token;
            Settings first = world.known(Settings.fresh())
                    .with("eu.nephele.smo.core.audit", "anchors=" + anchor + "\nanchorSeconds=1");
            try (Server a = new Server(first.data())) {
                token = a.key("kept");
                JsonNode taken;
                try (Load load = new Load(a)) {
                    Await.until("graphs are deployed", () -> load.acknowledged.size() > DEPLOYED_BEFORE);
                    Await.until("a head is anchored", () -> Files.exists(anchor));
                    // as they are now: the load would add others as fast as they are looked at
                    for (String graph : List.copyOf(load.acknowledged)) {
                        // what was stopped and started may be under way still
                        if (!load.touched.contains(graph)) {
                            a.runs(graph);
                            settled.add(graph);
                        }
                    }
                    before = new TreeSet<>(load.acknowledged);
                    taken = a.command("backup", archive.toString(), "--key-file", key.toString(), "--json")
                            .json();
                    int then = load.acknowledged.size();
                    Await.until("the load goes on", () -> load.acknowledged.size() > then + 3);
                }
                assertThat(taken.path("encrypted").asBoolean()).isTrue();
                assertThat(taken.path("database").asText()).isEqualTo("H2");
                for (String graph : before) {
                    a.runs(graph);
                    decisions.put(graph, a.decisions(graph));
                }
                releases = releasesOf(world, settled);
                long sequence = taken.at("/auditHead/sequence").asLong();
                Await.until("more is anchored than the backup has", () -> lastAnchored() > sequence);
                a.process.kill();
            }

            Path passwordFile = folder.resolve("password");
            Settings second =
                    world.known(Settings.fresh()).with("eu.nephele.smo.core.store", Postgres.newSchema(passwordFile));
            assertThat(CommandLine.restore(archive, second.data()).err()).contains("--key-file");
            CommandLine restored = CommandLine.restore(
                    archive, second.data(), "--key-file", key.toString(), "--anchor", anchor.toString());
            assertThat(restored.json().path("restoredDatabase").asText()).isEqualTo("PostgreSQL");
            long entry = restored.json().path("auditEntry").asLong();
            Path further = folder.resolve("second.zip");
            try (Server b = new Server(second.data())) {
                assertContinues(b, before, decisions, token);
                assertThat(releasesOf(world, settled))
                        .as("what ran goes on, nothing is deployed anew")
                        .isEqualTo(releases);
                JsonNode verdict = verdict(b, 1);
                assertThat(verdict.at("/faults/0/kind").asText())
                        .as(verdict.toString())
                        .isEqualTo("restored");
                assertThat(verdict.at("/restores/0/sequence").asLong()).isEqualTo(entry);
                assertThat(verdict.at("/restores/0/detail").asText())
                        .contains(
                                "lost is what was anchored up to",
                                restored.json().path("archive").asText());
                verdict(b, 0, "--accept-restore", Long.toString(entry));
                b.deploy("on-postgresql");
                b.runs("on-postgresql");
                assertThat(b.command("backup", further.toString(), "--json")
                                .json()
                                .path("database")
                                .asText())
                        .isEqualTo("PostgreSQL");
                assertThat(CommandLine.restore(further, second.data(), "--replace")
                                .err())
                        .as("it is owned")
                        .contains("A server owns this database");
            }

            before.add("on-postgresql");
            settled.add("on-postgresql");
            releases = releasesOf(world, settled);
            Settings third = world.known(Settings.fresh());
            JsonNode back = CommandLine.restore(further, third.data()).json();
            assertThat(back.path("restoredDatabase").asText()).isEqualTo("H2");
            try (Server c = new Server(third.data())) {
                assertContinues(c, before, decisions, token);
                assertThat(releasesOf(world, settled)).isEqualTo(releases);
                assertThat(world.doubledWrites()).isZero();
                c.deploy("on-h2");
                c.runs("on-h2");
                verdict(
                        c,
                        0,
                        "--accept-restore",
                        Long.toString(entry),
                        "--accept-restore",
                        back.path("auditEntry").asText());
            }
        }
    }

    private long lastAnchored() throws IOException {
        List<String> lines = Files.readAllLines(anchor);
        return JSON.readTree(lines.get(lines.size() - 1))
                .path("smo.seal.sequence")
                .asLong();
    }

    private JsonNode verdict(Server server, int status, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("audit", "verify", "--json", "--anchor", anchor.toString()));
        all.addAll(List.of(options));
        CommandLine verified = server.command(all.toArray(String[]::new));
        assertThat(verified.status()).as(verified.out() + verified.err()).isEqualTo(status);
        return JSON.readTree(verified.out());
    }

    private static void assertContinues(
            Server server, Set<String> before, Map<String, Set<String>> decisions, String token) throws Exception {
        for (String graph : before) {
            server.runs(graph);
            assertThat(server.decisions(graph)).as(graph).isNotEmpty();
            if (decisions.containsKey(graph)) {
                assertThat(server.decisions(graph))
                        .as("decisions of %s, of which some were made after the backup", graph)
                        .containsAnyElementsOf(decisions.get(graph));
            }
        }
        RestClient.Answer known = server.client.call("GET", "/api/v1/whoami", "", "Authorization", "Bearer " + token);
        assertThat(known.status()).as("the key of before: %s", known.text()).isEqualTo(200);
        String exported = server.client
                .call("GET", "/api/v1/audit/export", "", "Authorization", "Bearer " + server.adminToken())
                .text();
        Set<String> deployed = new HashSet<>();
        for (String line : exported.lines().toList()) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("event.action").asText().equals("graph.deploy")) {
                deployed.add(entry.path("smo.audit.target").asText());
            }
        }
        assertThat(deployed)
                .as("each acknowledged change has its entry")
                .containsAll(before.stream().map(graph -> "graph/p/" + graph).toList());
    }

    /** What runs of these graphs, and how often it was changed. */
    private static Map<String, String> releasesOf(OutlivingWorld world, Set<String> graphs) throws Exception {
        Map<String, String> releases = new TreeMap<>(world.releases());
        releases.keySet().retainAll(graphs.stream().map(graph -> graph + "-s").toList());
        assertThat(releases).hasSameSizeAs(graphs);
        return releases;
    }
}
