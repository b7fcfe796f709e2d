// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.List;
import java.util.Set;

/**
 * Configurations that are local to one server: they are neither stored nor compared with those of the owner.
 * Documented in {@code docs/operate/configure.md}.
 */
final class LocalPids {

    /** PIDs of the framework: many have undescribed readers, and some are about files and ports. */
    private static final List<String> FRAMEWORK = List.of("org.apache.", "org.osgi.", "org.eclipse.");

    /**
     * PIDs of the database with the address of this server, of the server's names and token file, and of the limits of
     * its HTTP server.
     */
    private static final Set<String> OURS =
            Set.of("eu.nephele.smo.core.store", "eu.nephele.smo.access.security", "eu.nephele.smo.access.front");

    private LocalPids() {}

    static boolean contains(String pid) {
        return isOfFramework(pid) || isOfProduct(pid);
    }

    /** Local PIDs that the product itself reads. */
    static boolean isOfProduct(String pid) {
        return OURS.contains(pid.replaceFirst("~.*", ""));
    }

    static boolean isOfFramework(String pid) {
        return FRAMEWORK.stream().anyMatch(pid::startsWith);
    }
}
