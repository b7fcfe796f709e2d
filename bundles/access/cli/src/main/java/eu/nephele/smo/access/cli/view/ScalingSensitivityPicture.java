// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Replicas over the value of an input as SVG: drawn as {@link SensitivityPicture} draws terms over weights. */
public final class ScalingSensitivityPicture {

    private ScalingSensitivityPicture() {}

    /** @param answer {@code GET /api/v1/sensitivity/scaling} */
    public static String svg(JsonNode answer) {
        ObjectNode drawn = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = drawn.putArray("objectives");
        answer.path("places").forEach(place -> lines.addObject()
                .put("objective", ScalingSensitivityView.place(place))
                .put("unit", "replicas")
                .put("weight", 1));
        ArrayNode points = drawn.putArray("points");
        answer.path("points").forEach(point -> {
            ObjectNode terms = points.addObject()
                    .put("weight", point.path("value").asDouble())
                    .put("placed", !point.path("answers").isEmpty())
                    .putObject("terms");
            for (int i = 0; i < point.path("answers").size(); i++) {
                JsonNode place = answer.path("places").path(i);
                terms.put(
                        ScalingSensitivityView.place(place),
                        point.path("answers")
                                .path(i)
                                .path("replicas")
                                .asInt(place.path("replicas").asInt()));
            }
        });
        drawn.set("breaks", answer.path("breaks"));
        return SensitivityPicture.svg(drawn, ScalingSensitivityView.varied(answer));
    }
}
