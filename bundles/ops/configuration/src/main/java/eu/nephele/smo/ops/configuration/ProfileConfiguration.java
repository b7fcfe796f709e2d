// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class ProfileConfiguration {

    /** Framework property from which the configurator reads it. */
    static final String PROPERTY = "configurator.initial";

    static final ProfileConfiguration NOTHING = new ProfileConfiguration(Map.of());

    private final Map<String, Map<String, List<String>>> configurations;

    private ProfileConfiguration(Map<String, Map<String, List<String>>> configurations) {
        this.configurations = configurations;
    }

    static ProfileConfiguration create(String json) {
        Map<String, Map<String, List<String>>> all = new HashMap<>();
        StrictJson.parseObject(json).members().forEach((pid, value) -> value.asObject()
                .filter(properties -> !pid.startsWith(":"))
                .ifPresent(properties -> all.put(pid, texts(properties))));
        return new ProfileConfiguration(Map.copyOf(all));
    }

    /** As {@link OwnProperties#texts(Map)}; empty when the profile sets nothing. */
    Optional<Map<String, List<String>>> configuration(String pid) {
        return Optional.ofNullable(configurations.get(pid));
    }

    private static Map<String, List<String>> texts(JsonObject properties) {
        Map<String, List<String>> texts = new TreeMap<>();
        properties.members().forEach((key, value) -> {
            if (OwnProperties.isOwn(key)) {
                // name:type
                texts.put(key.replaceFirst(":.*", ""), texts(value));
            }
        });
        return texts;
    }

    private static List<String> texts(JsonValue value) {
        return value instanceof JsonArray array
                ? array.items().stream().map(ProfileConfiguration::text).toList()
                : List.of(text(value));
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonNumber number) {
            BigDecimal exact = number.value();
            return exact.scale() <= 0 ? exact.toBigInteger().toString() : String.valueOf(exact.doubleValue());
        }
        return value.asString().orElseGet(value::toJson);
    }
}
