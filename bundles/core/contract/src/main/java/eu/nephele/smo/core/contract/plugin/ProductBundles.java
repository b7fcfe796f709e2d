// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Distinguishes the bundles that the product was started with from later ones.
 *
 * @param known whether there is a product that something could be foreign to; not so in a program that embeds the core
 * @param locations what locations of its bundles begin with
 */
public record ProductBundles(boolean known, List<String> locations) {
    /** Framework property: beginnings of locations, comma separated, from where bundles are ours besides. */
    private static final String TRUSTED_LOCATIONS = "smo.trusted.locations";

    private static final String REFERENCE = "reference:file:";
    private static final String BUNDLES_FOLDER = "/bundles/";

    /** The product lies in its home, and where the bundle of this context lies. */
    public static ProductBundles from(BundleContext context) {
        Optional<String> home =
                Optional.ofNullable(context.getProperty("smo.home")).map(folder -> REFERENCE + folder + BUNDLES_FOLDER);
        Optional<String> own = Optional.of(context.getBundle().getLocation())
                .filter(location -> location.startsWith(REFERENCE) && location.contains(BUNDLES_FOLDER))
                .map(location -> location.substring(0, location.lastIndexOf(BUNDLES_FOLDER)) + BUNDLES_FOLDER);
        String more =
                Optional.ofNullable(context.getProperty(TRUSTED_LOCATIONS)).orElse("");
        List<String> locations = Stream.of(
                        home.stream(),
                        own.stream(),
                        Arrays.stream(more.split(",", -1)).map(String::strip))
                .flatMap(Function.identity())
                .filter(location -> !location.isEmpty())
                .toList();
        return new ProductBundles(home.isPresent() || own.isPresent(), locations);
    }

    public boolean contains(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID
                || locations.stream().anyMatch(bundle.getLocation()::startsWith);
    }
}
