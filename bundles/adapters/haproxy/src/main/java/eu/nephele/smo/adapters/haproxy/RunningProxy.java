// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A proxy of a service as HAProxy runs it.
 *
 * @param requests that have come since it was started; connections where it does not speak HTTP
 * @param queued requests in its own queue, which waits for busy members
 * @param responseMillis mean time of the latest answers; empty without answers
 * @param servers by name
 */
record RunningProxy(
        String name, long requests, long queued, OptionalDouble responseMillis, Map<String, RunningServer> servers) {

    RunningProxy {
        servers = Map.copyOf(servers);
    }

    Optional<RunningServer> server(String id) {
        return Optional.ofNullable(servers.get(id));
    }
}
