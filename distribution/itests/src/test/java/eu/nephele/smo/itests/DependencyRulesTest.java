// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the rooms, read from the manifests of the bundles that this build has made. */
class DependencyRulesTest {

    private static final Set<String> PLAIN_JARS =
            Set.of("access/cli", "lab/demo", "lab/harness", "lab/testbed", "lab/testkit");

    private final DependencyRules rules = new DependencyRules(thirdParty());

    static List<BundleFolder> rooms() {
        return BundleFolder.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void aBundleImportsAllowedPackagesOnly(BundleFolder bundleFolder) {
        assertThat(rules.violationsOf(bundleFolder)).as(bundleFolder.folder()).isEmpty();
    }

    @Test
    void everyFolderWithAPomIsABundleOrAKnownPlainJar() throws IOException {
        Set<String> folders = new TreeSet<>();
        try (Stream<Path> files = Files.find(BundleFolder.BUNDLES, 4, (path, attributes) -> path.endsWith("pom.xml"))) {
            files.forEach(pom -> folders.add(
                    BundleFolder.BUNDLES.relativize(pom.getParent()).toString().replace('\\', '/')));
        }
        assertThat(folders).isNotEmpty();
        folders.removeAll(PLAIN_JARS);
        assertThat(rooms()).extracting(BundleFolder::folder).containsExactlyInAnyOrderElementsOf(folders);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a strategy that uses the engine        | placement/greedy | eu.nephele.smo.placement.greedy | eu.nephele.smo.core.engine        |                          | must not import
            a strategy that uses our own contract  | placement/greedy | eu.nephele.smo.placement.greedy | eu.nephele.smo.core.contract      |                          | must not import
            a strategy that exports                | placement/greedy | eu.nephele.smo.placement.greedy | eu.nephele.smo.api.placement      | eu.nephele.smo.placement.greedy | only
            a strategy with an unlisted library    | placement/greedy | eu.nephele.smo.placement.greedy | com.google.common.collect         |                          | must not import
            the engine with the profiler           | core/engine      | eu.nephele.smo.core.engine      | eu.nephele.smo.scaling.profiler   |                          | must not import
            scaling that uses the solver           | scaling/optimal  | eu.nephele.smo.scaling.optimal  | eu.nephele.smo.placement.solver   |                          | must not import
            access that uses the store             | access/rest      | eu.nephele.smo.access.rest      | eu.nephele.smo.core.store         |                          | must not import
            a plugin that uses our own HTTP        | adapters/oci     | eu.nephele.smo.adapters.oci     | eu.nephele.smo.access.http        |                          | must not import
            the api with a JSON library            | api              | eu.nephele.smo.api              | com.fasterxml.jackson.databind    |                          | must not import
            a folder of another name               | scaling/optimal  | eu.nephele.smo.scaling.best     | eu.nephele.smo.api.scaling        |                          | symbolic name
            an export of a foreign package         | api              | eu.nephele.smo.api              | java.util                         | org.ojalgo               | foreign
            """)
    void aViolationIsNamed(String what, String folder, String name, String imported, String exported, String expected) {
        assertThat(rules.violationsOf(room(folder, name, imported, exported)))
                .as(what)
                .anySatisfy(violation -> assertThat(violation).contains(folder, expected));
    }

    @ParameterizedTest(name = "{0} may import {1}")
    @CsvSource({
        "placement/greedy, eu.nephele.smo.api.placement",
        "placement/greedy, org.osgi.service.component",
        "placement/optimal, org.ojalgo.optimisation",
        "placement/optimal, eu.nephele.smo.placement.solver",
        "core/engine, eu.nephele.smo.core.contract",
        "access/rest, eu.nephele.smo.access.http.json",
        "core/plugins, eu.nephele.smo.lab.conformance",
        "core/profiles, eu.nephele.smo.scaling.profiler",
        "ops/observability, eu.nephele.smo.core.contract.query",
        "core/store, javax.sql",
        "api, org.osgi.annotation.versioning"
    })
    void whatIsAllowedPasses(String folder, String imported) {
        BundleFolder bundleFolder = room(folder, "eu.nephele.smo." + folder.replace('/', '.'), imported, null);
        assertThat(rules.violationsOf(bundleFolder)).isEmpty();
    }

    @Test
    void attributesWithCommasAreNoPackages() {
        assertThat(Clauses.packagesOf("a.b;version=\"[1.0,2)\";uses:=\"x,y\",c;d;resolution:=optional"))
                .containsExactly("a.b", "c", "d");
    }

    private static BundleFolder room(String folder, String name, String imported, String exported) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Import-Package", imported + ";version=\"[1,2)\"");
        Optional.ofNullable(exported).ifPresent(exports -> main.putValue("Export-Package", exports));
        return BundleFolder.of(folder, manifest).orElseThrow();
    }

    private static Map<String, List<String>> thirdParty() {
        try {
            Map<String, List<String>> lists = new LinkedHashMap<>();
            for (String line : Files.readAllLines(Path.of("src/test/resources/third-party-imports.txt"))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("=", 2);
                    lists.put(parts[0].strip(), List.of(parts[1].strip().split("\\s+")));
                }
            }
            return lists;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
