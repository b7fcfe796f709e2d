// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checked settings.
 *
 * @param connection for clusters whose registry reports none
 * @param pending age at which an interrupted change counts as given up
 * @param replicaValues names of values that take the number of replicas, the preferred one first
 */
record HelmSettings(
        Optional<String> connection,
        Duration call,
        Duration connect,
        Duration answer,
        Duration pending,
        int history,
        List<String> replicaValues,
        boolean removeNamespaces,
        int maxReleaseBytes,
        WorkerSettings worker) {

    private static final int KIB = 1024;
    private static final int LEAST_HEAP_MIB = 32;
    private static final int LEAST_MEMORY_MIB = 128;
    private static final int LEAST_RELEASE_KIB = 64;
    private static final int MOST_RELEASE_KIB = 1024 * 1024;

    /**
     * @param calls after which it is replaced
     * @param memoryMiB resident memory above which it is replaced
     */
    record WorkerSettings(int parallel, int heapMiB, int calls, int memoryMiB) {}

    /** @throws IllegalArgumentException names the key of an invalid value */
    static HelmSettings from(HelmConfig config) {
        return new HelmSettings(
                Optional.of(config.kubeconfig().strip()).filter(text -> !text.isEmpty()),
                Duration.ofSeconds(atLeast(1, "timeoutSeconds", config.timeoutSeconds())),
                Duration.ofMillis(atLeast(1, "connectTimeoutMillis", config.connectTimeoutMillis())),
                Duration.ofMillis(atLeast(1, "timeoutMillis", config.timeoutMillis())),
                Duration.ofSeconds(atLeast(1, "pendingSeconds", config.pendingSeconds())),
                atLeast(2, "historyLimit", config.historyLimit()),
                Stream.of(config.replicaValues())
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(String::strip)
                        .toList(),
                config.removeNamespaces(),
                KIB * between(LEAST_RELEASE_KIB, MOST_RELEASE_KIB, "maxReleaseKiB", config.maxReleaseKiB()),
                new WorkerSettings(
                        between(1, 64, "parallel", config.parallel()),
                        atLeast(LEAST_HEAP_MIB, "workerHeapMiB", config.workerHeapMiB()),
                        atLeast(1, "workerCalls", config.workerCalls()),
                        atLeast(LEAST_MEMORY_MIB, "workerMemoryMiB", config.workerMemoryMiB())));
    }

    private static int atLeast(int least, String key, int value) {
        return between(least, Integer.MAX_VALUE, key, value);
    }

    private static int between(int least, int most, String key, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: %s=%d, expected %s"
                    .formatted(
                            HelmReleases.PID,
                            key,
                            value,
                            most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most));
        }
        return value;
    }
}
