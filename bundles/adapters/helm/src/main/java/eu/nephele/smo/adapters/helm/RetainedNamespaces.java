// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reasons for which namespaces stay that were to be removed, as last observed; the latest thousand. */
final class RetainedNamespaces {

    private static final int MOST = 1000;

    private record Where(String namespace, String reference) {}

    private final Map<Where, String> reasons = new LinkedHashMap<>();

    /** @param why empty if it is removed, or is still used */
    synchronized void put(String namespace, HelmConnection connection, Optional<String> why) {
        Where where = new Where(namespace, connection.reference());
        reasons.remove(where);
        why.ifPresent(reason -> {
            reasons.put(where, reason);
            if (reasons.size() > MOST) {
                reasons.remove(reasons.keySet().iterator().next());
            }
        });
    }

    synchronized List<String> list(String namespace) {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .map(Map.Entry::getValue)
                .toList();
    }
}
