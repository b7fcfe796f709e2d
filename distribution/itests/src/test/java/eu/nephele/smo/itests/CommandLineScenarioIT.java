// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a graph through the command line of the installation alone; after each step REST says the same. */
class CommandLineScenarioIT {

    private static final int PORT = Distribution.freePort();
    private static final Path DATA = Settings.fresh().data();
    private static ServerProcess server;
    private static RestClient rest;

    @TempDir
    private static Path home;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.ready(PORT, DATA);
        rest = RestClient.known(
                PORT, Files.readString(DATA.resolve("etc/admin.token")).strip());
        done(
                "config",
                "set-context",
                "scenario",
                "--server",
                "http://127.0.0.1:" + PORT,
                "--project",
                ScenarioGraph.PROJECT,
                "--token-file",
                DATA.resolve("etc/admin.token").toString());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    /** What a run printed. */
    private record Run(int status, String out, String err) {}

    @Test
    void theLifeOfAGraph() throws Exception {
        assertThat(done("config", "current")).isEqualTo("scenario\n");
        deployAndUpdate();
        scaleAndDrain();
        explainAndShadow();
        rollBackAndRemove();
    }

    /** The picture of the docs comes from here. */
    @Test
    void theCommandLineIsRecorded() throws Exception {
        Path folder = Distribution.freshFolder("recording");
        Files.copy(Path.of("src/test/resources/shop.yaml"), folder.resolve("shop.yaml"));
        Files.writeString(
                folder.resolve("larger.yaml"),
                Files.readString(folder.resolve("shop.yaml")).replaceFirst("ram: light", "ram: small"));
        done("apply", "-p", "shop", "-f", folder.resolve("shop.yaml").toString());
        TerminalRecording recording = new TerminalRecording(
                folder,
                Map.of(
                        "PATH",
                        Distribution.HOME + ":" + System.getenv("PATH"),
                        "SMO_URL",
                        "http://127.0.0.1:" + PORT,
                        "SMO_PROJECT",
                        "shop",
                        "SMO_TOKEN_FILE",
                        DATA.resolve("etc/admin.token").toString()));
        assertThat(recording.run("smo get clusters")).contains("c1", "brussels");
        assertThat(recording.run("smo lint shop.yaml")).contains("valid");
        assertThat(recording.run("smo apply -f larger.yaml --plan")).contains("changed: web");
        assertThat(recording.run("smo get graphs")).contains("cart");
        assertThat(recording.run("smo explain cart web")).contains("web is placed on");
        String cluster = rest.get("/api/v1/projects/shop/graphs/cart")
                .json()
                .at("/placement/web/0/cluster")
                .asText();
        String other = cluster.equals("c2") ? "c1" : "c2";
        assertThat(recording.run("smo why-not -g cart web " + other)).contains("could be on " + other);
        Path picture = Path.of("target", "screenshots", "terminal.svg").toAbsolutePath();
        recording.saveTo(picture);
        assertThat(Files.readString(picture)).contains("smo explain cart web").doesNotContain("\u001b");
    }

    private void deployAndUpdate() throws Exception {
        Path first = Files.writeString(home.resolve("first.yaml"), ScenarioGraph.descriptor(1));
        assertThat(done("lint", first.toString())).contains("valid");
        assertThat(done("apply", "-f", first.toString(), "--plan")).contains("added: web");
        assertThat(rest.get(path()).status()).isEqualTo(404);
        assertThat(done("apply", "-f", first.toString())).contains("deploy: succeeded");
        assertThat(stored().path("version").asText()).isEqualTo("1.0.0");
        assertThat(done("get", "graphs", "-o", "name")).isEqualTo("graph/%s\n".formatted(ScenarioGraph.NAME));

        Path second = Files.writeString(home.resolve("second.yaml"), ScenarioGraph.descriptor(2));
        assertThat(run("diff", "-f", second.toString())).satisfies(run -> {
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out()).contains("+ ", "ram: small");
        });
        assertThat(done("apply", "-f", second.toString())).contains("changed: web", "update: succeeded");
        assertThat(stored().path("version").asText()).isEqualTo("2.0.0");
        assertThat(run("diff", "-f", second.toString()).status()).isZero();
    }

    private void scaleAndDrain() throws Exception {
        done("scale", ScenarioGraph.NAME, "web", "--replicas", "2", "--for", "5m");
        Eventually.within(60, () -> stored().at("/services/0/readyReplicas"), ready -> assertThat(ready.asInt())
                .isEqualTo(2));
        done("scale", ScenarioGraph.NAME, "web", "--release");
        String cluster = cluster();
        assertThat(done("drain", cluster, "--plan")).contains("web");
        assertThat(cluster()).isEqualTo(cluster);
        assertThat(done("drain", cluster, "--why", "scenario")).contains("drain: succeeded");
        assertThat(cluster()).isNotEqualTo(cluster);
        done("uncordon", cluster);
        assertThat(done("wait", ScenarioGraph.NAME, "--for", "condition=Ready")).contains("condition=Ready");
    }

    private void explainAndShadow() throws Exception {
        assertThat(done("explain", ScenarioGraph.NAME, "web")).contains("web is placed on " + cluster());
        assertThat(done("why-not", "web", "c3", "-g", ScenarioGraph.NAME)).contains("web");
        String graph = ScenarioGraph.PROJECT + "/" + ScenarioGraph.NAME;
        done("shadow", "start", "greedy", "--graph", graph);
        String shadow = done("get", "shadows", "-o", "jsonpath={.items[0].id}").strip();
        done("graph", "place", ScenarioGraph.PROJECT, ScenarioGraph.NAME);
        Eventually.within(30, () -> rest.get("/api/v1/shadows/" + shadow).json(), report -> assertThat(
                        report.path("compared").asInt())
                .isPositive());
        done("shadow", "promote", shadow);
        done("graph", "place", ScenarioGraph.PROJECT, ScenarioGraph.NAME);
        assertThat(done("get", "decisions", "-g", ScenarioGraph.NAME)).contains("greedy");
        assertThat(done("events", ScenarioGraph.NAME)).contains("hdag.deployed", "hdag.updated");
    }

    private void rollBackAndRemove() throws Exception {
        done("rollback", ScenarioGraph.NAME, "1");
        assertThat(stored().path("version").asText()).isEqualTo("1.0.0");
        String operation =
                done("get", "operations", "-o", "jsonpath={.items[0].id}").strip();
        assertThat(done("logs", operation)).contains("rollback: succeeded");
        assertThat(done("delete", "graph", ScenarioGraph.NAME)).contains("remove: succeeded");
        assertThat(rest.get(path()).status()).isEqualTo(404);
        assertThat(done("wait", ScenarioGraph.NAME, "--for", "deleted")).contains("deleted");
    }

    private static String cluster() throws Exception {
        return stored().at("/services/0/shares/0/cluster").asText();
    }

    private static JsonNode stored() throws Exception {
        return rest.get(path()).json();
    }

    private static String path() {
        return "/api/v1/projects/%s/graphs/%s".formatted(ScenarioGraph.PROJECT, ScenarioGraph.NAME);
    }

    private static String done(String... arguments) throws Exception {
        Run run = run(arguments);
        assertThat(run.status()).as("%s: %s", List.of(arguments), run).isZero();
        return run.out();
    }

    private static Run run(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Distribution.HOME.resolve("smo").toString()));
        command.addAll(List.of(arguments));
        Path err = home.resolve("err.txt");
        ProcessBuilder process = new ProcessBuilder(command).redirectError(err.toFile());
        process.environment()
                .putAll(Map.of(
                        "HOME",
                        home.toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "SMO_NO_ARCHIVE",
                        "yes"));
        process.environment().keySet().removeAll(List.of("SMO_URL", "SMO_PROJECT", "SMO_TOKEN_FILE"));
        Process running = process.start();
        String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Run(running.exitValue(), out, Files.readString(err));
    }
}
