// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.LoadProfile.Constant;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {

    private static final Path EXAMPLES = Path.of("../../../examples/scenarios");

    @Test
    void holdsTheDefaultWorld() {
        Scenario brussels = ScenarioFile.builtIn();

        assertThat(brussels.clusters()).extracting(ClusterModel::name).containsExactly("c1", "c2", "c3");
        assertThat(brussels.clusters())
                .extracting(ClusterModel::capacity)
                .containsExactly(
                        new Resources(12_000, 64L << 30, 1000L << 30, 1),
                        new Resources(22_000, 128L << 30, 2000L << 30, 0),
                        new Resources(4_000, 16L << 30, 200L << 30, 0));
        assertThat(brussels.clusters())
                .extracting(ClusterModel::carbonGramsPerKwh)
                .doesNotHaveDuplicates();
        assertThat(brussels.startupDelay()).isEqualTo(Duration.ofMillis(1500));
        assertThat(brussels.loads()).containsEntry("image-detection", new Constant(1));
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isValidByReaderAndSchemaAndRunsToItsEnd(Path example) throws IOException {
        Scenario scenario = ScenarioFile.read(example);
        assertThat(schema().validate(yaml(Files.readString(example)))).isEmpty();

        Lab lab = new Lab(scenario);
        lab.pass(Duration.ofHours(2));
        assertThat(lab.world.clusters().clusters()).isNotEmpty().allMatch(cluster -> cluster.ready());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {clusters: [{name: a, cpus: 4}], name: x}                    | scenario.clusters[0]: unknown key 'cpus', expected one of [carbonGramsPerKwh, cpuCores
            {clusters: [{name: a}], name: x, speed: 2}                   | x.yaml: scenario: unknown key 'speed'
            {clusters: [{name: a}]}                                      | 'name' is missing
            {name: x, clusters: []}                                      | has no cluster
            {name: x}                                                    | has no cluster
            {name: x, clusters: [{name: a}, {name: a}]}                  | has cluster a twice
            {name: x, clusters: [{cpuCores: 4}]}                         | clusters[0]: 'name' is missing
            {name: x, clusters: [{name: a/b}]}                           | clusters[0]: A cluster needs a name without '/'
            {name: x, clusters: {a: 1}}                                  | clusters: expected a list
            {name: x, clusters: [{name: a, cpuCores: many}]}             | clusters[0].cpuCores: expected a number, got "many"
            {name: x, clusters: [{name: a, cpuCores: -4}]}               | clusters[0]: Resources must not be negative
            {name: x, clusters: [{name: a, gpus: 1.5}]}                  | clusters[0].gpus: expected a whole number or 'unlimited'
            {name: x, clusters: [{name: a, renewableShare: 2}]}          | renewableShare=2.0, expected 0 to 1
            {name: x, clusters: [{name: a, carbonGramsPerKwh: [1, 2]}]}  | clusters[0].carbonGramsPerKwh: expected a number or a list of 24 numbers
            {name: x, clusters: [{name: a, labels: {x: 1}}]}             | clusters[0].labels.x: expected a text
            {name: x, clusters: [{name: a, energy: {idleWatts: 9, peakWatts: 1}}]} | clusters[0].energy: Expected 0 <= idleWatts <= peakWatts
            {name: x, clusters: [{name: a}], startsAt: noon}             | scenario.startsAt: expected a moment like
            {name: x, clusters: [{name: a}], startupDelayMillis: -1}     | startupDelayMillis: expected 0 or more
            {name: x, clusters: [{name: a}], requestsPerCpuSecond: 0}    | requestsPerCpuSecond: expected more than 0
            {name: x, clusters: [{name: a}], latencyMillis: {b: {a: 1}}} | latencyMillis: unknown cluster 'b', expected one of [a]
            {name: x, clusters: [{name: a}], latencyMillis: {a: {b: 1}}} | latencyMillis.a: unknown key 'b', expected one of [a]
            {name: x, clusters: [{name: a}], charts: {shop: [b]}}        | charts.shop: unknown cluster 'b'
            {name: x, clusters: [{name: a}], charts: {shop: []}}         | charts.shop: expected a list of clusters
            {name: x, clusters: [{name: a}], loads: {web: {}}}           | loads.web: expected exactly one of constant, steps, sine
            {name: x, clusters: [{name: a}], loads: {web: {constant: 1, sine: {}}}} | loads.web: expected exactly one of
            {name: x, clusters: [{name: a}], loads: {web: -5}}           | loads.web: -5.0 requests per second, expected 0 or more
            {name: x, clusters: [{name: a}], timeline: [{failCluster: a}]} | timeline[0]: 'afterSeconds' is missing
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1}]} | timeline[0]: expected exactly one of [failCluster, restoreCluster
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: -1, failCluster: a}]} | timeline[0].afterSeconds: expected 0 or more
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, failCluster: b}]} | timeline after 1 s: unknown cluster 'b'
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, explode: a}]} | timeline[0]: expected exactly one of
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, beginOutage: sun}]} | unknown outage 'sun', expected one of [deployer, runtime, registry, metrics, rules, infrastructure]
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, drainCluster: {cluster: a, fraction: 2}}]} | drainCluster: fraction=2.0, expected 0 to 1
            {name: x, clusters: [{name: a}], series: [{name: a-b, value: 1}]} | scenario.series[0]: 'a-b' is not a metric name
            {name: x, clusters: [{name: a}], series: [{name: a, value: 1}, {name: a, value: 2}]} | scenario.series: duplicate MetricSeries[name=a, labels={}]
            {name: x, clusters: [{name: a}], alerting: {evaluationSeconds: 0}} | scenario.alerting: evaluationInterval=PT0S, expected more than 0
            {name: x, clusters: [{name: a}], alerting: {groupWaitSeconds: -1}} | scenario.alerting: groupWait=PT-1S, expected 0 or more
            {name: x, clusters: [{name: a}], alerting: {sendResolved: 1}} | scenario.alerting.sendResolved: expected true or false, got 1
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, deleteRelease: web}]} | deleteRelease: expected project/graph/service, got "web"
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, setReplicas: {workload: p/g/s, cluster: b, replicas: 1}}]} | timeline after 1 s: unknown cluster 'b'
            {name: x, clusters: [{name: a}], timeline: [{afterSeconds: 1, setReplicas: {workload: p/g/s, cluster: a, replicas: 1.5}}]} | replicas: expected a whole number, got 1.5
            [1, 2]                                                       | scenario: expected an object
            {name: x, name: y}                                           | x.yaml: not readable as YAML: Duplicate field 'name'
            {name: [}                                                    | x.yaml: not readable as YAML
            """)
    void refusesWhatMakesNoSenseAndNamesThePlace(String yaml, String message) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> ScenarioFile.parse(yaml, "x.yaml"))
                .withMessageStartingWith("x.yaml: ")
                .withMessageContaining(message);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> ScenarioFile.parse("", "x.yaml"))
                .withMessageContaining("expected an object, got nothing");
    }

    @Test
    void namesTheFileThatCannotBeRead(@TempDir Path folder) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> ScenarioFile.read(folder.resolve("none.yaml")))
                .withMessageContaining("none.yaml cannot be read");
    }

    @Test
    void knowsEveryActionAndEveryKindOfLoad() throws IOException {
        String everything = """
                name: everything
                clusters:
                  - {name: a, cpuCores: 0.5, gpus: unlimited, extended: {nvidia.com/mig-1g.5gb: 2}}
                latencyMillis: {a: {a: 0.2}}
                timeline:
                  - {afterSeconds: 1, addCluster: {name: b, cpuCores: 1}}
                  - {afterSeconds: 2, failCluster: b}
                  - {afterSeconds: 3, restoreCluster: b}
                  - {afterSeconds: 4, removeCluster: b}
                  - {afterSeconds: 5, load: {service: web, requestsPerSecond: 3}}
                  - {afterSeconds: 6, load: {service: web, steps: [{afterSeconds: 0, requestsPerSecond: 7}]}}
                  - {afterSeconds: 7, foreignLoad: {cluster: a, cpuCores: 0.25}}
                  - {afterSeconds: 8, drainCluster: {cluster: a, fraction: 0.5}}
                  - {afterSeconds: 9, beginOutage: runtime}
                  - {afterSeconds: 9, setSeries: {name: errors, labels: {job: web}, value: 3}}
                  - {afterSeconds: 9, dropSeries: {name: up, labels: {job: x}}}
                  # what is not there cannot be tampered with: the world goes on
                  - {afterSeconds: 9, deleteRelease: p/g/web}
                  - {afterSeconds: 9, setReplicas: {workload: p/g/web, cluster: a, replicas: 1}}
                  - {afterSeconds: 9, changeValues: p/g/web}
                  - {afterSeconds: 9, deleteRule: {workload: p/g/web, event: silent}}
                series:
                  - {name: up, labels: {job: x, instance: y}, value: 1}
                alerting: {evaluationSeconds: 5, groupWaitSeconds: 10, groupIntervalSeconds: 2.5, repeatIntervalSeconds: 300, sendResolved: false}
                """;
        Scenario scenario = ScenarioFile.parse(everything, "x.yaml");
        assertThat(schema().validate(yaml(everything))).isEmpty();
        Lab lab = new Lab(scenario);
        lab.pass(Duration.ofSeconds(3));
        assertThat(lab.inWorld("b").ready()).isTrue();
        lab.pass(Duration.ofSeconds(7));

        WorldSnapshot world = lab.world.snapshot();
        assertThat(world.clusters()).extracting(WorldSnapshot.Cluster::name).containsExactly("a");
        assertThat(world.clusters().get(0).allocatable().byName())
                .containsEntry("cpu", 250L)
                .containsEntry("gpu", Resources.UNLIMITED)
                .containsEntry("nvidia.com/mig-1g.5gb", 1L);
        assertThat(world.clusters().get(0).foreign().cpuMillis()).isEqualTo(250);
        assertThat(world.requestsPerSecond()).containsEntry("web", 7.0);
        assertThat(world.outages()).containsExactly(Outage.RUNTIME);
        assertThat(world.series()).isEqualTo(Map.of(new MetricSeries("errors", Map.of("job", "web")), 3.0));
        assertThat(scenario.alerting())
                .isEqualTo(new AlertTiming(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(2500),
                        Duration.ofMinutes(5),
                        false));
        assertThat(lab.world.signals().latencyMillis(List.of(Lab.id("a"))))
                .containsEntry(Lab.id("a"), Map.of(Lab.id("a"), 0.2));
    }

    @Test
    void agreesWithItsSchemaOnUnknownKeys() throws IOException {
        assertThat(schema().validate(yaml("{name: x, clusters: [{name: a, cpus: 4}]}")))
                .isNotEmpty();
        assertThat(schema().validate(yaml("{name: x, clusters: [{name: a}], speed: 1}")))
                .isNotEmpty();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDialect(Dialects.getDraft202012())
                .getSchema(Files.readString(EXAMPLES.resolve("scenario.schema.json")));
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
