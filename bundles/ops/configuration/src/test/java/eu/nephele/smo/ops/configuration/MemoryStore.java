// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.ConfigurationRevision;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import eu.nephele.smo.core.contract.store.StoredConfiguration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A database in memory. */
final class MemoryStore implements ConfigurationStore {

    private final String origin;
    private final Map<String, StoredConfiguration> all = new TreeMap<>();
    private long revision;
    private long number;
    private Optional<EffectiveConfiguration> effective = Optional.empty();
    private boolean away;
    private String refused = "";
    private int questions;

    MemoryStore(String origin) {
        this.origin = origin;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    /** One that it takes no change of. */
    void refuse(String pid) {
        refused = pid;
    }

    /** How often it was asked how far it is. */
    int questions() {
        return questions;
    }

    private void require() {
        if (away) {
            throw SmoException.of(SmoException.Kind.UNAVAILABLE, "database", "It is away.", Optional.empty());
        }
    }

    @Override
    public ConfigurationRevision mark() {
        questions++;
        require();
        return new ConfigurationRevision(origin, revision, number);
    }

    @Override
    public List<StoredConfiguration> changedAfter(long former) {
        require();
        return all.values().stream()
                .filter(change -> change.revision() > former)
                .sorted(Comparator.comparing(StoredConfiguration::revision))
                .toList();
    }

    @Override
    public long change(String pid, Optional<String> content) {
        require();
        if (pid.equals(refused)) {
            throw new IllegalStateException("It does not take " + pid);
        }
        revision++;
        all.put(pid, new StoredConfiguration(pid, revision, content));
        return revision;
    }

    @Override
    public Optional<EffectiveConfiguration> effective() {
        require();
        return effective;
    }

    @Override
    public void effective(EffectiveConfiguration next) {
        require();
        number++;
        effective = Optional.of(next);
    }
}
