// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * By labels, the operator of a Kubernetes cluster says which artifact types it runs beside Helm charts, or that it runs none of these:
 * {@code smo.nephele.eu/runs-TYPE} with the value {@code true}; any other value means that it does not.
 */
public final class ArtifactTypeLabels {

    /** Before the type, in lower case. */
    public static final String PREFIX = "smo.nephele.eu/runs-";

    /** A type that nobody deploys, of a cluster that runs none: that it says so is not the same as that it does not say. */
    public static final String NONE = "none";

    private static final String USUAL = "helm";

    private ArtifactTypeLabels() {}

    /** Returns the artifact types that a Kubernetes cluster with these labels runs, in lower case; at least one, perhaps {@link #NONE}. */
    public static Set<String> types(Map<String, String> labels) {
        Set<String> types = new TreeSet<>(Set.of(USUAL));
        labels.forEach((label, value) -> {
            if (label.startsWith(PREFIX)) {
                String type = label.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
                if (Boolean.parseBoolean(value)) {
                    types.add(type);
                } else {
                    types.remove(type);
                }
            }
        });
        return types.isEmpty() ? Set.of(NONE) : types;
    }
}
