// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identities in a map, for tests. */
public final class MapIdentityStore implements IdentityStore {

    private final Map<IdentityKey, StoredIdentity> all = new HashMap<>();
    private final Map<IdentityKey, Instant> uses = new HashMap<>();
    private long revision;

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public synchronized List<StoredIdentity> changedAfter(long known) {
        return all.values().stream()
                .filter(identity -> identity.revision() > known)
                .sorted(Comparator.comparing(StoredIdentity::revision))
                .toList();
    }

    @Override
    public synchronized long change(Map<IdentityKey, Optional<String>> contents) {
        revision++;
        contents.forEach((key, content) -> all.put(key, new StoredIdentity(key, revision, content)));
        return revision;
    }

    @Override
    public synchronized void used(Map<IdentityKey, Instant> times) {
        uses.putAll(times);
    }

    @Override
    public synchronized Map<IdentityKey, Instant> uses() {
        return Map.copyOf(uses);
    }

    @Override
    public synchronized int forgetRemoved(Instant before) {
        return 0;
    }

    /** As if what was removed had been forgotten by now. */
    public synchronized void forgetAllRemoved() {
        all.values().removeIf(identity -> identity.content().isEmpty());
    }

    /** Everything that is stored, as text. */
    public synchronized String text() {
        return all.values().toString();
    }
}
