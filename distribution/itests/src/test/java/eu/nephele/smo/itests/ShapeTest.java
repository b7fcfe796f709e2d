// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing becomes too wide to be understood: few parameters, few components, packages that stand on each other in one direction. */
class ShapeTest {

    private static final int MOST_PARAMETERS = 7;
    private static final int MOST_COMPONENTS = 12;
    private static final long MOST_LINES = 2_500;
    private static final long MOST_LINES_OF_EXAMPLE = 300;

    private final Shape shape = new Shape();

    /** A room that is not compiled would be taken for one without faults. */
    @Test
    void everyBundleIsChecked() throws IOException {
        assertThat(shape.rooms()).isEqualTo(folders("src/main/java"));
    }

    /** Folders below {@code bundles} that have such a folder and a {@code pom.xml}. */
    private static Set<String> folders(String with) throws IOException {
        try (Stream<Path> poms = Files.find(BundleFolder.BUNDLES, 4, (path, attributes) -> path.endsWith("pom.xml"))) {
            return poms.map(Path::getParent)
                    .filter(folder -> Files.isDirectory(folder.resolve(with)))
                    .map(folder ->
                            BundleFolder.BUNDLES.relativize(folder).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core/engine", "core/runtime"})
    void noSubPackageHasMoreThanTwoThousandFiveHundredLines(String room) throws IOException {
        Map<Path, Long> lines = lines(BundleFolder.BUNDLES.resolve(room).resolve("src/main/java"));
        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(lines.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(MOST_LINES);
        assertThat(lines).allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(MOST_LINES));
    }

    /** All that a partner writes for a kind: code, schema, contract and page. */
    @Test
    void theExampleOfAKindHasAtMostThreeHundredLines() throws IOException {
        Path example = BundleFolder.BUNDLES.resolveSibling("examples").resolve("dns-zones");
        long written = lines(example.resolve("src/main")).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(written).isGreaterThan(200);
        assertThat(written + Files.readAllLines(example.resolve("README.md")).size())
                .isLessThanOrEqualTo(MOST_LINES_OF_EXAMPLE);
    }

    /** Lines of the files that lie in each folder. */
    private static Map<Path, Long> lines(Path below) throws IOException {
        Map<Path, Long> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(below).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                lines.merge(file.getParent(), (long) Files.readAllLines(file).size(), Long::sum);
            }
        }
        return lines;
    }

    @Test
    void constructorsHaveAtMostSevenParameters() {
        assertThat(shape.constructorsAbove(MOST_PARAMETERS)).isEmpty();
    }

    @Test
    void recordsHaveAtMostTwelveComponents() {
        assertThat(shape.recordsAbove(MOST_COMPONENTS)).isEmpty();
    }

    /** What is counted is there to be counted. */
    @Test
    void tooManyParametersAreDetected() {
        assertThat(shape.constructorsAbove(5))
                .hasSizeGreaterThan(shape.constructorsAbove(6).size());
        assertThat(shape.recordsAbove(8))
                .hasSizeGreaterThan(shape.recordsAbove(10).size());
    }

    @Test
    void noPackagesOfABundleNeedEachOtherInACircle() {
        assertThat(shape.arrows())
                .as("bundles with packages that use each other")
                .containsKeys("core/engine", "core/store", "access/cli");
        assertThat(shape.circles()).isEmpty();
    }

    @Test
    void aCyclicDependencyIsDetected() {
        assertThat(Shape.circle(Map.of("a", Set.of("b", "c"), "b", Set.of(), "c", Set.of("d"), "d", Set.of("b", "c"))))
                .containsExactlyInAnyOrder("c", "d");
    }
}
