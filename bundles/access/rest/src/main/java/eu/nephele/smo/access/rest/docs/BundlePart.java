// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;

/**
 * Part of the OpenAPI document that a bundle contains.
 *
 * @param bundle its symbolic name
 * @param ofProduct whether the bundle is one of ours: its part is a part of our own then
 */
record BundlePart(String bundle, String version, URL file, boolean ofProduct) {

    ContractPart read() throws UnfitPart {
        try (InputStream content = file.openStream()) {
            return ContractPart.read(content, ofProduct ? Optional.empty() : Optional.of(bundle));
        } catch (IOException unreadable) {
            throw new UnfitPart("it cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public String toString() {
        return bundle + " " + version;
    }
}
