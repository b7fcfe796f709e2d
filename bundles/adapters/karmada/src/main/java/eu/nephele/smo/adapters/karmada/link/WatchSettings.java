// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Settings of a watch.
 *
 * @param gpuNames names of resources that are whole GPUs
 * @param namespaces where workloads are; none: everywhere
 * @param resync how often everything is listed again
 * @param unreachable how long a server may not answer before its last state becomes invalid
 * @param silent how long a member of a federation may not answer before it is not ready; zero: it is not probed
 */
public record WatchSettings(
        Set<String> gpuNames, List<String> namespaces, Duration resync, Duration unreachable, Duration silent) {

    /** Settings without member probes. */
    public WatchSettings(Set<String> gpuNames, List<String> namespaces, Duration resync, Duration unreachable) {
        this(gpuNames, namespaces, resync, unreachable, Duration.ZERO);
    }
}
