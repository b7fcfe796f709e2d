// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.List;
import java.util.Set;

/**
 * Configurations that are of one server by their nature: they are neither content of the store nor compared with those of the owner.
 * Documented in {@code docs/operate/configure.md}.
 */
final class LocalPids {

    /** Of the framework: many are read by more than what they describe, and some are about files and ports. */
    private static final List<String> FRAMEWORK = List.of("org.apache.", "org.osgi.", "org.eclipse.");

    /**
     * The database itself with the address of this server; names of this server and where its token is; how much the HTTP server of
     * this machine takes.
     */
    private static final Set<String> OURS =
            Set.of("eu.nephele.smo.core.store", "eu.nephele.smo.access.security", "eu.nephele.smo.access.front");

    private LocalPids() {}

    static boolean contains(String pid) {
        return isOfFramework(pid) || isOfProduct(pid);
    }

    /** Those that the product itself reads. */
    static boolean isOfProduct(String pid) {
        return OURS.contains(pid.replaceFirst("~.*", ""));
    }

    static boolean isOfFramework(String pid) {
        return FRAMEWORK.stream().anyMatch(pid::startsWith);
    }
}
