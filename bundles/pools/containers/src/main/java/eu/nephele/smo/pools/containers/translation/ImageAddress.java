// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;
import java.util.Optional;

/** Images as descriptors name them: with their registry. */
final class ImageAddress {

    private final Optional<String> defaultRegistry;

    /** @param defaultRegistry of images that name none, with a path where one belongs in front of them */
    ImageAddress(Optional<String> defaultRegistry) {
        this.defaultRegistry = defaultRegistry;
    }

    /** @throws SmoException {@code INVALID} when neither the image nor the configuration names a registry */
    String oci(String service, String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (named) {
            return "oci://" + image;
        }
        String registry = defaultRegistry.orElseThrow(() -> {
            String message = "%s names no registry, and no default registry is configured".formatted(image);
            return SmoException.invalid(
                    "The image of %s cannot be found: %s".formatted(service, message),
                    List.of(new Violation("/services/%s/image".formatted(service), message)));
        });
        return "oci://%s/%s".formatted(registry, image);
    }
}
