// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the resource of a pool notes of its services beside the file: when each was replaced last, the number by hand, and its last
 * update.
 */
public final class ServiceNotes {

    private static final String FILE = "file";
    private static final String REPLACED = "replaced";
    private static final String SCALED = "scaled";
    private static final String UPDATES = "updates";

    private final JsonObject resource;

    public ServiceNotes(JsonObject resource) {
        this.resource = resource;
    }

    /**
     * The resource with another file. Notes of services that it does not have go; so does the update of one that gets another image
     * by the file: it is not what runs, and could not be taken back any more.
     */
    public JsonObject with(JsonObject file) {
        JsonObject services = services(file);
        JsonObject next = resource.with(FILE, file).with(REPLACED, kept(REPLACED, services));
        if (resource.get(SCALED).isPresent()) {
            next = next.with(SCALED, kept(SCALED, services));
        }
        if (resource.get(UPDATES).isPresent()) {
            JsonObject before = services(member(resource, FILE));
            Map<String, JsonValue> kept =
                    new LinkedHashMap<>(kept(UPDATES, services).members());
            kept.keySet().removeIf(service -> !image(services, service).equals(image(before, service)));
            next = next.with(UPDATES, new JsonObject(kept));
        }
        return next;
    }

    private JsonObject kept(String notes, JsonObject services) {
        Map<String, JsonValue> kept =
                new LinkedHashMap<>(member(resource, notes).members());
        kept.keySet().retainAll(services.members().keySet());
        return new JsonObject(kept);
    }

    private static Optional<String> image(JsonObject services, String service) {
        return member(services, service).get("image").flatMap(JsonValue::asString);
    }

    private static JsonObject services(JsonObject file) {
        return member(file, "services");
    }

    private static JsonObject member(JsonObject object, String name) {
        return object.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }
}
