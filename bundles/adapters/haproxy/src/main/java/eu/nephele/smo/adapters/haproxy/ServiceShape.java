// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Protocol;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of a service cannot be changed in a running HAProxy.
 *
 * @param queue how long a request waits for a member
 */
record ServiceShape(int port, Protocol protocol, Optional<HealthCheck> check, Duration queue) {

    /** Without quotes, blanks, backslash, {@code #}, {@code $} and {@code ;}: words of a configuration end, or begin, with these. */
    private static final Pattern CHECK_PATH = Pattern.compile("(?:/[A-Za-z0-9/_.~%&=?+:@,*!()-]{0,1024})?");

    /** @throws IllegalArgumentException naming a path that HAProxy would read as something else */
    ServiceShape {
        check.map(HealthCheck::path)
                .filter(path -> !CHECK_PATH.matcher(path).matches())
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            "the path of the check has other characters than %s".formatted(CHECK_PATH));
                });
    }

    static ServiceShape from(Backend backend) {
        return new ServiceShape(backend.port(), backend.protocol(), backend.check(), backend.queue());
    }
}
