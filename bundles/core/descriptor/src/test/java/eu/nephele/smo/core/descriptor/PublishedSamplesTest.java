// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published samples and our own of the same meanings behave as their table says. */
class PublishedSamplesTest {

    private static final String GRAPH = "/hdaGraph";
    private static final String SERVICE = GRAPH + "/services/0";
    private static final String INTENT = SERVICE + "/deployment/intent";
    private static final Path PUBLISHED = Path.of("../../../../shared/data/hdag");
    private static final Path OWN = Path.of("src/test/resources/hdag");
    private static final Path EXAMPLES = Path.of("../../../examples");

    @BeforeAll
    static void tellWhenTheSamplesAreMissing() {
        if (!Files.isDirectory(PUBLISHED)) {
            System.err.printf(
                    "%n*** ../shared/data/hdag IS MISSING beside the repository: the published samples are NOT tested here,"
                            + " only our own ***%n%n");
        }
        // the first call loads the validator; the time limit is about the bodies
        Reading.usual().refusal("{}", Format.JSON);
    }

    static Stream<Arguments> valid() {
        Stream<Arguments> published = Stream.of(
                        sample("hello-world.yaml", "hello-world-graph", "hello-world"),
                        sample("hello-world-no-intent.yaml", "hello-world-graph", "hello-world"),
                        sample("hello-world-static.json", "hello-world-graph", "hello-world"),
                        sample(
                                "brussels.yaml",
                                "image-detection-graph",
                                "image-compression-vo",
                                "noise-reduction",
                                "image-detection"),
                        sample(
                                "brussels-dynamic-placement.yaml",
                                "image-detection-graph",
                                "image-compression-vo",
                                "noise-reduction",
                                "image-detection"),
                        sample("fixture-cli.yaml", "my-test-graph", "service-a"),
                        sample(
                                "fixture-three-services.json",
                                "my-test-graph",
                                "service-a",
                                "service-b",
                                "service-c-conditional"),
                        sample("fixture-single-vo-event.json", "test-graph", "test-vo"))
                .filter(arguments -> Files.exists((Path) arguments.get()[0]));
        Stream<Arguments> own = Stream.of(
                own("camera.yaml", "camera-graph", "camera-vo", "detector"),
                own("static.json", "static-graph", "hello"),
                own("texts-for-flags.json", "flags", "plain", "fast"),
                own("on-high-load.json", "on-high-load", "extra"),
                example(
                        "brussels/hdag.yaml",
                        "brussels-demo",
                        "image-compression-vo",
                        "noise-reduction",
                        "image-detection"),
                example("graphs/minimal.yaml", "minimal", "web"),
                example("graphs/two-tier.json", "two-tier", "front", "recogniser"),
                example("graphs/strategies.yaml", "with-strategies", "api"),
                example("graphs/placed-by-charts.yaml", "placed-by-charts", "gateway"),
                example("graphs/on-event.yaml", "on-event", "camera", "night-filter"),
                example("graphs/constraints.yaml", "constraints", "primary", "standby"));
        return Stream.concat(published, own);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsAValidSampleWithoutWarnings(Path file, String id, List<String> services) {
        DescriptorSource.Inline document = (DescriptorSource.Inline) read(file, Reading.usual());

        Graph graph = document.graph();
        assertThat(document.warnings()).isEmpty();
        assertThat(graph.id().name()).isEqualTo(id);
        assertThat(graph.services()).extracting(ServiceSpec::id).isEqualTo(services);
        assertThat(Reading.usual().reader().restore("demo", graph.descriptor())).isEqualTo(graph);
    }

    static Stream<Arguments> invalid() {
        Stream<Arguments> published = Stream.of(
                        broken("fixture-storage-light-invalid.json", INTENT + "/compute/storage"),
                        broken("invalid/01-malformed.yaml", ""),
                        broken("invalid/02-missing-required.yaml", SERVICE, SERVICE, INTENT + "/compute"),
                        broken("invalid/03-unknown-field.yaml", GRAPH, INTENT + "/compute"),
                        broken(
                                "invalid/04-negative-cpu.yaml",
                                GRAPH + "/hdaGraphIntent/highAvailability/maxReplicasOverall",
                                GRAPH + "/hdaGraphIntent/highAvailability/minReplicasOverall",
                                INTENT + "/compute/cpu"),
                        broken(
                                "invalid/05-unknown-class.yaml",
                                SERVICE + "/artifact/ociConfig/type",
                                INTENT + "/compute/cpu",
                                INTENT + "/compute/ram",
                                INTENT + "/compute/storage",
                                INTENT + "/network/latencies/0/qos"),
                        broken(
                                "invalid/06-wrong-types.json",
                                GRAPH + "/hdaGraphIntent/useStaticPlacement",
                                GRAPH + "/id",
                                GRAPH + "/imVersion",
                                GRAPH + "/services",
                                GRAPH + "/version"),
                        broken(
                                "invalid/07-cyclic-dependencies.yaml",
                                SERVICE + "/deployment/trigger/auto/dependencies"),
                        broken("invalid/08-duplicate-service-id.json", GRAPH + "/services/1/id"),
                        broken(
                                "invalid/09-dangling-references.yaml",
                                INTENT + "/connectionPoints/1",
                                INTENT + "/connectionPoints/2",
                                INTENT + "/network/latencies/0/connectionPoint",
                                SERVICE + "/deployment/trigger/auto/dependencies/0"),
                        broken(
                                "invalid/10-bad-events.yaml",
                                SERVICE + "/deployment/trigger/event/condition",
                                SERVICE + "/deployment/trigger/event/events/0/condition",
                                SERVICE + "/deployment/trigger/event/events/1/condition/gracePeriod",
                                GRAPH + "/services/1/deployment/trigger/event/events"),
                        broken(
                                "invalid/11-hostile-names.yaml",
                                GRAPH + "/id",
                                SERVICE + "/artifact/ociImage",
                                SERVICE + "/id",
                                GRAPH + "/services/1/artifact/ociImage",
                                GRAPH + "/services/1/id"),
                        broken("invalid/12-huge-aliases.yaml", ""))
                .filter(arguments -> Files.exists((Path) arguments.get()[0]));
        return Stream.concat(published, ownInvalid());
    }

    private static Stream<Arguments> ownInvalid() {
        String trigger = SERVICE + "/deployment/trigger";
        return Stream.of(
                ownBroken("storage-light.yaml", INTENT + "/compute/storage"),
                ownBroken("malformed.yaml", ""),
                ownBroken(
                        "missing-members.yaml",
                        GRAPH,
                        SERVICE + "/artifact",
                        SERVICE + "/deployment",
                        INTENT + "/compute"),
                ownBroken("unknown-members.yaml", GRAPH, SERVICE, INTENT + "/compute"),
                ownBroken(
                        "out-of-range.yaml",
                        GRAPH + "/hdaGraphIntent/highAvailability/maxReplicasOverall",
                        GRAPH + "/hdaGraphIntent/highAvailability/minReplicasOverall",
                        INTENT + "/compute/cpu",
                        SERVICE + "/scaling/minReplicas",
                        SERVICE + "/scaling/profile/alpha"),
                ownBroken(
                        "unknown-words.yaml",
                        GRAPH + "/lifecycle/onFailure",
                        SERVICE + "/artifact/ociConfig/implementer",
                        SERVICE + "/artifact/ociConfig/type",
                        INTENT + "/compute/cpu",
                        INTENT + "/compute/ram",
                        INTENT + "/compute/storage",
                        INTENT + "/network/latencies/0/qos"),
                ownBroken(
                        "wrong-types.json",
                        GRAPH + "/designer",
                        GRAPH + "/hdaGraphIntent/security",
                        GRAPH + "/hdaGraphIntent/useStaticPlacement",
                        GRAPH + "/id",
                        GRAPH + "/imVersion",
                        GRAPH + "/services",
                        GRAPH + "/version"),
                ownBroken("cycle.yaml", trigger + "/auto/dependencies"),
                ownBroken("same-id-twice.json", GRAPH + "/services/2/id"),
                ownBroken(
                        "dangling.yaml",
                        INTENT + "/antiAffinity/0",
                        INTENT + "/coLocation/1",
                        INTENT + "/coLocation/2/id",
                        INTENT + "/connectionPoints/1",
                        INTENT + "/connectionPoints/2",
                        INTENT + "/network/latencies/0/connectionPoint",
                        INTENT + "/network/traffic/away",
                        trigger + "/auto/dependencies/0",
                        trigger + "/auto/dependencies/1",
                        SERVICE + "/scaling/metric/service"),
                ownBroken(
                        "bad-events.yaml",
                        trigger + "/event/condition",
                        trigger + "/event/events/0/condition",
                        trigger + "/event/events/1/condition/gracePeriod",
                        trigger + "/event/events/2/condition/gracePeriod",
                        trigger + "/event/events/2/id",
                        GRAPH + "/services/1/deployment/trigger/event/events",
                        GRAPH + "/services/2/deployment/trigger"),
                ownBroken(
                        "hostile-names.yaml",
                        GRAPH + "/id",
                        SERVICE + "/artifact/ociImage",
                        SERVICE + "/id",
                        GRAPH + "/services/1/artifact/ociImage",
                        GRAPH + "/services/1/id",
                        GRAPH + "/services/2/id",
                        GRAPH + "/services/3/id"),
                ownBroken("aliases.yaml", ""));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesAnInvalidSampleWithAllPointersWithinASecond(Path file, List<String> pointers) {
        // with and without handlers: the format itself knows the classes of the reference
        for (InstalledForTests catalog : List.of(InstalledForTests.usual(), withoutCompute())) {
            SmoException refusal = Reading.withinASecond(() -> refusal(file, catalog));

            assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
            assertThat(refusal.violations()).extracting(Violation::pointer).containsExactlyElementsOf(pointers);
            assertThat(refusal.violations()).doesNotHaveDuplicates();
        }
    }

    private static InstalledForTests withoutCompute() {
        return InstalledForTests.nothing().intent("antiAffinity", Scope.SERVICE, "{\"type\":\"array\"}");
    }

    private static SmoException refusal(Path file, InstalledForTests catalog) {
        return Reading.lenient(catalog).refusal(bytes(file), format(file));
    }

    private static DescriptorSource read(Path file, Reading reading) {
        return reading.reader().read("demo", bytes(file), format(file));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Format format(Path file) {
        return file.toString().endsWith(".json") ? Format.JSON : Format.YAML;
    }

    private static Arguments sample(String name, String id, String... services) {
        return Arguments.of(PUBLISHED.resolve(name), id, List.of(services));
    }

    private static Arguments own(String name, String id, String... services) {
        return Arguments.of(OWN.resolve("valid").resolve(name), id, List.of(services));
    }

    private static Arguments example(String name, String id, String... services) {
        return Arguments.of(EXAMPLES.resolve(name), id, List.of(services));
    }

    private static Arguments broken(String name, String... pointers) {
        return Arguments.of(PUBLISHED.resolve(name), List.of(pointers));
    }

    private static Arguments ownBroken(String name, String... pointers) {
        return Arguments.of(OWN.resolve("invalid").resolve(name), List.of(pointers));
    }
}
