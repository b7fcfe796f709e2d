// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a partner does who has the installation, the documents and Maven, and nothing of this build: a local repository of its own
 * that begins empty, and what others publish from the one of this machine, as from a mirror.
 */
class PartnerIT {

    private static final String RULE = "signals().pricePerCpuHour().orElse(Double.MAX_VALUE)";
    private static final String OWN_RULE = "free().cpuMillis() * -1.0";
    private static final Duration MOST_MACHINE_TIME = Duration.ofMinutes(5);
    private static final long COMMAND_LIMIT_SECONDS = 300;

    private static final Path WORK = Distribution.freshFolder("partner");
    private static final int PORT = Distribution.freePort();
    private static ServerProcess server;

    @BeforeAll
    static void startTheServer() throws IOException {
        server = ServerProcess.ready(
                PORT, Distribution.freshData("eu.nephele.smo.lab.simulator", "startupDelayMillis=100"));
        Files.writeString(WORK.resolve("settings.xml"), settings());
    }

    @AfterAll
    static void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aNewStrategyIsMadeBuiltInstalledChosenAndExplainedInFiveCommands() throws Exception {
        long start = System.nanoTime();
        smo(WORK, "new", "strategy", "cheapest");
        Path project = WORK.resolve("cheapest");
        edit(project);
        maven(project, "verify");
        String installed = smo(project, "plugin", "install", jar(project).toString());
        smo(project, "graph", "deploy", "demo", "graph.yaml");
        String explained = smo(project, "explain", "demo", "cheapest-demo", "cheapest-web");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("Five commands of a partner: %d s of machine time%n", took.toSeconds());
        assertThat(installed).contains("org.example.cheapest");
        assertThat(explained).contains("cheapest-web runs on c2 because strategy cheapest 1.0.0.");
        assertThat(took).isLessThan(MOST_MACHINE_TIME);
    }

    @Test
    void everyOtherKindOfProjectBuildsAndIsUsedAsSoonAsItIsInstalled() throws Exception {
        List<String> kinds = List.of("scaler", "objective", "intent", "subscriber");
        List<String> modules = new ArrayList<>();
        for (String kind : kinds) {
            smo(WORK, "new", kind, "my-" + kind, "--package", "eu.partner." + kind);
            modules.add("<module>my-%s</module>".formatted(kind));
        }
        Files.writeString(
                WORK.resolve("pom.xml"),
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>eu.partner</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """
                        .formatted(String.join("", modules)));
        maven(WORK, "verify");
        for (String kind : kinds) {
            Path project = WORK.resolve("my-" + kind);
            smo(project, "plugin", "install", jar(project).toString());
            smo(project, "graph", "deploy", "demo", "graph.yaml");
        }

        assertThat(smo(WORK, "plugin", "list"))
                .contains("eu.partner.my-scaler", "eu.partner.my-objective", "eu.partner.my-intent")
                .contains("eu.partner.my-subscriber");
        assertThat(smo(WORK, "graph", "list", "demo"))
                .contains("my-scaler-demo", "my-objective-demo", "my-intent-demo", "my-subscriber-demo")
                .doesNotContain("FAILED");
    }

    @Test
    void theExamplesOfTheInstallationAreInstalledAndTheEnergyAwareOneIsUpgraded() throws Exception {
        Path examples = Distribution.HOME.resolve("examples");
        for (String file : List.of("energy-aware-1.0.0.jar", "predictive-scaling-1.0.0.jar", "offloading-1.0.0.jar")) {
            smo(WORK, "plugin", "install", examples.resolve(file).toString());
        }
        assertThat(versionsOf("h3ni.energy-aware")).containsExactly("1.0.0");
        assertThat(versionsOf("h3ni.predictive")).containsExactly("1.0.0");

        smo(
                WORK,
                "plugin",
                "upgrade",
                "eu.h3ni.energy-aware",
                examples.resolve("energy-aware-2.0.0.jar").toString());
        assertThat(versionsOf("h3ni.energy-aware")).containsExactly("2.0.0");
    }

    /** The author's own work: one line. */
    private static void edit(Path project) throws IOException {
        Path source = project.resolve("src/main/java/org/example/cheapest/CheapestStrategy.java");
        String text = Files.readString(source);
        assertThat(text).contains(RULE);
        Files.writeString(source, text.replace(RULE, OWN_RULE));
    }

    private static Path jar(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> versionsOf(String strategy) throws Exception {
        List<String> versions = new ArrayList<>();
        for (JsonNode each :
                new RestClient(PORT).get("/api/v1/strategies").json().path("items")) {
            if (each.path("id").asText().equals(strategy)) {
                versions.add(each.path("version").asText());
            }
        }
        return versions;
    }

    private static String smo(Path folder, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Distribution.HOME.resolve("smo").toString()));
        command.addAll(List.of(arguments));
        if (!arguments[0].equals("new")) {
            command.addAll(List.of("--url", "http://127.0.0.1:" + PORT));
        }
        return run(folder, command);
    }

    /** Offline, but for files: what is published by others has been fetched by this build already. */
    private static void maven(Path folder, String phase) throws Exception {
        run(
                folder,
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        "-o",
                        "-Daether.offline.protocols=file",
                        "-s",
                        WORK.resolve("settings.xml").toString(),
                        phase));
    }

    private static String run(Path folder, List<String> command) throws Exception {
        Path output = Files.createTempFile(WORK, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", server.userHome().toString());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS"));
        Process process = builder.start();
        boolean ended = process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended).as("%s ends; it said: %s", command, text).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
        return text;
    }

    private static String settings() {
        Path fetched =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        String policy =
                "<url>%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases>".formatted(fetched.toUri());
        return """
                <settings>
                  <localRepository>%s</localRepository>
                  <profiles><profile>
                    <id>mirror</id>
                    <repositories><repository><id>central</id>%s</repository></repositories>
                    <pluginRepositories><pluginRepository><id>central</id>%s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>mirror</activeProfile></activeProfiles>
                </settings>
                """
                .formatted(WORK.resolve("repository"), policy, policy);
    }
}
