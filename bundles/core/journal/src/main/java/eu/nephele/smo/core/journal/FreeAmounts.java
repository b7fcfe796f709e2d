// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Free resources of many clusters as JSON, by resource: a tenth of the text of one object for each cluster. */
final class FreeAmounts {

    private FreeAmounts() {}

    static JsonObject json(List<ClusterCapacity> clusters) {
        List<Map<String, Long>> amounts =
                clusters.stream().map(cluster -> cluster.free().byName()).toList();
        Set<String> names = new TreeSet<>();
        amounts.forEach(amount -> names.addAll(amount.keySet()));
        Map<String, JsonValue> members = new LinkedHashMap<>();
        names.forEach(name -> members.put(name, column(amounts, name)));
        return new JsonObject(members);
    }

    private static JsonValue column(List<Map<String, Long>> amounts, String name) {
        long[] column = amounts.stream()
                .mapToLong(amount -> amount.getOrDefault(name, 0L))
                .toArray();
        long first = column[0];
        return IntStream.range(0, column.length).allMatch(c -> column[c] == first)
                ? JsonNumber.of(first)
                : new JsonArray(IntStream.range(0, column.length)
                        .<JsonValue>mapToObj(c -> JsonNumber.of(column[c]))
                        .toList());
    }

    /** @param count of clusters */
    static List<Resources> read(JsonObject json, int count) {
        return IntStream.range(0, count).mapToObj(cluster -> on(json, cluster)).toList();
    }

    private static Resources on(JsonObject json, int cluster) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        json.members().forEach((name, column) -> amounts.put(name, amount(column, cluster)));
        return Resources.ofNames(amounts);
    }

    private static long amount(JsonValue column, int cluster) {
        JsonValue number = column.asArray().map(items -> items.get(cluster)).orElse(column);
        return number.asNumber().orElseThrow().longValueExact();
    }
}
