// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Restores problems from stored inputs. Inputs that thousands of decisions share are parsed once, which takes longer
 * than all the rest; those used last are cached within a fixed part of the heap. A digest never means another content.
 */
final class ClusterSnapshotCache {

    static final long MOST_BYTES = 16L << 20;

    private final Function<String, Optional<JsonObject>> stored;
    // in the order of their last use; guarded by itself
    private final Map<String, SharedClusterSnapshot> known = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param stored reads shared inputs by their digest; empty when they are not kept any more */
    ClusterSnapshotCache(Function<String, Optional<JsonObject>> stored) {
        this.stored = stored;
    }

    /**
     * @param inputs of the decision; what they share needs no content
     * @return empty when what they share is not kept any more
     */
    Optional<PlacementRequest> request(Snapshot inputs) {
        if (inputs.shared().isEmpty()) {
            return Optional.of(PlacementSnapshotJson.request(inputs.content()));
        }
        return federation(inputs.shared().get().digest())
                .map(sharedClusterSnapshot -> PlacementSnapshotJson.request(inputs.content(), sharedClusterSnapshot));
    }

    private Optional<SharedClusterSnapshot> federation(String digest) {
        synchronized (known) {
            SharedClusterSnapshot kept = known.get(digest);
            if (kept != null) {
                return Optional.of(kept);
            }
        }
        Optional<SharedClusterSnapshot> read = stored.apply(digest).map(PlacementSnapshotJson::federation);
        read.ifPresent(sharedClusterSnapshot -> keep(digest, sharedClusterSnapshot));
        return read;
    }

    private void keep(String digest, SharedClusterSnapshot read) {
        synchronized (known) {
            if (known.put(digest, read) == null) {
                bytes += read.bytes();
            }
            Iterator<SharedClusterSnapshot> oldest = known.values().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
        }
    }

    long bytes() {
        synchronized (known) {
            return bytes;
        }
    }
}
