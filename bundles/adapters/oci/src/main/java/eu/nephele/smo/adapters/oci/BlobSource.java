// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.nio.file.Path;

/** Where the contents of one artifact come from: the registry by way of the cache, or the cache alone. */
interface BlobSource {

    /** The bytes of its manifest. */
    byte[] manifest(Digest digest) throws IOException;

    /** A layer in a file, checked against its digest. */
    Path layer(ArtifactManifest.ManifestLayer layer) throws IOException;
}
