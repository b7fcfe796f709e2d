// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The series of one metric at one moment, found by a label without a scan of all: with as many rules as services it
 * would else be their square.
 */
final class SeriesIndex<T> {

    private final Map<Map<String, String>, T> all;
    private final Map<String, Map<String, List<Map<String, String>>>> byLabel = new HashMap<>();

    /** @param all by labels */
    SeriesIndex(Map<Map<String, String>, T> all) {
        this.all = all;
    }

    Map<Map<String, String>, T> all() {
        return all;
    }

    /** Calls back for each series that the selector matches. */
    void find(Selector selector, BiConsumer<Map<String, String>, T> found) {
        for (Map<String, String> labels : candidates(selector)) {
            T known = all.get(labels);
            if (known != null && selector.accepts(labels)) {
                found.accept(labels, known);
            }
        }
    }

    private Collection<Map<String, String>> candidates(Selector selector) {
        Collection<Map<String, String>> fewest = all.keySet();
        for (Map.Entry<String, String> label : selector.equalities().entrySet()) {
            List<Map<String, String>> having = by(label.getKey()).getOrDefault(label.getValue(), List.of());
            fewest = having.size() < fewest.size() ? having : fewest;
        }
        return fewest;
    }

    private Map<String, List<Map<String, String>>> by(String label) {
        return byLabel.computeIfAbsent(label, unused -> {
            Map<String, List<Map<String, String>>> byValue = new HashMap<>();
            all.keySet().forEach(labels -> byValue.computeIfAbsent(
                            labels.getOrDefault(label, ""), value -> new ArrayList<>())
                    .add(labels));
            return byValue;
        });
    }
}
