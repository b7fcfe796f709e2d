// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Differences to the configuration of the owner: names, never values. */
final class ConfigurationDiff {

    private ConfigurationDiff() {}

    /** One sentence for each difference; both have the same salt. */
    static List<String> between(EffectiveConfiguration owner, EffectiveConfiguration here) {
        List<String> found = new ArrayList<>();
        for (String pid : union(owner.digests().keySet(), here.digests().keySet())) {
            Map<String, String> theirs = owner.digests().get(pid);
            Map<String, String> ours = here.digests().get(pid);
            if (ours == null) {
                found.add("the configuration %s of the owner is missing here".formatted(pid));
            } else if (theirs == null) {
                found.add("the configuration %s is here and missing at the owner".formatted(pid));
            } else {
                properties(pid, theirs, ours, found);
            }
        }
        return List.copyOf(found);
    }

    private static void properties(
            String pid, Map<String, String> theirs, Map<String, String> ours, List<String> found) {
        for (String name : union(theirs.keySet(), ours.keySet())) {
            String property = "%s of the configuration %s".formatted(name, pid);
            if (!ours.containsKey(name)) {
                found.add(property + " is set at the owner and missing here");
            } else if (!theirs.containsKey(name)) {
                found.add(property + " is set here and missing at the owner");
            } else if (!theirs.get(name).equals(ours.get(name))) {
                found.add(property + " is different here than at the owner");
            }
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
