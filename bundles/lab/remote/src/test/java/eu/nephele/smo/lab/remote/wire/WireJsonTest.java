// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {

    private final WireJson wire = new WireJson();

    /** Otherwise the two ends would take the same release for two different ones, and write it again for ever. */
    @Property(tries = 300)
    void whatArrivesHasTheDigestOfWhatWasSent(@ForAll("objects") JsonObject values) {
        InstallRequest sent = request(values);
        InstallRequest arrived = wire.read(wire.bytes(sent), new TypeReference<InstallRequest>() {});
        assertThat(arrived.digest()).isEqualTo(sent.digest());
        assertThat(arrived.values().canonical()).isEqualTo(values.canonical());
        assertThat(arrived.key()).isEqualTo(sent.key());
        assertThat(arrived.targets()).isEqualTo(sent.targets());
        assertThat(arrived.perReplica()).isEqualTo(sent.perReplica());
        assertThat(arrived.owner()).isEqualTo(sent.owner());
    }

    @Test
    void clustersAreNamesAlsoAsMembers() {
        ClusterId cluster = new ClusterId("sim", "c1");
        byte[] json = wire.bytes(Map.of(cluster, List.of(cluster)));
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"sim/c1\":[\"sim/c1\"]}");
        assertThat(wire.read(json, new TypeReference<Map<ClusterId, List<ClusterId>>>() {}))
                .isEqualTo(Map.of(cluster, List.of(cluster)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{", "[]", "{\"unknown\":1}", "{\"key\":null}"})
    void whatIsSomethingElseIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> wire.read(json.getBytes(StandardCharsets.UTF_8), new TypeReference<InstallRequest>() {}));
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        Arbitrary<JsonValue> leaves = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(JsonString::new),
                Arbitraries.bigDecimals().map(JsonNumber::new),
                Arbitraries.longs().map(JsonNumber::of),
                Arbitraries.of(true, false).map(JsonBoolean::new),
                Arbitraries.create(JsonNull::new));
        Arbitrary<JsonValue> deeper = Arbitraries.oneOf(
                leaves,
                leaves.list().ofMaxSize(3).map(JsonArray::new),
                members(leaves).map(JsonObject::new));
        return members(deeper).map(JsonObject::new);
    }

    private static Arbitrary<Map<String, JsonValue>> members(Arbitrary<JsonValue> values) {
        return Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), values).ofMaxSize(4);
    }

    private static InstallRequest request(JsonObject values) {
        return new InstallRequest(
                new StepKey(new WorkloadRef(new GraphId("p", "g"), "s"), 3, "install"),
                new Artifact("oci://registry.example/s:1", "App", "HELM", "HELM", JsonObject.EMPTY),
                values,
                List.of(new ClusterTarget(new ClusterId("sim", "c1"), Optional.of("file:kube"))),
                2,
                new Resources(500, 1 << 30, 0, Resources.UNLIMITED, Map.of("example/device", 2L)),
                7,
                "owner",
                Set.of());
    }
}
