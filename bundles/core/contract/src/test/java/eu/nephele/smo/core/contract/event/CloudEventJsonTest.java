// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CloudEventJsonTest {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00.120Z");

    @Test
    void anEventAboutAServiceHasAllAttributesAndASequenceThatSortsAsText() {
        JsonNode node = CloudEventJson.toJson(
                new StoredEvent(
                        "0b9e",
                        1234567,
                        new EventDraft(
                                "service.moved",
                                AT,
                                Optional.of(ResourceRef.of(new GraphId("demo", "hello"))),
                                Optional.of("web"),
                                3,
                                Optional.of("op-1"),
                                "call-1",
                                "",
                                new JsonObject(Map.of("to", new JsonString("c2"))))),
                "7d2c");

        assertThat(node)
                .hasToString(
                        "{\"specversion\":\"1.0\",\"id\":\"0b9e\",\"source\":\"urn:smo:7d2c\",\"type\":\"service.moved\","
                                + "\"subject\":\"demo/hello/web\",\"time\":\"2026-11-01T00:00:00.120Z\","
                                + "\"datacontenttype\":\"application/json\",\"sequence\":\"00000000000001234567\","
                                + "\"correlationid\":\"call-1\",\"operation\":\"op-1\",\"generation\":3,"
                                + "\"data\":{\"to\":\"c2\"}}");
    }

    @Test
    void whatAnEventDoesNotHaveIsLeftOutAndNeverNull() {
        JsonNode node = CloudEventJson.toJson(
                new StoredEvent(
                        "0b9e",
                        1,
                        new EventDraft(
                                "cluster.joined",
                                AT,
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                "",
                                "",
                                JsonObject.EMPTY)),
                "7d2c");

        assertThat(node.fieldNames())
                .toIterable()
                .containsExactly("specversion", "id", "source", "type", "time", "datacontenttype", "sequence", "data");
    }
}
