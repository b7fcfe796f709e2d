// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Bundles of the product, and those among them that may be replaced while the server runs. */
public final class ProductInventory {

    /** Framework property: beginnings of locations, comma separated, from where bundles are ours besides; for tests and embedding. */
    public static final String TRUSTED_LOCATIONS = "smo.trusted.locations";

    /** Prefix of the location of plugins that we install. */
    public static final String PLUGIN_LOCATION = "smo-plugin:";

    private static final String BUNDLES_FOLDER = "/bundles/";
    private static final Set<String> FIXED = Set.of(
            "eu.nephele.smo.api",
            "eu.nephele.smo.core.contract",
            "eu.nephele.smo.access.http",
            "eu.nephele.smo.access.front");

    private final BundleContext context;
    private final List<String> locations;
    private final Set<Long> residents;

    public ProductInventory(BundleContext context) {
        this.context = context;
        String own = context.getBundle().getLocation();
        int folder = own.lastIndexOf(BUNDLES_FOLDER);
        String more =
                Optional.ofNullable(context.getProperty(TRUSTED_LOCATIONS)).orElse("");
        this.locations = Stream.concat(
                        folder < 0 ? Stream.empty() : Stream.of(own.substring(0, folder) + BUNDLES_FOLDER),
                        Arrays.stream(more.split(",")).map(String::strip))
                .filter(location -> !location.isEmpty())
                .toList();
        // A program that embeds the core has no folder of bundles: all bundles that are installed already belong to it.
        this.residents = folder < 0
                ? Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getState() != Bundle.INSTALLED)
                        .filter(bundle -> !bundle.getLocation().startsWith(PLUGIN_LOCATION))
                        .map(Bundle::getBundleId)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    public boolean includes(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID
                || bundle.getBundleId() == context.getBundle().getBundleId()
                || residents.contains(bundle.getBundleId())
                || locations.stream().anyMatch(bundle.getLocation()::startsWith);
    }

    public List<Bundle> foreign() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> !includes(bundle))
                .toList();
    }

    public boolean ends() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
    }

    /** Returns whether a bundle contains this code. */
    boolean isItself(Bundle bundle) {
        return bundle.getBundleId() == context.getBundle().getBundleId();
    }

    public Optional<Bundle> named(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(this::includes)
                .findFirst();
    }

    /** Why a bundle of the product cannot be replaced while the server runs; empty when it can. */
    public static Optional<String> fixed(Bundle bundle) {
        String name = bundle.getSymbolicName();
        if (!name.startsWith("eu.nephele.smo.")) {
            return Optional.of("%s is a library of the product, not a part of it; it changes with a new release only"
                    .formatted(name));
        }
        if (FIXED.contains(name) || name.startsWith("eu.nephele.smo.lib.")) {
            return Optional.of("%s is a base of all other bundles; it is replaced with a restart only".formatted(name));
        }
        return Optional.empty();
    }
}
