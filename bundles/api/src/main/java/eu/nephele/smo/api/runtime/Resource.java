// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Map;

/**
 * A resource as it shall be and as it was seen last.
 *
 * @param ref its name
 * @param uid unique for ever: one that is made again under the same name has another
 * @param generation rises with each accepted change of the desired document, from 1
 * @param documentVersion version of its kind's documents that it was accepted with
 * @param desired what it shall be
 * @param labels short texts to choose it by
 * @param leaving whether it is to be removed: then it goes as soon as its controller says that nothing is left of it
 * @param status what was seen of it
 * @param createdAt when it was accepted first
 * @param updatedAt when what it shall be was changed last
 */
public record Resource(
        ResourceRef ref,
        String uid,
        long generation,
        int documentVersion,
        JsonObject desired,
        Map<String, String> labels,
        boolean leaving,
        ResourceStatus status,
        Instant createdAt,
        Instant updatedAt) {

    public Resource {
        labels = Map.copyOf(labels);
    }

    /** The same with another document of another version, which means the same. */
    public Resource saying(JsonObject document, int version) {
        return new Resource(ref, uid, generation, version, document, labels, leaving, status, createdAt, updatedAt);
    }

    /** The same, seen like this. */
    public Resource seen(ResourceStatus now) {
        return new Resource(ref, uid, generation, documentVersion, desired, labels, leaving, now, createdAt, updatedAt);
    }

    /** The next generation of it, which is to be removed. */
    public Resource leaving(Instant since) {
        return new Resource(ref, uid, generation + 1, documentVersion, desired, labels, true, status, createdAt, since);
    }

    /** The next generation of it, which is not to be removed any more. */
    public Resource staying(Instant since) {
        return new Resource(
                ref, uid, generation + 1, documentVersion, desired, labels, false, status, createdAt, since);
    }

    /**
     * A key for something outside that exists once for this resource, however often a pass is repeated: given to it as a name,
     * label or description, it is found again after a crash.
     *
     * @param effect what it is, for example {@code server-1}
     */
    public String key(String effect) {
        return "%s/%s/%s".formatted(ref, uid, effect);
    }
}
