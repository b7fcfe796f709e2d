// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import java.util.Set;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;

/**
 * Packages that bundles of the product share with each other, and with no plugin: all of our packages but the contract for
 * partners.
 */
public final class InternalPackages {

    private static final String OURS = "eu.nephele.smo";
    private static final String API = OURS + ".api";
    private static final Set<String> WIRING =
            Set.of(PackageNamespace.PACKAGE_NAMESPACE, BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE);

    private InternalPackages() {}

    /** Returns whether a capability of a bundle of the product is none for plugins. */
    public static boolean include(BundleCapability capability) {
        String name = String.valueOf(capability.getAttributes().get(capability.getNamespace()));
        boolean ours = name.equals(OURS) || name.startsWith(OURS + ".");
        boolean api = name.equals(API) || name.startsWith(API + ".");
        return isWiring(capability) && ours && !(isPackage(capability) && api);
    }

    public static boolean isWiring(BundleCapability capability) {
        return WIRING.contains(capability.getNamespace());
    }

    private static boolean isPackage(BundleCapability capability) {
        return capability.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE);
    }
}
