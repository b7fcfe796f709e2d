// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Tells the bundles that the product was started with from those that came in later.
 *
 * @param known whether there is a product that something could be foreign to; not so in a program that embeds the core
 * @param locations what locations of its bundles begin with
 */
record ProductBundles(boolean known, List<String> locations) {
    /** Framework property: beginnings of locations, comma separated, from where bundles are ours besides. */
    private static final String TRUSTED_LOCATIONS = "smo.trusted.locations";

    static ProductBundles of(BundleContext context) {
        Optional<String> home = Optional.ofNullable(context.getProperty("smo.home"));
        String more =
                Optional.ofNullable(context.getProperty(TRUSTED_LOCATIONS)).orElse("");
        List<String> locations = Stream.concat(
                        home.stream().map(folder -> "reference:file:" + folder + "/bundles/"),
                        Arrays.stream(more.split(",", -1)).map(String::strip))
                .filter(location -> !location.isEmpty())
                .toList();
        return new ProductBundles(home.isPresent(), locations);
    }

    boolean contains(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID
                || locations.stream().anyMatch(bundle.getLocation()::startsWith);
    }
}
