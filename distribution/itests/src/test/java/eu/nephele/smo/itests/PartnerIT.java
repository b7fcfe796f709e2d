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
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
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

    private static final Path WORK = Distribution.freshFolder("partner");
    private static final Path DATA = Distribution.freshData("eu.nephele.smo.lab.simulator", "startupDelayMillis=100");
    private static final int PORT = Distribution.freePort();
    private static ServerProcess server;
    private static PartnerShell shell;

    @BeforeAll
    static void startTheServer() throws IOException {
        server = ServerProcess.ready(PORT, DATA);
        shell = new PartnerShell(WORK, server.userHome(), PORT);
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
        shell.smo(WORK, "new", "strategy", "cheapest");
        Path project = WORK.resolve("cheapest");
        edit(project);
        shell.maven(project, "verify");
        String installed = shell.smo(project, "plugin", "install", jar(project).toString());
        shell.smo(project, "graph", "deploy", "demo", "graph.yaml");
        String explained = shell.smo(project, "explain", "demo", "cheapest-demo", "cheapest-web");
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("Five commands of a partner: %d s of machine time%n", took.toSeconds());
        assertThat(installed).contains("org.example.cheapest");
        assertThat(explained)
                .contains("cheapest-web is placed on c2 because strategy cheapest 1.0.0.")
                .contains("Not c1: its score is")
                .doesNotContain("gives no reason");
        assertThat(took).isLessThan(MOST_MACHINE_TIME);
    }

    @Test
    void everyOtherKindOfProjectBuildsAndIsUsedAsSoonAsItIsInstalled() throws Exception {
        List<String> kinds = List.of("scaler", "objective", "intent", "subscriber");
        List<String> modules = new ArrayList<>();
        for (String kind : kinds) {
            shell.smo(WORK, "new", kind, "my-" + kind, "--package", "eu.partner." + kind);
            modules.add("<module>my-%s</module>".formatted(kind));
        }
        for (String port : List.of("MetricsSource", "InfrastructureProvider")) {
            shell.smo(WORK, "new", "adapter", "my-" + port.toLowerCase(Locale.ROOT), "--port", port);
            modules.add("<module>my-%s</module>".formatted(port.toLowerCase(Locale.ROOT)));
        }
        Files.writeString(WORK.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>eu.partner</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(String.join("", modules)));
        describeBundle(WORK.resolve("my-objective"));
        wantSourcesAndJavadoc(WORK.resolve("my-scaler"));
        shell.maven(WORK, "verify");
        assertThat(symbolicName(WORK.resolve("my-objective"))).isEqualTo("eu.partner.my-objective");
        for (String kind : kinds) {
            Path project = WORK.resolve("my-" + kind);
            shell.smo(project, "plugin", "install", jar(project).toString());
            shell.smo(project, "graph", "deploy", "demo", "graph.yaml");
        }

        assertThat(shell.smo(WORK, "plugin", "list"))
                .contains("eu.partner.my-scaler", "eu.partner.my-objective", "eu.partner.my-intent")
                .contains("eu.partner.my-subscriber");
        assertThat(shell.smo(WORK, "graph", "list", "demo"))
                .contains("my-scaler-demo", "my-objective-demo", "my-intent-demo", "my-subscriber-demo")
                .doesNotContain("FAILED");
    }

    @Test
    void theReferenceOfTheApiIsThereAsPages() throws IOException {
        Path pages = Distribution.HOME.resolve("docs/reference/api");

        assertThat(pages.resolve("index.html")).exists();
        assertThat(pages.resolve("eu/nephele/smo/api/scaling/ScalingTarget.html"))
                .content()
                .contains("historyMinutes", "historyStepSeconds");
    }

    /** Takes effect when the command has ended, and is stored where a restart reads it. */
    @Test
    void aDefaultIsSetByACommandForGood() throws Exception {
        Path file = DATA.resolve("etc/eu.nephele.smo.core.strategies.config");

        assertThat(shell.smo(WORK, "strategy", "set-default", "initialPlacement", "greedy"))
                .contains("initialPlacement  greedy  configuration");
        try {
            assertThat(shell.smo(WORK, "strategy", "defaults")).contains("greedy");
            assertThat(file).content().contains("initialPlacement=\"greedy\"", "scaling=");
        } finally {
            shell.smo(WORK, "strategy", "set-default", "initialPlacement", "auto");
        }
        assertThat(file).content().contains("initialPlacement=\"auto\"");
    }

    @Test
    void theExamplesOfTheInstallationAreInstalledAndTheEnergyAwareOneIsUpgraded() throws Exception {
        Path examples = Distribution.HOME.resolve("examples");
        for (String file : List.of("energy-aware-1.0.0.jar", "predictive-scaling-1.0.0.jar", "offloading-1.0.0.jar")) {
            shell.smo(WORK, "plugin", "install", examples.resolve(file).toString());
        }
        assertThat(versionsOf("h3ni.energy-aware")).containsExactly("1.0.0");
        assertThat(shell.smo(WORK, "plugin", "list")).contains("eu.h3ni.predictive-scaling");

        shell.smo(
                WORK,
                "plugin",
                "upgrade",
                "eu.h3ni.energy-aware",
                examples.resolve("energy-aware-2.0.0.jar").toString());
        assertThat(versionsOf("h3ni.energy-aware")).containsExactly("2.0.0");
        theStateOfAServiceMovesAlongToTheCleanCluster();
    }

    private static void theStateOfAServiceMovesAlongToTheCleanCluster() throws Exception {
        Path graph = Files.writeString(WORK.resolve("shop.yaml"), """
                hdaGraph:
                  id: shop
                  services:
                    - id: shop-web
                      deployment: { trigger: {}, intent: { compute: { cpu: light } } }
                      artifact:
                        ociImage: oci://registry.example/samples/web
                        ociConfig: { type: App, implementer: HELM }
                """);
        shell.smo(WORK, "graph", "deploy", "demo", graph.toString());
        assertThat(shell.smo(WORK, "explain", "demo", "shop", "shop-web")).contains("is placed on c1");
        Path places = DATA.resolve("h3ni-offloading/places/sim");
        Path state = Files.createDirectories(places.resolve("c1/demo/shop")).resolve("shop-web");
        Files.writeString(state, "42 visitors");

        shell.smo(WORK, "graph", "place", "demo", "shop", "--strategy", "h3ni.energy-aware");
        assertThat(shell.smo(WORK, "explain", "demo", "shop", "shop-web"))
                .contains("is placed on c3 because strategy h3ni.energy-aware 2.0.0");
        Eventually.within(30, () -> state, old -> {
            assertThat(old).doesNotExist();
            assertThat(places.resolve("c3/demo/shop/shop-web")).hasContent("42 visitors");
        });
    }

    /** The author's own work: one line. */
    private static void edit(Path project) throws IOException {
        Path source = project.resolve("src/main/java/org/example/cheapest/CheapestStrategy.java");
        String text = Files.readString(source);
        assertThat(text).contains(RULE);
        Files.writeString(source, text.replace(RULE, OWN_RULE));
    }

    /** A file bnd.bnd beside the pom adds to the parent's instructions for bnd, and changes none of them. */
    private static void describeBundle(Path project) throws IOException {
        Files.writeString(project.resolve("bnd.bnd"), "Bundle-Vendor: A partner\n");
    }

    private static String symbolicName(Path project) throws IOException {
        try (JarFile built = new JarFile(jar(project).toFile())) {
            Attributes manifest = built.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Bundle-Vendor")).isEqualTo("A partner");
            return manifest.getValue("Bundle-SymbolicName");
        }
    }

    /** Maven finds them in the repository of the installation, as a development environment does. */
    private static void wantSourcesAndJavadoc(Path project) throws IOException {
        Path pom = project.resolve("pom.xml");
        String dependency = """
                <dependency>
                  <groupId>eu.nephele.smo</groupId><artifactId>%s</artifactId><version>${smo.version}</version>
                  <classifier>%s</classifier><scope>test</scope>
                </dependency>
                """;
        String wanted = dependency.formatted("smo-api", "sources")
                + dependency.formatted("smo-api", "javadoc")
                + dependency.formatted("smo-lab-testkit", "sources")
                + dependency.formatted("smo-lab-conformance", "sources");
        String text = Files.readString(pom);
        assertThat(text).doesNotContain("<dependencies>");
        Files.writeString(
                pom, text.replace("</project>", "<dependencies>%s</dependencies></project>".formatted(wanted)));
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
}
