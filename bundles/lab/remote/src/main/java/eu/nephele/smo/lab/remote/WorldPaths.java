// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.port.WorkloadRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

final class WorldPaths {

    private WorldPaths() {}

    static String release(WorkloadRef ref) {
        return "/releases/" + render(ref);
    }

    static String shares(WorkloadRef ref) {
        return "/workloads/" + render(ref) + "/shares";
    }

    static String rule(WorkloadRef ref, String event) {
        return "/rules/" + render(ref) + "/" + encoded(event);
    }

    /** Parameter of a write that does nothing without a difference. */
    static String ensured(String path) {
        return path + "?ensure=true";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String render(WorkloadRef ref) {
        return encoded(ref.graph().project()) + "/" + encoded(ref.graph().name()) + "/" + encoded(ref.service());
    }
}
