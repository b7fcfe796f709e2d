// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of objects that run pods and have a judged roll-out. */
public enum WorkloadKind {
    DEPLOYMENT("apps/v1", "Deployment", true),
    STATEFUL_SET("apps/v1", "StatefulSet", true),
    /** One pod on each node that it selects. */
    DAEMON_SET("apps/v1", "DaemonSet", false),
    /** Pods that end. */
    JOB("batch/v1", "Job", false);

    private final String apiVersion;
    private final String object;
    private final boolean scaled;

    WorkloadKind(String apiVersion, String object, boolean scaled) {
        this.apiVersion = apiVersion;
        this.object = object;
        this.scaled = scaled;
    }

    public static Optional<WorkloadKind> find(String object) {
        return Stream.of(values()).filter(kind -> kind.object.equals(object)).findFirst();
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** For example {@code StatefulSet}. */
    public String object() {
        return object;
    }

    /** In paths. */
    public String plural() {
        return singular() + "s";
    }

    /** In the names of ResourceBindings. */
    public String singular() {
        return object.toLowerCase(Locale.ROOT);
    }

    /** Returns whether its number of pods is set in its specification, not determined by its controller. */
    public boolean isScaled() {
        return scaled;
    }
}
