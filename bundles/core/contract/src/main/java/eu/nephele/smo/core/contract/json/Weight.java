// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;

/** What a JSON value takes of the heap, roughly: objects by the piece, texts by their length. */
public final class Weight {

    private static final long VALUE = 40;
    private static final long MEMBER = 96;
    private static final long CHARACTER = 2;

    private Weight() {}

    /** @return bytes */
    public static long of(JsonValue value) {
        if (value instanceof JsonObject object) {
            return VALUE
                    + object.members().entrySet().stream()
                            .mapToLong(member ->
                                    MEMBER + CHARACTER * member.getKey().length() + of(member.getValue()))
                            .sum();
        } else if (value instanceof JsonArray array) {
            return VALUE + array.items().stream().mapToLong(Weight::of).sum();
        } else if (value instanceof JsonString text) {
            return VALUE + CHARACTER * text.value().length();
        }
        return VALUE;
    }
}
