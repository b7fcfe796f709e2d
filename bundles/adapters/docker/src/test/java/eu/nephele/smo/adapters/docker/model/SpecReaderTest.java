// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.docker.model.ContainerSpec.PublishedPort;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Variable;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values, references, names and labels mean, and what is refused. */
class SpecReaderTest {

    private static JsonObject json(String text) {
        return JsonValues.object(text).orElseThrow();
    }

    @Test
    void allValuesAreRead() {
        ContainerSpec spec = SpecReader.read(json("""
                {"port": 80, "ports": ["9000:9000", "53/udp"], "environment": {"A": 1, "B": {"secret": "env:B"}},
                 "volumes": ["data:/var:ro"], "command": ["run", "--fast"],
                 "health": {"path": "/up", "port": 81, "intervalSeconds": 3, "rise": 1},
                 "balancer": {"port": 8000, "queueSeconds": 30}, "drainSeconds": 7, "restart": "on-failure:3", "own": 1}"""), false);
        assertThat(spec.ports())
                .containsExactly(
                        new PublishedPort(80, 0, "tcp"),
                        new PublishedPort(9000, 9000, "tcp"),
                        new PublishedPort(53, 0, "udp"),
                        new PublishedPort(81, 0, "tcp"));
        assertThat(spec.environment())
                .isEqualTo(Map.of("A", new Variable("1", false), "B", new Variable("env:B", true)));
        assertThat(spec.health().orElseThrow().interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(spec.balancer().orElseThrow().queue()).isEqualTo(Duration.ofSeconds(30));
        assertThat(spec.times().drain()).isEqualTo(Duration.ofSeconds(7));
        assertThat(spec.hasFixedPorts()).isTrue();
        assertThat(SpecReader.read(json("{\"environment\": [\"A=b=c\"]}"), false)
                        .environment())
                .isEqualTo(Map.of("A", new Variable("b=c", false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"port\": 0} | port is 0, expected a whole number from 1 to 65535",
                "{\"port\": \"x\"} | port is \"x\"",
                "{\"port\": 1.5} | port is 1.5",
                "{\"ports\": [\"a\"]} | ports is \"a\"",
                "{\"environment\": [\"A\"]} | environment is an item without '='",
                "{\"environment\": {\"A B\": 1}} | environment is A B",
                "{\"volumes\": [\"/a/../b:/c\"]} | volumes is",
                "{\"volumes\": [\"relative\"]} | volumes is",
                "{\"command\": \"run\"} | command is \"run\", expected a list",
                "{\"health\": {}} | health.port is none",
                "{\"port\": 1, \"health\": {\"path\": \"up\"}} | health.path is up, expected a leading slash",
                "{\"port\": 1, \"health\": {\"rise\": 0}} | health.rise is 0",
                "{\"port\": 1, \"balancer\": {}} | balancer.port is none",
                "{\"balancer\": {\"port\": 1}} | port is none",
                "{\"restart\": \"always\"} | restart is always",
                "{\"drainSeconds\": -1} | drainSeconds is -1",
                "{\"pull\": \"never\"} | pull is never",
            })
    void aWrongValueIsNamed(String values, String message) {
        assertThatThrownBy(() -> SpecReader.read(json(values), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Property(tries = 300)
    void noReferenceIsTakenThatMightBeAnythingElse(@ForAll String reference) {
        try {
            assertThat(ImageReference.parse(reference).name()).matches("[a-z0-9][A-Za-z0-9._:/@-]+");
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("is no image");
        }
    }

    @Test
    void referencesAreThoseOfEngines() {
        assertThat(ImageReference.parse("oci://host:5000/a/b:1").name()).isEqualTo("host:5000/a/b:1");
        assertThat(ImageReference.parse("oci://host:5000/a/b:1").registry()).isEqualTo("host:5000");
        assertThat(ImageReference.parse("oci://host/a").floats()).isTrue();
        String digest = "sha256:" + "a".repeat(64);
        assertThat(ImageReference.parse("oci://host/a@" + digest).name()).isEqualTo("host/a@" + digest);
        assertThatThrownBy(() -> ImageReference.parse("oci://host/a b")).hasMessageContaining("is no image");
    }

    @Test
    void namesTellReplicasFromSparesAndFromServicesThatBeginAlike() {
        ContainerName name = ContainerName.fresh(
                "app", Instant.ofEpochSecond(1_700_000_000), RandomGenerator.of("SplittableRandom"));
        assertThat(name.text()).matches("app-1700000000-[0-9a-f]{8}");
        assertThat(name.isReplicaOf("app")).isTrue();
        assertThat(name.isReplicaOf("ap")).isFalse();
        assertThat(new ContainerName("app2-1700000000-0123abcd").isReplicaOf("app"))
                .isFalse();
        assertThat(new ContainerName("app-x-1700000000-0123abcd").isReplicaOf("app"))
                .isFalse();
        assertThat(name.spare().isSpare()).isTrue();
        assertThat(name.spare().replica()).isEqualTo(name);
        assertThat(ContainerName.fresh(
                                "spare.x", Instant.EPOCH.plusSeconds(1_700_000_000), RandomGenerator.getDefault())
                        .isSpare())
                .isFalse();
    }

    @Property(tries = 200)
    void labelsSayWhatWasWritten(@ForAll String service, @ForAll String owner) {
        ContainerRecord record = new ContainerRecord(
                owner,
                new WorkloadRef(new GraphId("p", "g"), service),
                3,
                2,
                "d",
                "oci://h/a:1",
                "{\"port\":1}",
                new Resources(1, 2, 0, 0));
        assertThat(ContainerRecord.read(record.labels())).isEqualTo(Optional.of(record));
    }

    @Test
    void labelsThatSomebodySpoiledAreNotOurs() {
        Map<String, String> labels = new HashMap<>(Map.of(
                ContainerRecord.OWNER,
                "o",
                "smo.nephele.eu/service",
                "s",
                "smo.nephele.eu/values",
                "{}",
                "smo.nephele.eu/revision",
                "x"));
        assertThat(ContainerRecord.read(labels)).isEmpty();
        assertThat(ContainerRecord.read(Map.of())).isEmpty();
    }
}
