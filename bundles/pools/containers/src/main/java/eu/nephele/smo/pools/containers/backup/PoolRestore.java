// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a pool becomes by a copy: its file as it was, and of the rest what is there now. */
public final class PoolRestore {

    private static final String SERVICES = "services";
    private static final String SERVERS = "servers";

    private final JsonObject present;
    private final JsonObject restored;

    /**
     * @param present what the pool shall be now, as its resource says; empty when there is none
     * @param file to restore: that of a copy
     * @param prune whether services and servers that the copy does not have go
     */
    public PoolRestore(JsonObject present, JsonObject file, boolean prune) {
        this.present = member(present, "file");
        this.restored = prune ? file : withServers(withServices(file));
    }

    /**
     * The resource: what it notes of services that are still there, and which text was read last, stay, so that nothing is replaced for
     * it and a start of the server does not take it back.
     *
     * @param project of a pool that is not there
     */
    public JsonObject desired(JsonObject presentResource, String project) {
        JsonObject whole = presentResource.get("project").isPresent()
                ? presentResource
                : presentResource.with("project", new JsonString(project));
        return new ServiceNotes(whole).with(restored);
    }

    /** What changes, one line each: {@code + services web}, {@code - servers edge-2}, {@code ~ services web image}. */
    public List<String> changes() {
        List<String> lines = new ArrayList<>();
        compare(SERVERS, byName(present), byName(restored), lines);
        compare(
                SERVICES,
                member(present, SERVICES).members(),
                member(restored, SERVICES).members(),
                lines);
        Map<String, JsonValue> before = settings(present);
        Map<String, JsonValue> after = settings(restored);
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.stream()
                .filter(key -> !same(key, before, after))
                .map(key -> "~ " + key)
                .forEach(lines::add);
        return List.copyOf(lines);
    }

    private static void compare(
            String kind, Map<String, JsonValue> before, Map<String, JsonValue> after, List<String> lines) {
        after.forEach((name, value) -> {
            if (!before.containsKey(name)) {
                lines.add("+ %s %s".formatted(kind, name));
            } else if (!same(name, before, after)) {
                lines.add("~ %s %s %s"
                        .formatted(
                                kind,
                                name,
                                String.join(
                                        ", ",
                                        keys(
                                                member(new JsonObject(before), name),
                                                member(new JsonObject(after), name)))));
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .map(name -> "- %s %s".formatted(kind, name))
                .forEach(lines::add);
    }

    private static List<String> keys(JsonObject one, JsonObject other) {
        TreeSet<String> names = new TreeSet<>(one.members().keySet());
        names.addAll(other.members().keySet());
        return names.stream()
                .filter(name -> !same(name, one.members(), other.members()))
                .toList();
    }

    private static boolean same(String key, Map<String, JsonValue> one, Map<String, JsonValue> other) {
        return canonical(key, one).equals(canonical(key, other));
    }

    private static Optional<String> canonical(String key, Map<String, JsonValue> members) {
        return Optional.ofNullable(members.get(key)).map(JsonValue::canonical);
    }

    private static Map<String, JsonValue> settings(JsonObject file) {
        Map<String, JsonValue> settings = new LinkedHashMap<>(file.members());
        settings.remove(SERVERS);
        settings.remove(SERVICES);
        return settings;
    }

    private JsonObject withServices(JsonObject next) {
        Map<String, JsonValue> all = new LinkedHashMap<>(member(next, SERVICES).members());
        member(present, SERVICES).members().forEach(all::putIfAbsent);
        return next.with(SERVICES, new JsonObject(all));
    }

    private JsonObject withServers(JsonObject next) {
        Map<String, JsonValue> all = byName(next);
        byName(present).forEach(all::putIfAbsent);
        return next.with(SERVERS, new JsonArray(List.copyOf(all.values())));
    }

    private static Map<String, JsonValue> byName(JsonObject file) {
        Map<String, JsonValue> servers = new LinkedHashMap<>();
        file.get(SERVERS).filter(JsonArray.class::isInstance).ifPresent(list -> ((JsonArray) list)
                .items()
                .forEach(server -> servers.put(
                        server.asObject()
                                .flatMap(members -> members.get("name"))
                                .flatMap(JsonValue::asString)
                                .orElse(""),
                        server)));
        return servers;
    }

    private static JsonObject member(JsonObject object, String name) {
        return object.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
    }
}
