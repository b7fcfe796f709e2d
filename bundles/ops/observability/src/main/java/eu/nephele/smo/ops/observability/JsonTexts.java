// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;

final class JsonTexts {

    private JsonTexts() {}

    /** @param members name, value, name, value, …; values are texts or whole numbers */
    static String object(Object... members) {
        JsonObject object = JsonObject.EMPTY;
        for (int i = 0; i < members.length; i += 2) {
            String name = members[i].toString();
            object = members[i + 1] instanceof Integer number
                    ? object.with(name, JsonNumber.of(number))
                    : object.with(name, new JsonString(members[i + 1].toString()));
        }
        return object.toJson();
    }
}
