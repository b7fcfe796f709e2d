// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    private Path home;

    @BeforeEach
    void writeOneProfile() throws IOException {
        Files.createDirectories(home.resolve("profiles"));
        Files.createDirectories(home.resolve("bundles"));
        Files.writeString(home.resolve("bundles/b.jar"), "");
        Files.writeString(home.resolve("bundles/a.jar"), "");
        Files.writeString(home.resolve("profiles/sim.bundles"), "bundles/b.jar\nbundles/a.jar\n");
        Files.writeString(home.resolve("profiles/sim.json"), "{\"p\":{\"url\":\"jdbc:h2:${smo.data}/db\"}}");
        Files.writeString(home.resolve("profiles/sim.properties"), "felix.fileinstall.dir=${smo.etc}\n");
    }

    @Test
    void theOrderOfTheBundlesIsThatOfTheList() throws ServerStartException {
        assertThat(new Installation(home).profile("sim").bundles())
                .isEqualTo(List.of(home.resolve("bundles/b.jar"), home.resolve("bundles/a.jar")));
    }

    @Test
    void aMissingJarIsNamed() throws IOException {
        Files.delete(home.resolve("bundles/a.jar"));
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> new Installation(home).profile("sim"));
        assertThat(failure.problem()).contains("a.jar", "./smo build");
    }

    @Test
    void anUnknownProfileIsAnsweredWithTheKnownOnes() {
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> new Installation(home).profile("moon"));
        assertThat(failure.problem()).contains("'moon'", "[sim]");
        assertThat(failure.exitCode()).isEqualTo(ServerStartException.USAGE);
    }

    @Test
    void anEmptyFolderIsNoInstallation() {
        Path elsewhere = home.resolve("bundles");
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> new Installation(elsewhere).profile("sim"));
        assertThat(failure.problem()).contains("not an SMO installation");
    }

    @Test
    void placesAreFilledInAndEscapedForJson() throws Exception {
        Path odd = home.resolve("da\"ta");
        try (DataDirectory data = DataDirectory.open(odd)) {
            Installation installation = new Installation(home);
            Options options =
                    new Options("127.0.0.1", 8000, odd, Optional.empty(), "sim", Optional.empty(), false, false, false);
            var properties = FrameworkProperties.of(installation.profile("sim"), options, data, installation);
            assertThat(properties)
                    .containsEntry("felix.fileinstall.dir", odd + "/etc")
                    .containsEntry(
                            "configurator.initial",
                            "{\"p\":{\"url\":\"jdbc:h2:%s/db\"}}"
                                    .formatted(odd.toString().replace("\"", "\\\"")))
                    .containsEntry("org.osgi.framework.storage", odd + "/cache")
                    .containsEntry("smo.home", home.toString());
        }
    }

    @Test
    void configurationsAreReadFromAnotherFolderWhereOneIsGiven() throws Exception {
        try (DataDirectory data = DataDirectory.open(home.resolve("data"))) {
            Installation installation = new Installation(home);
            Options options = new Options(
                    "127.0.0.1",
                    8000,
                    data.root(),
                    Optional.of(Path.of("/srv/etc")),
                    "sim",
                    Optional.empty(),
                    false,
                    false,
                    false);
            assertThat(FrameworkProperties.of(installation.profile("sim"), options, data, installation))
                    .containsEntry("felix.fileinstall.dir", "/srv/etc");
        }
    }

    @Test
    void anUnknownPlaceholderIsNamed() {
        ServerStartException failure = catchThrowableOfType(
                ServerStartException.class,
                () -> new ConfigurationVariables(Map.of("smo.data", "x")).inText("${smo.dta}"));
        assertThat(failure.problem()).contains("${smo.dta}", "smo.data");
    }

    @Test
    void theOperatorsLoggingConfigurationWins() throws Exception {
        try (DataDirectory data = DataDirectory.open(home.resolve("data"))) {
            Installation installation = new Installation(home);
            assertThat(installation.logConfiguration(data)).isEqualTo(home.resolve("etc/logback.xml"));
            Path own = Files.writeString(data.etc().resolve("logback.xml"), "<configuration/>");
            assertThat(installation.logConfiguration(data)).isEqualTo(own);
        }
    }
}
