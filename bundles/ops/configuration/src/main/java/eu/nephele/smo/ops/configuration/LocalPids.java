// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import java.util.List;
import java.util.Set;

/** Neither stored nor compared with the owner. Documented in {@code docs/operate/configure.md}. */
final class LocalPids {

    /** PIDs of the framework: many have undescribed readers, and some are about files and ports. */
    private static final List<String> FRAMEWORK = List.of("org.apache.", "org.osgi.", "org.eclipse.");

    /** The address of this server for the database, its names and token file, the limits of its HTTP server. */
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
