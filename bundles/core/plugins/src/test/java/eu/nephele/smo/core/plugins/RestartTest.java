// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.samples.Silent;
import eu.nephele.smo.core.plugins.samples.Widening;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.solver.RequestProblem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationAdmin;

/** State after a restart; plugins of several bundles; the verdict of the kit. */
class RestartTest {

    @TempDir
    Path data;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(data);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void everythingComesBackInTheStateThatItHad() throws Exception {
        server.upload(Jar.plugin("acme.rest", "1.0.0"));
        Jar.plugin("acme.folder", "1.0.0").into(server.folder().resolve("f.jar"));
        server.awaits("acme.folder", PluginState.ACTIVE);
        server.upload(Jar.empty("acme.failed", "1.0.0"));
        Jar.plugin("acme.refused", "1.0.0")
                .header("Export-Package", "x")
                .into(server.folder().resolve("r.jar"));
        server.awaits("acme.refused", PluginState.REFUSED);
        server = server.restarted();
        server.await(
                () -> server.isUsed("acme.rest", "1.0.0") && server.isUsed("acme.folder", "1.0.0"),
                "they do not come back");
        server.awaits("acme.failed", PluginState.FAILED);
        server.awaits("acme.refused", PluginState.REFUSED);
        assertThat(server.bundle("acme.refused", "1.0.0")).isEmpty();
    }

    @Test
    void whatIsDoneInTheFolderWhileTheServerIsAwayCounts() throws Exception {
        Jar.plugin("acme.one", "1.0.0").into(server.folder().resolve("one.jar"));
        Jar.plugin("acme.two", "1.0.0").into(server.folder().resolve("two.jar"));
        server.awaits("acme.one", PluginState.ACTIVE);
        server.awaits("acme.two", PluginState.ACTIVE);
        server.close();
        Files.delete(server.folder().resolve("one.jar"));
        Jar.plugin("acme.two", "2.0.0").into(server.folder().resolve("two.jar"));
        Jar.plugin("acme.three", "1.0.0").into(server.folder().resolve("three.jar"));
        server = server.restarted();
        server.await(
                () -> server.isUsed("acme.two", "2.0.0") && server.isUsed("acme.three", "1.0.0"),
                "not as in the folder");
        assertThat(server.desk().versions("acme.one")).isEmpty();
    }

    @Test
    void aReplacementInterruptedByTheEndOfTheServerIsRolledBack() throws Exception {
        Path file = server.folder().resolve("up.jar");
        Jar.plugin("acme.up", "1.0.0").into(file);
        server.await(() -> Files.exists(server.folder().resolve(".kept/up.jar")), "nothing is kept");
        server.close();
        Path state = server.folder().resolve("plugins.json");
        Files.writeString(state, Files.readString(state).replace("\"replacing\":\"\"", "\"replacing\":\"up.jar\""));
        Jar.plugin("acme.up", "2.0.0").into(file);
        server = server.restarted();
        server.await(() -> server.isUsed("acme.up", "1.0.0"), "the old one does not come back");
        assertThat(server.folder().resolve("up.jar.refused")).exists();
    }

    @Test
    void statesThatCannotBeReadArePutAsideAndEverythingIsAdmittedAnew() throws Exception {
        server.upload(Jar.plugin("acme.lost", "1.0.0"));
        server.close();
        Files.writeString(server.folder().resolve("plugins.json"), "{");
        server = server.restarted();
        server.await(() -> server.isUsed("acme.lost", "1.0.0"), "it does not come back");
        assertThat(server.folder().resolve("plugins.json.broken")).hasContent("{");
    }

    private static final String FEATURE =
            "{\"id\":\"com.acme:suite:1.2.0-beta\",\"configurations\":{\"com.acme.suite.one\":{\"limit\":7,\"names\":[\"a\"]}}}";

    private static Jar suite() {
        return Jar.zip()
                .entry("feature.json", FEATURE)
                .entry("bundles/a.jar", Jar.plugin("suite.a", "1.0.0").bytes())
                .entry("bundles/b.jar", Jar.plugin("suite.b", "1.0.0").bytes());
    }

    @Test
    void aZipOfBundlesComesAndGoesAsOne() throws Exception {
        suite().into(server.folder().resolve("suite.zip"));
        Plugin plugin = server.awaits("com.acme.suite", PluginState.ACTIVE);
        assertThat(plugin.version()).isEqualTo("1.2.0.beta");
        assertThat(plugin.services()).hasSize(2);
        assertThat(server.isUsed("suite.a", "1.0.0") && server.isUsed("suite.b", "1.0.0"))
                .isTrue();
        ConfigurationAdmin admin =
                server.context().getService(server.context().getServiceReference(ConfigurationAdmin.class));
        assertThat(admin.getConfiguration("com.acme.suite.one", "?")
                        .getProperties()
                        .get("limit"))
                .isEqualTo(7L);
        server = server.restarted();
        server.await(() -> server.isUsed("suite.b", "1.0.0"), "it does not come back");
        server.remove("com.acme.suite", false);
        assertThat(server.bundle("suite.a", "1.0.0")).isEmpty();
        ConfigurationAdmin after =
                server.context().getService(server.context().getServiceReference(ConfigurationAdmin.class));
        assertThat(after.listConfigurations("(service.pid=com.acme.suite.one)")).isNull();
    }

    @Test
    void aZipIsAdmittedAsAWholeOrNotAtAll() throws Exception {
        Operation operation = server.upload(suite().entry(
                        "bundles/c.jar",
                        Jar.plugin("suite.c", "1.0.0")
                                .header("Import-Package", "com.missing")
                                .bytes()));
        assertThat(operation.error().orElseThrow().message()).contains("com.missing");
        assertThat(server.bundle("suite.a", "1.0.0")).isEmpty();
        assertThatThrownBy(() -> server.upload(suite().entry(
                                "feature.json", FEATURE.replace("com.acme.suite.one", "eu.nephele.smo.core.engine"))))
                .hasMessageContaining("belongs to this server");
        assertThatThrownBy(() -> server.upload(suite().entry("bundles/c.jar", "no jar")))
                .hasMessageContaining("no complete jar");
        assertThat(Server.hasRun("suite.c")).isFalse();
    }

    /** Our own first-fit as a partner's plugin, which has a copy of the solver room: that is no package for partners. */
    private static Jar firstFit(String version) throws Exception {
        Jar jar = Jar.empty("acme.firstfit", version).header("Service-Component", "OSGI-INF/*.xml");
        for (Class<?> type : List.of(FirstFitStrategy.class, RequestProblem.class)) {
            Path built = Server.jarOf(type);
            if (Files.isDirectory(built)) {
                // a build that ends with the tests makes no jars
                copy(built, jar);
            } else {
                try (FileSystem own = FileSystems.newFileSystem(built)) {
                    copy(own.getPath("/"), jar);
                }
            }
        }
        return jar;
    }

    private static void copy(Path from, Jar jar) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                if (name.endsWith(".xml")) {
                    // under a name of the partner's
                    jar.entry(name, Files.readString(file).replace("\"first-fit\"", "\"acme.first-fit\""));
                } else if (!name.startsWith("META-INF/")) {
                    jar.entry(name, Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void theConformanceChecksRunOnce() throws Exception {
        server.settings(Settings.requiringTheKit());
        Operation operation = server.upload(firstFit("1.0.0"));
        assertThat(operation.state()).as(operation::message).isEqualTo(Operation.State.SUCCEEDED);
        Plugin plugin = server.awaits("acme.firstfit", PluginState.ACTIVE);
        assertThat(plugin.conformance()).isPresent();
        server.settings(Settings.requiringTheKit());
        server = server.restarted();
        server.await(() -> server.isUsed("acme.firstfit", "1.0.0"), "it does not come back");
        assertThat(server.awaits("acme.firstfit", PluginState.ACTIVE).conformance())
                .as("not examined again: the time that it took would be another")
                .isEqualTo(plugin.conformance());
    }

    @Test
    void aPluginThatFailsTheConformanceChecksIsReportedAndNeverUsed() throws Exception {
        server.settings(Settings.requiringTheKit());
        Operation operation = server.upload(Jar.plugin("acme.bad", "1.0.0"));
        assertThat(operation.error().orElseThrow().message())
                .contains("fails the conformance kit", "cannot place anything");
        Plugin plugin = server.awaits("acme.bad", PluginState.FAILED);
        assertThat(plugin.conformance()).isPresent();
        assertThat(server.bundle("acme.bad", "1.0.0")).isEmpty();
    }

    @Test
    void forecastersAndStrategiesThatBuildOnOthersAreExaminedLikeTheOthers() throws Exception {
        server.settings(Settings.requiringTheKit());
        Operation forecaster =
                server.upload(Jar.scaling("acme.silent", Silent.class, DemandForecaster.class, DemandForecaster.ID));
        assertThat(forecaster.error().orElseThrow().message())
                .contains("forecaster of demand acme.silent", "answers every service, in order");
        assertThat(server.bundle("acme.silent", "1.0.0")).isEmpty();
        Operation wrapper =
                server.upload(Jar.scaling("acme.widening", Widening.class, ScalingStrategy.class, ScalingStrategy.ID));
        assertThat(wrapper.error().orElseThrow().message())
                .contains("scaling strategy acme.widening", "prepares every target, in order", "expected within");
        assertThat(server.bundle("acme.widening", "1.0.0")).isEmpty();
    }
}
