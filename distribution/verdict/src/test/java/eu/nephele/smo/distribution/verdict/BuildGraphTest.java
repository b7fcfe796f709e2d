// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildGraphTest {

    @TempDir
    Path workspace;

    private Path root;
    private BuildGraph graph;

    @BeforeEach
    void aBuildWithAContractTwoUsersAndAProduct() throws IOException {
        checkOut("checkout");
    }

    private void checkOut(String name) throws IOException {
        root = Files.createDirectories(workspace.resolve(name));
        Files.writeString(root.resolve("pom.xml"), """
                <modules><module>bundles/contract</module><module>bundles/engine</module><module>bundles/cli</module>
                <module>distribution/smo</module><module>distribution/itests</module>
                <module>distribution/coverage</module></modules>
                """);
        pom("bundles/contract", "contract");
        pom("bundles/engine", "engine", "contract", "contract:test-jar");
        pom("bundles/cli", "cli");
        pom("distribution/smo", "product", "engine");
        pom("distribution/itests", "itests", "product", "cli");
        pom("distribution/coverage", "coverage", "itests");
        graph = new BuildGraph(root);
    }

    @Test
    void modulesThatDependByOthersAreAffectedInTheOrderOfTheBuild() {
        assertThat(lines("bundles/contract/src/main/java/A.java"))
                .containsExactly(
                        "bundles/contract",
                        "bundles/engine",
                        "distribution/smo",
                        "distribution/itests",
                        "in-container");
        assertThat(lines("bundles/engine/README.md"))
                .containsExactly("bundles/engine", "distribution/smo", "distribution/itests", "in-container");
    }

    @Test
    void theProductIsNotTestedForAModuleThatItDoesNotContain() {
        assertThat(lines("bundles/cli/src/main/java/A.java")).containsExactly("bundles/cli", "distribution/itests");
    }

    @Test
    void testSourcesAffectOnlyThoseThatUseTheTestJar() {
        assertThat(lines("bundles/contract/src/test/java/A.java"))
                .containsExactly("bundles/contract", "bundles/engine");
        assertThat(lines("bundles/engine/src/test/java/A.java")).containsExactly("bundles/engine");
    }

    @Test
    void aChangedTestInTheContainerIsRunAlone() {
        assertThat(lines(
                        "distribution/itests/src/test/java/x/OneIT.java",
                        "distribution/itests/src/test/java/x/TwoIT.java"))
                .containsExactly("distribution/itests", "in-container OneIT,TwoIT");
        assertThat(lines("distribution/itests/src/test/java/x/Helper.java"))
                .containsExactly("distribution/itests", "in-container");
        assertThat(lines("distribution/itests/src/test/java/x/PageTest.java")).containsExactly("distribution/itests");
    }

    @Test
    void documentsAreTestedWithoutTheProduct() {
        assertThat(lines("docs/operate/plugins.md", "README.md")).containsExactly("distribution/itests");
    }

    @Test
    void aFileOfTheWholeBuildAffectsEverythingButTheCoverageOfAPartialRun() {
        assertThat(lines("pom.xml"))
                .containsExactly(
                        "bundles/contract",
                        "bundles/engine",
                        "bundles/cli",
                        "distribution/smo",
                        "distribution/itests",
                        "in-container");
        assertThat(lines()).isEmpty();
    }

    @Test
    void aKeyChangesWithTheSourcesOfTheModuleAndOfThoseItNeeds() throws IOException {
        Map<String, String> before = graph.keys();

        Files.createDirectories(root.resolve("bundles/engine/src"));
        Files.writeString(root.resolve("bundles/engine/src/A.java"), "class A {}");
        Map<String, String> after = graph.keys();

        assertThat(before).doesNotContainKey("distribution/coverage");
        assertThat(after)
                .extractingByKeys("bundles/contract", "bundles/cli")
                .containsExactly(before.get("bundles/contract"), before.get("bundles/cli"));
        assertThat(after.get("bundles/engine")).isNotEqualTo(before.get("bundles/engine"));
        assertThat(after.get("distribution/itests")).isNotEqualTo(before.get("distribution/itests"));
    }

    @Test
    void aKeyChangesWithTheBuildAndIsTheSameForTheSameSources() throws IOException {
        Map<String, String> before = graph.keys();

        assertThat(new BuildGraph(root).keys()).isEqualTo(before);
        Files.writeString(root.resolve("pom.xml"), Files.readString(root.resolve("pom.xml")) + "<!-- -Xlint -->");

        assertThat(new BuildGraph(root).keys().values()).doesNotContainAnyElementsOf(before.values());
    }

    @Test
    void aFileBesideTheModuleCountsWhenATestOrThePomNamesIt() throws IOException {
        write("docs/limits.md", "100");
        write("examples/brussels/graph.yaml", "a: 1");
        write("bundles/contract/src/test/A.java", "Path.of(\"../../docs/limits.md\"); bad(\"../../etc/passwd\");");
        write("bundles/cli/pom.xml", "<artifactId>cli</artifactId><directory>../../examples/brussels</directory>");
        graph = new BuildGraph(root);
        Map<String, String> before = graph.keys();

        write("docs/limits.md", "200");
        write("examples/brussels/graph.yaml", "a: 2");

        Map<String, String> after = graph.keys();
        assertThat(after.get("bundles/contract")).isNotEqualTo(before.get("bundles/contract"));
        assertThat(after.get("bundles/engine")).as("it needs the code only").isEqualTo(before.get("bundles/engine"));
        assertThat(after.get("bundles/cli")).isNotEqualTo(before.get("bundles/cli"));
        assertThat(lines("docs/limits.md")).containsExactly("bundles/contract", "distribution/itests");
        assertThat(lines("examples/brussels/graph.yaml")).containsExactly("bundles/cli", "distribution/itests");
    }

    @Test
    void aFileThatAPomNamesAffectsWhatDependsOnTheModule() throws IOException {
        pom("bundles/engine", "engine", "contract");
        Path pom = root.resolve("bundles/engine/pom.xml");
        Files.writeString(pom, Files.readString(pom) + "<directory>../../examples/brussels</directory>");
        graph = new BuildGraph(root);

        assertThat(lines("examples/brussels/graph.yaml"))
                .containsExactly("bundles/engine", "distribution/smo", "distribution/itests", "in-container");
    }

    @Test
    void aPathThatLeavesTheCheckoutIsNotRead() throws IOException {
        write("bundles/engine/src/test/A.java", "bad(\"../../../../../../../../../../../proc/1\"); all(\"../../\");");

        graph = new BuildGraph(root);

        assertThat(lines("docs/limits.md")).containsExactly("distribution/itests");
        assertThat(graph.keys()).containsKey("bundles/engine");
    }

    @Test
    void keysAreTheSameWhereverTheCheckoutLies() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        for (String name : List.of("a-checkout", "z-checkout")) {
            checkOut(name);
            write("docs/limits.md", "100");
            write("../shared/data/sample.yaml", "a: 1");
            write("bundles/cli/src/test/A.java", "of(\"../../docs/limits.md\", \"../../../shared/data\");");
            keys.put(name, new BuildGraph(root).keys().toString());
        }
        assertThat(keys.get("a-checkout")).isEqualTo(keys.get("z-checkout"));
    }

    @Test
    void filesThatABuildMakesAreNotPartOfAKey() throws IOException {
        write("bundles/cli/src/test/A.java", "Path.of(\"../engine/target/classes\");");
        graph = new BuildGraph(root);
        Map<String, String> before = graph.keys();

        write("bundles/engine/target/classes/A.class", "x");
        assertThat(graph.keys()).isEqualTo(before);

        write("bundles/engine/README.md", "x");
        assertThat(graph.keys().get("bundles/engine")).isNotEqualTo(before.get("bundles/engine"));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> lines(String... changed) {
        return graph.affected(List.of(changed));
    }

    private void pom(String module, String artifact, String... needs) throws IOException {
        StringBuilder pom = new StringBuilder("<parent><artifactId>parent</artifactId></parent><artifactId>")
                .append(artifact)
                .append("</artifactId>");
        for (String need : needs) {
            String type = need.endsWith(":test-jar") ? "\n<version>1</version>\n<type>test-jar</type>" : "";
            pom.append("<dependency><artifactId>%s</artifactId>%s</dependency>"
                    .formatted(need.replace(":test-jar", ""), type));
        }
        Files.createDirectories(root.resolve(module));
        Files.writeString(root.resolve(module).resolve("pom.xml"), pom);
    }
}
