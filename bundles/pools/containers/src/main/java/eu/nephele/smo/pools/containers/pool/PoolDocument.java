// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a pool shall be: its file, as JSON and with references in place of secrets, and when each service was to be replaced last.
 *
 * @param file as somebody wrote it
 * @param replaced by service: a text that is another one each time when all of its containers are to be replaced
 */
record PoolDocument(JsonObject file, Map<String, String> replaced) {

    static final String FILE = "file";
    static final String REPLACED = "replaced";

    private static final String SERVICES = "services";
    private static final String SERVERS = "servers";
    private static final String NAME = "name";

    PoolDocument {
        replaced = Map.copyOf(replaced);
    }

    static PoolDocument from(JsonObject desired) {
        Map<String, String> replaced = new LinkedHashMap<>();
        member(desired, REPLACED).members().forEach((service, text) -> text.asString()
                .ifPresent(known -> replaced.put(service, known)));
        return new PoolDocument(member(desired, FILE), replaced);
    }

    /** Names of the services of the file. */
    Set<String> services() {
        return member(file, SERVICES).members().keySet();
    }

    JsonObject toJson() {
        Map<String, JsonValue> marks = new LinkedHashMap<>();
        new TreeMap<>(replaced).forEach((service, text) -> marks.put(service, new JsonString(text)));
        return JsonObject.EMPTY.with(FILE, file).with(REPLACED, new JsonObject(marks));
    }

    /**
     * The document after a reload: the next file, and what it no longer names as it was. Nothing is removed because a line is missing.
     *
     * @param prune whether what the next file does not name goes
     */
    PoolDocument reloaded(JsonObject next, boolean prune) {
        JsonObject whole = prune ? next : withServers(withServices(next));
        Map<String, String> marks = new LinkedHashMap<>(replaced);
        marks.keySet().retainAll(member(whole, SERVICES).members().keySet());
        return new PoolDocument(whole, marks);
    }

    /** @param image of the service from now on; empty: as it is */
    PoolDocument replacing(String service, String mark, Optional<String> image) {
        Map<String, String> marks = new LinkedHashMap<>(replaced);
        marks.put(service, mark);
        JsonObject services = member(file, SERVICES);
        JsonObject changed = image.map(reference ->
                        services.with(service, member(services, service).with("image", new JsonString(reference))))
                .orElse(services);
        return new PoolDocument(file.with(SERVICES, changed), marks);
    }

    private JsonObject withServices(JsonObject next) {
        Map<String, JsonValue> all = new LinkedHashMap<>(member(next, SERVICES).members());
        member(file, SERVICES).members().forEach(all::putIfAbsent);
        return next.with(SERVICES, new JsonObject(all));
    }

    private JsonObject withServers(JsonObject next) {
        List<JsonValue> all = new ArrayList<>(items(next));
        Set<String> names = new LinkedHashSet<>();
        all.forEach(server -> names.add(name(server)));
        items(file).stream().filter(server -> names.add(name(server))).forEach(all::add);
        return next.with(SERVERS, new JsonArray(all));
    }

    private static List<JsonValue> items(JsonObject file) {
        return file.get(SERVERS)
                .filter(JsonArray.class::isInstance)
                .map(list -> ((JsonArray) list).items())
                .orElse(List.of());
    }

    private static String name(JsonValue server) {
        return server.asObject()
                .flatMap(members -> members.get(NAME))
                .flatMap(JsonValue::asString)
                .orElse("");
    }

    private static JsonObject member(JsonObject object, String name) {
        return object.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }
}
