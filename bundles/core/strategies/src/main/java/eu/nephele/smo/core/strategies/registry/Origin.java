// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import org.osgi.framework.Version;

/**
 * Origin of a service.
 *
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle, the default version of the service
 * @param content differs after the bundle was installed or updated again; "" when it is unknown
 */
public record Origin(String bundle, Version version, String content) {
    public static final Origin PROGRAM = new Origin("program", Version.emptyVersion);

    public Origin(String bundle, Version version) {
        this(bundle, version, "");
    }
}
