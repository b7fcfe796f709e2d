// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.List;
import java.util.Map;

final class ComputeSchema {

    private ComputeSchema() {}

    static JsonObject create(ResourceClasses cpu, ResourceClasses ram, ResourceClasses storage) {
        return closed(JsonObject.EMPTY
                        .with("cpu", classes(cpu, "CPU of one replica"))
                        .with("ram", classes(ram, "memory of one replica"))
                        .with("storage", classes(storage, "storage of one replica"))
                        .with("gpu", gpu()))
                .with("required", JsonArray.ofStrings(List.of("cpu")));
    }

    private static JsonObject classes(ResourceClasses classes, String description) {
        return new JsonObject(Map.of("enum", JsonArray.ofStrings(classes.names())))
                .with("description", new JsonString(description));
    }

    private static JsonObject gpu() {
        JsonObject truth = new JsonObject(Map.of("type", new JsonString("boolean")));
        JsonObject truthAsText = new JsonObject(Map.of("type", new JsonString("string")))
                .with("pattern", new JsonString("^([tT][rR][uU][eE]|[fF][aA][lL][sS][eE])$"));
        JsonObject enabled = new JsonObject(Map.of("anyOf", new JsonArray(List.of(truth, truthAsText))))
                .with(
                        "description",
                        new JsonString("whether one replica needs a GPU; true, false or the same as text"));
        return closed(new JsonObject(Map.of("enabled", enabled)));
    }

    private static JsonObject closed(JsonValue properties) {
        return JsonObject.EMPTY
                .with("type", new JsonString("object"))
                .with("properties", properties)
                .with("patternProperties", new JsonObject(Map.of("^x-", new JsonBoolean(true))))
                .with("additionalProperties", new JsonBoolean(false));
    }
}
