// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.Baseline.Info;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packages as they are now, beside those of the versions that partners have built against. Below 1.0 the second part of a package's
 * version is the one that rises with a change; a change that makes a plugin built before unusable stands in the list of {@code breaks.txt}.
 */
class BaselineTest {

    private static final Path FORMER = Path.of("src/test/resources/baseline");
    private static final Path NOW = Path.of("target/classes");

    static Stream<Path> former() throws IOException {
        try (Stream<Path> files = Files.list(FORMER)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        }
    }

    @Test
    void thereAreFormerVersions() throws IOException {
        assertThat(former().map(file -> file.getFileName().toString())).contains("0.1.jar", "0.2.jar");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("former")
    void aPackageThatHasChangedHasAHigherVersion(Path former) throws Exception {
        assertThat(changes(former)).isNotEmpty().allSatisfy((name, change) -> {
            if (change.delta().compareTo(Delta.MICRO) > 0) {
                assertThat(risen(change.before(), change.now()))
                        .as(
                                "%s has changed (%s) since %s and still has version %s",
                                name, change.delta(), former, change.now())
                        .isTrue();
            }
        });
    }

    /** Additions only, for whoever has built against a former version; exceptions are decided one by one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("former")
    void nothingIsTakenAwayButWhatIsListed(Path former) throws Exception {
        List<String> listed = Files.readAllLines(FORMER.resolve("breaks.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        String version = former.getFileName().toString().replace(".jar", "");
        SortedMap<String, Change> changes = changes(former);
        List<String> broken = changes.entrySet().stream()
                .filter(entry -> entry.getValue().delta() == Delta.MAJOR
                        || entry.getValue().delta() == Delta.REMOVED)
                .map(entry -> version + " " + entry.getKey())
                .toList();
        assertThat(broken)
                .isEqualTo(listed.stream()
                        .filter(line -> line.startsWith(version + " "))
                        .map(line -> line.replaceFirst(" *:.*", ""))
                        .toList());
    }

    /**
     * @param before version of the package then
     * @param now version of the package now
     * @param delta how much has changed
     */
    private record Change(Version before, Version now, Delta delta) {}

    private static boolean risen(Version before, Version now) {
        return now.getMajor() > before.getMajor()
                || (now.getMajor() == before.getMajor() && now.getMinor() > before.getMinor());
    }

    private static SortedMap<String, Change> changes(Path former) throws Exception {
        SortedMap<String, Change> changes = new TreeMap<>();
        try (InputStream stream = Files.newInputStream(former);
                Jar older = new Jar("former", stream);
                Jar newer = new Jar(NOW.toFile());
                Processor reporter = new Processor()) {
            Set<Info> infos = new Baseline(reporter, new DiffPluginImpl()).baseline(newer, older, null);
            for (Info info : infos) {
                if (info.olderVersion.compareTo(Version.LOWEST) > 0) {
                    changes.put(
                            info.packageName,
                            new Change(info.olderVersion, info.newerVersion, info.packageDiff.getDelta()));
                }
            }
        }
        return changes;
    }
}
