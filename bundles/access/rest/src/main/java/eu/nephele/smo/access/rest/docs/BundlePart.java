// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;

/**
 * What a bundle brings to the OpenAPI document.
 *
 * @param bundle its symbolic name
 * @param version of the bundle
 * @param file the part
 */
record BundlePart(String bundle, String version, URL file) {

    ContractPart read() throws UnfitPart {
        try (InputStream content = file.openStream()) {
            return ContractPart.read(content, Optional.of(bundle));
        } catch (IOException unreadable) {
            throw new UnfitPart("it cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public String toString() {
        return bundle + " " + version;
    }
}
