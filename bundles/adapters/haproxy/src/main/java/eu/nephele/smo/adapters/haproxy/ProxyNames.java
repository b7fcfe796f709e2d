// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of proxies and servers in HAProxy: only what ends neither a word nor a line there. */
final class ProxyNames {

    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_.-]{0,252}";
    private static final Pattern PROXY = Pattern.compile("(%1$s):(%1$s):(%1$s)".formatted(WORD));
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private ProxyNames() {}

    /** @throws IllegalArgumentException when the workload has a name that HAProxy cannot have */
    static String name(WorkloadRef workload) {
        String name = "%s:%s:%s"
                .formatted(workload.graph().project(), workload.graph().name(), workload.service());
        if (!PROXY.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name of the workload has other characters than letters, digits, '_', '.' and '-'");
        }
        return name;
    }

    /** Empty for a proxy that is none of a service. */
    static Optional<WorkloadRef> workload(String name) {
        Matcher matcher = PROXY.matcher(name);
        return matcher.matches()
                ? Optional.of(new WorkloadRef(new GraphId(matcher.group(1), matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException when HAProxy cannot have a server of this name */
    static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a member has other characters than %s".formatted(ID));
        }
    }
}
