// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the values of intents; errors name the JSON pointer. */
final class LocationValues {

    private LocationValues() {}

    static String serviceOf(Intent intent) {
        return intent.service()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: %s belongs to a service".formatted(intent.pointer(), intent.name())));
    }

    static JsonObject objectOf(Intent intent) {
        return intent.value()
                .asObject()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": expected an object"));
    }

    /** Returns the texts of a member, in order; empty if the member is missing. */
    static Optional<Set<String>> texts(Intent intent, JsonObject value, String member) {
        String pointer = intent.pointer() + "/" + member;
        return value.get(member).map(given -> {
            List<JsonValue> items = given.asArray()
                    .orElseThrow(() -> new IllegalArgumentException(pointer + ": expected a list of texts"));
            Set<String> texts = new LinkedHashSet<>();
            for (int i = 0; i < items.size(); i++) {
                texts.add(text(pointer + "/" + i, items.get(i)));
            }
            return texts;
        });
    }

    static String text(String pointer, JsonValue value) {
        return value.asString().orElseThrow(() -> new IllegalArgumentException(pointer + ": expected a text"));
    }
}
