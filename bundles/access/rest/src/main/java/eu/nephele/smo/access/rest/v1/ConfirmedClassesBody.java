// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code {"services": {"web": {"cpu": "small", "ram": "light"}}}}. */
final class ConfirmedClassesBody {

    private static final String SERVICES = "services";
    private static final String POINTER = "/" + SERVICES;

    private final BodyMembers members;

    private ConfirmedClassesBody(BodyMembers members) {
        this.members = members;
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers */
    static Map<String, ConfirmedClasses> read(InputStream body) {
        return new ConfirmedClassesBody(BodyMembers.create(body, SERVICES)).services();
    }

    private Map<String, ConfirmedClasses> services() {
        Map<String, ConfirmedClasses> confirmed = new LinkedHashMap<>();
        Optional<JsonNode> given = members.member(SERVICES);
        if (given.isPresent() && given.get() instanceof ObjectNode services) {
            services.properties()
                    .forEach(entry -> confirmed.put(
                            entry.getKey(), classes(JsonPointers.child(POINTER, entry.getKey()), entry.getValue())));
        } else {
            members.wrong(POINTER, "expected an object of services with their classes");
        }
        members.refuse();
        return confirmed;
    }

    private ConfirmedClasses classes(String pointer, JsonNode given) {
        if (!(given instanceof ObjectNode object)) {
            members.wrong(pointer, "expected an object with cpu, ram or both");
            return new ConfirmedClasses(Optional.empty(), Optional.empty());
        }
        BodyMembers.refuseUnknown(object, Set.of("cpu", "ram"), pointer, members.violations());
        return new ConfirmedClasses(name(object, "cpu", pointer), name(object, "ram", pointer));
    }

    private Optional<String> name(ObjectNode object, String member, String pointer) {
        JsonNode name = object.path(member);
        if (name.isMissingNode()) {
            return Optional.empty();
        }
        if (!name.isTextual() || !InputLimits.fits(name.textValue())) {
            members.wrong(pointer + "/" + member, "expected the name of a class");
            return Optional.empty();
        }
        return Optional.of(name.textValue());
    }
}
