// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.pools.containers.backup.ServiceNotes;
import java.time.Instant;
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
 * @param project of its graphs
 * @param source digest of the text that the file was read from last, "" when it was not read from one
 * @param replaced by service: when all of its containers are to be replaced
 * @param scaled by service: the number of replicas that a person asked for last
 * @param updates by service: the last replacement, and what ran before
 */
record PoolDocument(
        JsonObject file,
        String project,
        String source,
        Map<String, Replacement> replaced,
        Map<String, ManualScale> scaled,
        Map<String, ServiceUpdate> updates) {

    static final String FILE = "file";
    static final String PROJECT = "project";
    static final String SOURCE = "source";
    static final String REPLACED = "replaced";
    static final String SCALED = "scaled";
    static final String UPDATES = "updates";
    static final String MARK = "mark";
    static final String PULL = "pull";
    static final String USUAL_PROJECT = "containers";

    private static final String SERVICES = "services";
    private static final String SERVERS = "servers";
    private static final String NAME = "name";

    PoolDocument {
        replaced = Map.copyOf(replaced);
        scaled = Map.copyOf(scaled);
        updates = Map.copyOf(updates);
    }

    /** Without numbers by hand and updates. */
    PoolDocument(JsonObject file, String project, String source, Map<String, Replacement> replaced) {
        this(file, project, source, replaced, Map.of(), Map.of());
    }

    /**
     * A replacement of all containers of a service.
     *
     * @param mark another text each time
     * @param pull whether the image is looked up anew, under the same reference
     */
    record Replacement(String mark, boolean pull) {

        static Replacement from(JsonObject said) {
            return new Replacement(
                    said.get(MARK).flatMap(JsonValue::asString).orElse(""),
                    said.get(PULL).filter(new JsonBoolean(true)::equals).isPresent());
        }

        JsonObject toJson() {
            JsonObject json = JsonObject.EMPTY.with(MARK, new JsonString(mark));
            return pull ? json.with(PULL, new JsonBoolean(true)) : json;
        }
    }

    /** Of a pool that is not there yet. */
    static PoolDocument empty(String project) {
        return new PoolDocument(JsonObject.EMPTY, project, "", Map.of());
    }

    static PoolDocument from(JsonObject desired) {
        Map<String, Replacement> replaced = new LinkedHashMap<>();
        member(desired, REPLACED).members().forEach((service, said) -> said.asObject()
                .ifPresent(known -> replaced.put(service, Replacement.from(known))));
        Map<String, ManualScale> scaled = new LinkedHashMap<>();
        member(desired, SCALED).members().forEach((service, said) -> said.asObject()
                .flatMap(ManualScale::read)
                .ifPresent(known -> scaled.put(service, known)));
        Map<String, ServiceUpdate> updates = new LinkedHashMap<>();
        member(desired, UPDATES).members().forEach((service, said) -> said.asObject()
                .flatMap(ServiceUpdate::from)
                .ifPresent(known -> updates.put(service, known)));
        return new PoolDocument(
                member(desired, FILE),
                desired.get(PROJECT).flatMap(JsonValue::asString).orElse(USUAL_PROJECT),
                desired.get(SOURCE).flatMap(JsonValue::asString).orElse(""),
                replaced,
                scaled,
                updates);
    }

    /** Names of the services of the file. */
    Set<String> services() {
        return member(file, SERVICES).members().keySet();
    }

    JsonObject toJson() {
        Map<String, JsonValue> replacements = new LinkedHashMap<>();
        new TreeMap<>(replaced).forEach((service, replacement) -> replacements.put(service, replacement.toJson()));
        JsonObject json = JsonObject.EMPTY
                .with(FILE, file)
                .with(PROJECT, new JsonString(project))
                .with(SOURCE, new JsonString(source))
                .with(REPLACED, new JsonObject(replacements));
        if (!scaled.isEmpty()) {
            Map<String, JsonValue> numbers = new LinkedHashMap<>();
            new TreeMap<>(scaled).forEach((service, number) -> numbers.put(service, number.toJson()));
            json = json.with(SCALED, new JsonObject(numbers));
        }
        if (!updates.isEmpty()) {
            Map<String, JsonValue> said = new LinkedHashMap<>();
            new TreeMap<>(updates).forEach((service, update) -> said.put(service, update.toJson()));
            json = json.with(UPDATES, new JsonObject(said));
        }
        return json;
    }

    /**
     * The document after a reload: the next file, and what it no longer names as it was. Nothing is removed because a line is missing.
     *
     * @param read digest of the text of the next file
     * @param prune whether what the next file does not name goes
     */
    PoolDocument reloaded(JsonObject next, String read, boolean prune) {
        JsonObject whole = prune ? next : withServers(withServices(next));
        return from(new ServiceNotes(toJson()).with(whole).with(SOURCE, new JsonString(read)));
    }

    /**
     * @param image of the service from now on; empty: as it is
     * @param unfinished the update that this one comes in the middle of, which brought nothing yet
     */
    PoolDocument replacing(
            String service,
            Replacement replacement,
            Optional<String> image,
            Optional<ServiceUpdate> unfinished,
            Instant now) {
        ServiceUpdate update = new ServiceUpdate(
                image.orElseGet(() -> image(file, service)),
                unfinished.map(ServiceUpdate::from).orElseGet(() -> image(file, service)),
                unfinished.map(ServiceUpdate::before).orElseGet(() -> Optional.ofNullable(replaced.get(service))),
                now,
                Optional.empty());
        return with(service, update.image(), Optional.of(replacement), update);
    }

    /** The document after an update was aborted: the image and the mark of before, so that what still runs of it stays. */
    PoolDocument aborting(String service, ServiceUpdate update, Instant now) {
        return with(service, update.from(), update.before(), update.aborted(now));
    }

    private PoolDocument with(String service, String image, Optional<Replacement> replacement, ServiceUpdate update) {
        Map<String, Replacement> marks = new LinkedHashMap<>(replaced);
        replacement.ifPresentOrElse(mark -> marks.put(service, mark), () -> marks.remove(service));
        Map<String, ServiceUpdate> known = new LinkedHashMap<>(updates);
        known.put(service, update);
        JsonObject services = member(file, SERVICES);
        JsonObject changed =
                services.with(service, member(services, service).with(ServiceUpdate.IMAGE, new JsonString(image)));
        return new PoolDocument(file.with(SERVICES, changed), project, source, marks, scaled, known);
    }

    /** @param next numbers by service */
    PoolDocument scaling(Map<String, ManualScale> next) {
        Map<String, ManualScale> numbers = new LinkedHashMap<>(scaled);
        numbers.putAll(next);
        return new PoolDocument(file, project, source, replaced, numbers, updates);
    }

    private static String image(JsonObject file, String service) {
        return member(member(file, SERVICES), service)
                .get(ServiceUpdate.IMAGE)
                .flatMap(JsonValue::asString)
                .orElse("");
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
