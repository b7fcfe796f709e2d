// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.Map;
import java.util.Optional;

/**
 * What HAProxy runs at one moment.
 *
 * @param generation of the configuration that it has read; "" for one of somebody else
 * @param waiting requests that wait for a member, by proxy
 * @param proxies by name
 */
record RunningView(String generation, Map<String, Long> waiting, Map<String, RunningProxy> proxies) {

    RunningView {
        waiting = Map.copyOf(waiting);
        proxies = Map.copyOf(proxies);
    }

    Optional<RunningProxy> proxy(String name) {
        return Optional.ofNullable(proxies.get(name));
    }

    /** Requests of a service that no member has yet. */
    long waitingFor(String name) {
        return waiting.getOrDefault(name, 0L)
                + proxy(name).map(RunningProxy::queued).orElse(0L);
    }
}
