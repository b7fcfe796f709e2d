// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import static eu.nephele.smo.lab.conformance.SampleGraphs.graphIntent;
import static eu.nephele.smo.lab.conformance.SampleGraphs.serviceIntent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.RecordingRequirements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyIntentsTest {

    private static final String ZONE = "assumeLatency topology.kubernetes.io/zone 20.0";
    private static final String PLACE = "/hdaGraph/services/1/deployment/intent/";

    private static final Map<String, IntentHandler> HANDLERS = Map.of(
            "network", new NetworkHandler(ConfigWith.nothing()),
            "coLocation", new CoLocationHandler(),
            "connectionPoints", new ConnectionPointsHandler(ConfigWith.nothing()),
            "highPerformance", new HighPerformanceHandler(ConfigWith.nothing()));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'qos': 'ultralow'                     | maxLatency filter detect 9.999",
                "'qos': 'low'                          | maxLatency filter detect 20.0",
                "'maxMillis': 3                        | maxLatency filter detect 3.0",
                "'qos': 'low', 'maxMillis': 3.5        | maxLatency filter detect 20.0; maxLatency filter detect 3.5",
                "'qos': 'best-effort'                  | "
            })
    void aClassOrALimitBoundsTheLatencyOfALink(String members, String expected) {
        List<String> calls = apply("network", "{'latencies': [{'connectionPoint': 'detect', %s}]}".formatted(members))
                .calls();
        assertThat(String.join(
                        "; ",
                        calls.stream().filter(call -> call.startsWith("max")).toList()))
                .isEqualTo(expected == null ? "" : expected);
        assertThat(calls.contains(ZONE)).isEqualTo(expected != null);
    }

    @Test
    void anEmptyConnectionPointMeansNone() {
        assertThat(apply("network", "{'latencies': [{'connectionPoint': '', 'qos': 'ultralow'}]}")
                        .calls())
                .isEmpty();
    }

    @Test
    void highPerformanceLimitsEveryLink() {
        Graph camera = graphIntent("highPerformance", "{}").graph();
        Graph linked = new Graph(
                camera.id(),
                camera.version(),
                false,
                Map.of(),
                camera.services(),
                List.of(link("capture", "filter"), link("filter", "detect")),
                camera.placement(),
                camera.scaling(),
                camera.lifecycle(),
                camera.priority(),
                camera.descriptor());
        Intent intent = graphIntent("highPerformance", "{'enabled': true}");
        assertThat(apply(new Intent("highPerformance", linked, Optional.empty(), intent.value()))
                        .calls())
                .containsExactly("maxLatency capture filter 20.0", ZONE, "maxLatency filter detect 20.0", ZONE);
        Intent strict = graphIntent("highPerformance", "{'enabled': true, 'qos': 'ultralow'}");
        assertThat(apply(new Intent("highPerformance", linked, Optional.empty(), strict.value()))
                        .calls())
                .contains("maxLatency filter detect 9.999");
        Intent off = graphIntent("highPerformance", "{'enabled': false}");
        assertThat(apply(new Intent("highPerformance", linked, Optional.empty(), off.value()))
                        .calls())
                .isEmpty();
    }

    @Test
    void linksAreWeighedOnceForAGraphWhereThatIsConfigured() {
        ConnectionPointsHandler near = new ConnectionPointsHandler(ConfigWith.properties(Map.of("linkWeight", 0.5)));
        Graph linked = linked();
        assertThat(calls(near, linked, "filter", "['detect']")).containsExactly("weight latency 0.5");
        assertThat(calls(near, linked, "detect", "['capture']")).isEmpty();
        assertThat(calls(near, linked, "capture", "[]")).isEmpty();
        ConnectionPointsHandler usual = new ConnectionPointsHandler(ConfigWith.nothing());
        assertThat(calls(usual, linked, "filter", "['detect']")).isEmpty();
    }

    private static List<String> calls(IntentHandler handler, Graph graph, String service, String json) {
        RecordingRequirements requirements = new RecordingRequirements();
        handler.apply(new Intent("connectionPoints", graph, Optional.of(service), value(service, json)), requirements);
        return requirements.calls();
    }

    private static JsonValue value(String service, String json) {
        return serviceIntent("connectionPoints", service, json).value();
    }

    private static Graph linked() {
        Graph camera = graphIntent("highPerformance", "{}").graph();
        return new Graph(
                camera.id(),
                camera.version(),
                false,
                Map.of(),
                camera.services(),
                List.of(link("filter", "detect"), link("detect", "capture")),
                camera.placement(),
                camera.scaling(),
                camera.lifecycle(),
                camera.priority(),
                camera.descriptor());
    }

    private static Link link(String from, String to) {
        return new Link(from, to, Link.LatencyClass.BEST_EFFORT, OptionalDouble.empty(), 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'enabled': true                                          | near",
                "'enabled': true, 'device': 'cam-7'                       | cam",
                "'enabled': true, 'location': 'Ghent'                     | ghent",
                "'enabled': true, 'location': 'be'                        | near",
                "'enabled': true, 'location': 'be-bru'                    | zone",
                "'enabled': true, 'labels': {'tier': 'edge'}              | edge",
                "'enabled': true, 'location': 'be', 'labels': {'a': 'b'}  | "
            })
    void deviceProximityIsAPreferenceForClustersNearTheDevice(String members, String expected) {
        List<ClusterState> clusters = List.of(
                cluster(
                        "near",
                        "",
                        Map.of("device.smo.nephele.eu/filter", "yes", "topology.kubernetes.io/region", "be")),
                cluster("cam", "", Map.of("device.smo.nephele.eu/cam-7", "")),
                cluster("ghent", "ghent", Map.of()),
                cluster("zone", "", Map.of("topology.kubernetes.io/zone", "be-bru")),
                cluster("edge", "", Map.of("tier", "edge")));
        RecordingRequirements preference = apply("network", "{'deviceProximity': {%s}}".formatted(members));
        RecordingRequirements rule = apply("network", "{'deviceProximity': {'required': true, %s}}".formatted(members));
        List<String> preferred = clusters.stream()
                .filter(cluster -> preference
                        .preferencesAgainst("filter", cluster, ClusterSignals.UNKNOWN)
                        .isEmpty())
                .map(cluster -> cluster.id().name())
                .toList();
        List<String> allowed = clusters.stream()
                .filter(cluster -> rule.refusals("filter", cluster).isEmpty())
                .map(cluster -> cluster.id().name())
                .toList();
        assertThat(String.join(" ", preferred)).isEqualTo(expected == null ? "" : expected);
        assertThat(allowed).isEqualTo(preferred);
        assertThat(preference.calls())
                .singleElement()
                .asString()
                .startsWith("prefer filter 10.0: deviceProximity: near ");
    }

    @Test
    void coLocationIsWithServicesOfThisGraphAndOfOthers() {
        assertThat(apply("coLocation", "['detect', {'id': 'capture'}, {'id': 'db', 'groundedGraphId': 'shop'}]")
                        .calls())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("together").contains("filter", "detect"),
                        two -> assertThat(two).startsWith("together").contains("filter", "capture"),
                        three -> assertThat(three).isEqualTo("nextTo filter shop/db"));
        assertThat(apply("coLocation", "[{'id': 'detect', 'groundedGraphId': 'camera'}]")
                        .calls())
                .as("its own graph")
                .singleElement()
                .asString()
                .startsWith("together");
        assertThat(apply("coLocation", "[]").calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "coLocation | ['filter']                     | coLocation/0: filter is no other service of the graph",
                "coLocation | [{'id': 'ghost'}]              | coLocation/0/id: ghost is no other service of the graph",
                "coLocation | [1]                            | coLocation/0: expected an object",
                "coLocation | [{}]                           | coLocation/0: id of the service is missing",
                "coLocation | {}                             | coLocation: expected a list",
                "connectionPoints | ['filter']               | connectionPoints/0: filter is no other service of the graph",
                "connectionPoints | ['detect', 'ghost']      | connectionPoints/1: ghost is no other service of the graph",
                "connectionPoints | [1]                      | connectionPoints/0: expected the id of a service",
                "connectionPoints | {}                       | connectionPoints: expected a list",
                "network    | {'latencies': [{'connectionPoint': 'ghost'}]} | network/latencies/0/connectionPoint: ghost is no other service of the graph",
                "network    | {'latencies': [{'connectionPoint': 'detect', 'qos': 'best'}]} | network/latencies/0/qos: expected one of ultralow, low, best-effort",
                "network    | {'latencies': [{'connectionPoint': 'detect', 'maxMillis': 0}]} | network/latencies/0/maxMillis: expected more than 0 ms",
                "network    | {'deviceProximity': 1}         | network/deviceProximity: expected an object",
                "network    | {'deviceProximity': {'enabled': 1}} | network/deviceProximity/enabled: expected true or false"
            })
    void aValueThatMakesNoSenseIsRefusedWithItsPlace(String name, String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> apply(name, json)).withMessage(PLACE + message);
    }

    @ParameterizedTest
    @CsvSource({"ultralowMillis, 0", "ultralowMillis, 21", "lowMillis, NaN", "proximityWeight, 0"})
    void aConfigurationThatMakesNoSenseIsRefused(String property, double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkHandler(ConfigWith.properties(Map.of(property, value))))
                .withMessageContaining(property);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightOfLinksThatMakesNoSenseIsRefused(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionPointsHandler(ConfigWith.properties(Map.of("linkWeight", value))))
                .withMessageContaining("linkWeight");
    }

    private static RecordingRequirements apply(String name, String json) {
        return apply(serviceIntent(name, "filter", json));
    }

    private static RecordingRequirements apply(Intent intent) {
        RecordingRequirements requirements = new RecordingRequirements();
        HANDLERS.get(intent.name()).apply(intent, requirements);
        return requirements;
    }

    private static ClusterState cluster(String name, String location, Map<String, String> labels) {
        return new ClusterState(
                new ClusterId("test", name),
                true,
                Resources.NONE,
                Resources.NONE,
                location,
                labels,
                EnergyProfile.UNKNOWN,
                Set.of(),
                Instant.EPOCH);
    }
}
