// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code {"desired": {…}, "labels": {"tier": "fast"}}}; labels are empty when not given. */
record DesiredResourceBody(JsonObject desired, Map<String, String> labels) {

    DesiredResourceBody {
        labels = Map.copyOf(labels);
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers */
    static DesiredResourceBody read(InputStream body) {
        BodyMembers members = BodyMembers.create(body, "desired", "labels");
        if (members.member("desired").isEmpty()) {
            members.wrong("/desired", "is missing, expected an object with the desired state of the resource");
        }
        JsonObject desired = members.object("desired").orElse(JsonObject.EMPTY);
        Map<String, String> labels = new LinkedHashMap<>();
        members.object("labels").orElse(JsonObject.EMPTY).members().forEach((name, value) -> {
            Optional<String> text = value.asString();
            text.ifPresentOrElse(
                    told -> labels.put(name, told),
                    () -> members.wrong(JsonPointers.child("/labels", name), "expected a text"));
        });
        members.refuse();
        return new DesiredResourceBody(desired, labels);
    }

    /** @param generation required generation; empty for any */
    ResourceWish on(OptionalLong generation) {
        return new ResourceWish(desired, labels, generation);
    }
}
