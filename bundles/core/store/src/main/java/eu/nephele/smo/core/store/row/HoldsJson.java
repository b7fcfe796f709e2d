// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Replicas that persons have set, by service. */
final class HoldsJson {

    private HoldsJson() {}

    static JsonObject write(Map<String, ReplicaHold> holds) {
        JsonFieldWriter json = new JsonFieldWriter();
        new TreeMap<>(holds)
                .forEach((service, hold) -> json.put(
                        service,
                        new JsonFieldWriter()
                                .put("replicas", hold.replicas())
                                .put("until", hold.until().map(Instant::toString))
                                .object()));
        return json.object();
    }

    static Map<String, ReplicaHold> read(JsonValue json) {
        Map<String, ReplicaHold> holds = new TreeMap<>();
        JsonFieldReader.from(json).object().members().forEach((service, value) -> {
            JsonFieldReader hold = JsonFieldReader.from(value);
            holds.put(
                    service,
                    new ReplicaHold(
                            hold.integer("replicas"), hold.optionalText("until").map(Instant::parse)));
        });
        return holds;
    }
}
