// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts do themselves, without a server: neither anything built nor an installation is needed. */
class ScriptTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path CHECKOUT = ROOT.resolve("smo");
    private static final Path INSTALLATION = ROOT.resolve("distribution/smo/src/main/installation/smo");
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "new", "new intent", "test", "chaos", "testbed", "bench", "build", "clean"})
    void theScriptOfACheckoutSaysHowItIsUsedAndDoesNothing(String command) throws Exception {
        for (String option : List.of("--help", "-h")) {
            assertThat(run(CHECKOUT, words(command, option))).startsWith("Usage: ./smo COMMAND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "new", "new intent"})
    void soDoesThatOfAnInstallation(String command) throws Exception {
        for (String option : List.of("--help", "-h")) {
            assertThat(run(INSTALLATION, words(command, option))).startsWith("Usage: smo COMMAND");
        }
    }

    @Test
    void anIntentMayBeNamedAsKeysOfDescriptorsAre() throws Exception {
        Path home = installation();

        run(INSTALLATION, words("new intent", "carbon_cap"));

        Path project = folder.resolve("carbon_cap");
        Path handler = project.resolve("src/main/java/org/example/carboncap/CarbonCapHandler.java");
        assertThat(handler).content().contains("IntentHandler.NAME + \"=carbon_cap\"");
        assertThat(project.resolve("pom.xml")).content().contains("<artifactId>carbon_cap</artifactId>");
        assertThat(project.resolve("graph.yaml"))
                .content()
                .contains("id: carbon-cap-demo", "carbon_cap: brussels", "id: carbon-cap-web");
        assertThat(project.resolve("README.md"))
                .content()
                .contains("explain demo carbon-cap-demo carbon-cap-web", home + "/smo")
                .doesNotContain("carbon_cap-");
    }

    /** As much of one as {@code smo new} reads. */
    private Path installation() throws IOException {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("repository/eu/nephele/smo/smo-plugin-parent/0.1.0"));
        Files.createSymbolicLink(home.resolve("examples"), ROOT.resolve("examples"));
        return home;
    }

    private static List<String> words(String command, String last) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.removeIf(String::isEmpty);
        words.add(last);
        return words;
    }

    private String run(Path script, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(arguments);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("home", folder.resolve("home").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
