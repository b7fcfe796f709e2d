// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Constants;

/**
 * Of several services for the same name that with the highest ranking, and of equals the one that came last: a
 * successor takes over at once. The engine calls the same one; a reference of Declarative Services to a single service
 * would keep the first.
 */
public final class HighestRanked {

    private HighestRanked() {}

    /** Returns the service that is called. */
    public static <T> Optional<Map.Entry<Map<String, Object>, T>> find(List<Map.Entry<Map<String, Object>, T>> all) {
        return all.stream().max(Comparator.comparing(Map.Entry::getKey, HighestRanked::byRank));
    }

    /** Returns all of them, the one that is called first. */
    public static <T> List<Map.Entry<Map<String, Object>, T>> inOrder(List<Map.Entry<Map<String, Object>, T>> all) {
        Comparator<Map.Entry<Map<String, Object>, T>> leastFirst =
                Comparator.comparing(Map.Entry::getKey, HighestRanked::byRank);
        return all.stream().sorted(leastFirst.reversed()).toList();
    }

    /**
     * Returns the service that is called for each name.
     *
     * @param property that has the name
     */
    public static <T> Map<String, Map.Entry<Map<String, Object>, T>> byName(
            List<Map.Entry<Map<String, Object>, T>> all, String property) {
        Map<String, Map.Entry<Map<String, Object>, T>> byName = new TreeMap<>();
        all.stream()
                .sorted(Comparator.comparing(Map.Entry::getKey, HighestRanked::byRank))
                .forEach(found -> byName.put(String.valueOf(found.getKey().get(property)), found));
        return byName;
    }

    private static int byRank(Map<String, Object> one, Map<String, Object> other) {
        int byRanking = Long.compare(number(one, Constants.SERVICE_RANKING), number(other, Constants.SERVICE_RANKING));
        return byRanking != 0
                ? byRanking
                : Long.compare(number(one, Constants.SERVICE_ID), number(other, Constants.SERVICE_ID));
    }

    private static long number(Map<String, Object> properties, String name) {
        return properties.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
