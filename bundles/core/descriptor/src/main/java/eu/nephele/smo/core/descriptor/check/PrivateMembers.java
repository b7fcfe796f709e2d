// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.util.List;
import java.util.Set;

/** Warns about members whose name begins with {@code x-}: they are kept and ignored. */
final class PrivateMembers {

    /** Objects whose members are named by the user, where x- means nothing special. */
    private static final Set<String> FREE = Set.of("valuesOverwrite", "parameters", "objectives", "traffic", "labels");

    private final ValidationFindings findings;

    PrivateMembers(ValidationFindings findings) {
        this.findings = findings;
    }

    void check(JsonValue value, String pointer) {
        if (value instanceof JsonObject object) {
            object.members().forEach((name, member) -> checkMember(name, member, JsonPointers.child(pointer, name)));
        } else if (value instanceof JsonArray array) {
            List<JsonValue> items = array.items();
            for (int i = 0; i < items.size(); i++) {
                check(items.get(i), pointer + "/" + i);
            }
        }
    }

    private void checkMember(String name, JsonValue member, String pointer) {
        if (name.startsWith("x-")) {
            findings.warning("%s is kept and ignored".formatted(pointer));
        } else if (!FREE.contains(name)) {
            check(member, pointer);
        }
    }
}
