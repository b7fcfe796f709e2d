// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.store.ShadowStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps shadows in memory, comparisons as their text; can be away. */
final class MemoryShadowStore implements ShadowStore {

    private final Map<String, Shadow> shadows = new LinkedHashMap<>();
    private final Map<String, List<String>> comparisons = new LinkedHashMap<>();
    private volatile boolean away;

    void away(boolean now) {
        away = now;
    }

    private void answer() {
        if (away) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE, "database", "The database does not answer", Optional.empty());
        }
    }

    @Override
    public synchronized void save(Shadow shadow) {
        answer();
        shadows.put(shadow.id(), shadow);
    }

    @Override
    public synchronized List<Shadow> list() {
        return List.copyOf(shadows.values());
    }

    @Override
    public synchronized void remove(String id) {
        answer();
        shadows.remove(id);
        comparisons.remove(id);
    }

    @Override
    public synchronized void append(String shadow, List<JsonObject> more, int most) {
        answer();
        if (shadows.containsKey(shadow)) {
            List<String> kept = comparisons.computeIfAbsent(shadow, any -> new ArrayList<>());
            more.forEach(comparison -> kept.add(comparison.toJson()));
            while (kept.size() > most) {
                kept.remove(0);
            }
        }
    }

    @Override
    public synchronized List<JsonObject> comparisons(String shadow, int limit) {
        List<JsonObject> newestFirst = new ArrayList<>();
        comparisons.getOrDefault(shadow, List.of()).forEach(text -> newestFirst.add(0, StrictJson.parseObject(text)));
        return newestFirst.subList(0, Math.min(limit, newestFirst.size()));
    }

    @Override
    public synchronized Optional<Shadow> find(String id) {
        return Optional.ofNullable(shadows.get(id));
    }
}
