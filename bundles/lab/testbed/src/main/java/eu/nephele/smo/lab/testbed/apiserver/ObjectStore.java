// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** The objects of an API server, each change with a version, as etcd keeps them. */
final class ObjectStore {

    private static final String METADATA = "metadata";
    private static final String VERSION = "resourceVersion";
    private static final String SPEC = "spec";
    private static final String STATUS = "status";

    /**
     * A change, for watches.
     *
     * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
     */
    record StoredChange(long version, ObjectPath path, String type, ObjectNode object) {

        boolean concerns(ObjectPath collection) {
            return path.collection().equals(collection.collection())
                    && (collection.namespace().isEmpty() || path.namespace().equals(collection.namespace()));
        }
    }

    private final Map<String, Map<String, ObjectNode>> collections = new TreeMap<>();
    private final List<StoredChange> changes = new ArrayList<>();
    private long version;
    private boolean closed;

    synchronized long version() {
        return version;
    }

    synchronized ObjectNode get(ObjectPath path) {
        return find(path).orElseThrow(() -> StatusException.notFound(path)).deepCopy();
    }

    synchronized List<ObjectNode> list(ObjectPath path, Predicate<JsonNode> which) {
        return collections.getOrDefault(path.collection(), Map.of()).entrySet().stream()
                .filter(entry -> path.namespace().isEmpty() || entry.getKey().startsWith(path.namespace() + "/"))
                .map(Map.Entry::getValue)
                .filter(which)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    synchronized ObjectNode create(ObjectPath collection, ObjectNode object) {
        ObjectNode metadata = object.withObject("/" + METADATA);
        ObjectPath path = collection.named(metadata.path("name").asText());
        path.home().filter(home -> find(home).isEmpty()).ifPresent(home -> {
            throw StatusException.notFound(home);
        });
        if (find(path).isPresent()) {
            throw new StatusException(
                    409, "AlreadyExists", "%s \"%s\" already exists".formatted(path.plural(), path.name()));
        }
        if (!path.namespace().isEmpty()) {
            metadata.put("namespace", path.namespace());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put(
                "creationTimestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.put("generation", 1);
        return stored(path, "ADDED", object);
    }

    /** @throws StatusException {@code 409} when the object names a version that is not the present one any more */
    synchronized ObjectNode replace(ObjectPath path, ObjectNode object) {
        ObjectNode present = find(path).orElseThrow(() -> StatusException.notFound(path));
        String wanted = object.path(METADATA).path(VERSION).asText();
        if (!wanted.isEmpty()
                && !wanted.equals(present.path(METADATA).path(VERSION).asText())) {
            throw new StatusException(
                    409,
                    "Conflict",
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        ObjectNode next = path.subresource().equals(STATUS) ? present.deepCopy() : object.deepCopy();
        ObjectNode source = path.subresource().equals(STATUS) ? object : present;
        if (source.has(STATUS)) {
            next.set(STATUS, source.get(STATUS));
        }
        ObjectNode metadata = next.withObject("/" + METADATA);
        for (String fixed : List.of("uid", "creationTimestamp", "deletionTimestamp", "namespace", "name")) {
            Optional.ofNullable(present.path(METADATA).get(fixed)).ifPresent(value -> metadata.set(fixed, value));
        }
        boolean sameSpec = next.path(SPEC).equals(present.path(SPEC));
        metadata.put("generation", present.path(METADATA).path("generation").asLong() + (sameSpec ? 0 : 1));
        return isLeaving(next) ? removed(path, next) : stored(path, "MODIFIED", next);
    }

    /** Merges as RFC 7386 says: null takes a member away. */
    synchronized ObjectNode merge(ObjectPath path, ObjectNode patch) {
        ObjectNode next = get(path);
        if (!patch.path(METADATA).has(VERSION)) {
            next.withObject("/" + METADATA).remove(VERSION);
        }
        merge(next, patch);
        return replace(path, next);
    }

    /** Deletes an object; an object with finalizers stays, marked as deleted, until they are removed. */
    synchronized ObjectNode delete(ObjectPath path) {
        ObjectNode present = get(path);
        if (present.path(METADATA).path("finalizers").isEmpty()) {
            return removed(path, present);
        }
        if (!present.path(METADATA).has("deletionTimestamp")) {
            present.withObject("/" + METADATA)
                    .put(
                            "deletionTimestamp",
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            return stored(path, "MODIFIED", present);
        }
        return present;
    }

    /** Waits for changes of a collection after a version; empty when the store is closed. */
    synchronized List<StoredChange> after(long seen, ObjectPath collection) throws InterruptedException {
        while (!closed) {
            List<StoredChange> found = changes.stream()
                    .filter(change -> change.version() > seen && change.concerns(collection))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
            wait();
        }
        return List.of();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private Optional<ObjectNode> find(ObjectPath path) {
        return Optional.ofNullable(
                collections.getOrDefault(path.collection(), Map.of()).get(path.namespace() + "/" + path.name()));
    }

    private ObjectNode stored(ObjectPath path, String type, ObjectNode object) {
        ObjectNode kept = publish(path, type, object);
        collections
                .computeIfAbsent(path.collection(), any -> new TreeMap<>())
                .put(path.namespace() + "/" + path.name(), kept);
        return kept.deepCopy();
    }

    private ObjectNode removed(ObjectPath path, ObjectNode object) {
        collections.getOrDefault(path.collection(), Map.of()).remove(path.namespace() + "/" + path.name());
        return publish(path, "DELETED", object).deepCopy();
    }

    private ObjectNode publish(ObjectPath path, String type, ObjectNode object) {
        version++;
        ObjectNode kept = object.deepCopy();
        kept.withObject("/" + METADATA).put(VERSION, Long.toString(version));
        changes.add(new StoredChange(version, path, type, kept));
        notifyAll();
        return kept;
    }

    private static boolean isLeaving(ObjectNode object) {
        return object.path(METADATA).has("deletionTimestamp")
                && object.path(METADATA).path("finalizers").isEmpty();
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull()) {
                into.remove(member.getKey());
            } else if (member.getValue() instanceof ObjectNode inner) {
                ObjectNode target = into.get(member.getKey()) instanceof ObjectNode present
                        ? present
                        : JsonNodeFactory.instance.objectNode();
                merge(target, inner);
                into.set(member.getKey(), target);
            } else {
                into.set(member.getKey(), member.getValue());
            }
        }
    }
}
