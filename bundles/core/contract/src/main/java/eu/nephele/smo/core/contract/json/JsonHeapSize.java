// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.Map;

/** Estimates the heap size of a JSON value: objects by the piece, texts by their length. */
public final class JsonHeapSize {

    private static final long VALUE = 40;
    private static final long OBJECT = 80;
    private static final long MEMBER = 56;
    /** Beyond a few members an object has a hash table. */
    private static final int FEW = 16;

    private static final long HASHED_MEMBER = 96;
    private static final long CHARACTER = 2;

    private JsonHeapSize() {}

    /** @return bytes */
    public static long estimate(JsonValue value) {
        if (value instanceof JsonObject object) {
            long each = object.members().size() > FEW ? HASHED_MEMBER : MEMBER;
            long bytes = OBJECT;
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                bytes += each + CHARACTER * member.getKey().length() + estimate(member.getValue());
            }
            return bytes;
        } else if (value instanceof JsonArray array) {
            long bytes = VALUE;
            for (JsonValue item : array.items()) {
                bytes += estimate(item);
            }
            return bytes;
        } else if (value instanceof JsonString text) {
            return VALUE + CHARACTER * text.value().length();
        }
        return VALUE;
    }
}
