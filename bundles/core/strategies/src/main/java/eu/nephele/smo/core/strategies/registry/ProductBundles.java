// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Tells the bundles that the product was started with from those that came in later.
 *
 * @param home where bundles of the product are; empty in a program that embeds the core
 */
record ProductBundles(Optional<String> home) {
    static ProductBundles of(BundleContext context) {
        return new ProductBundles(Optional.ofNullable(context.getProperty("smo.home"))
                .map(home -> "reference:file:" + home + "/bundles"));
    }

    boolean contains(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID
                || home.filter(bundle.getLocation()::startsWith).isPresent();
    }

    /** Whether there is a product that something could be foreign to. */
    boolean known() {
        return home.isPresent();
    }
}
