// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.nio.file.Path;

/** Source of the contents of one artifact: the registry through the cache, or the cache only. */
interface BlobSource {

    byte[] manifest(Digest digest) throws IOException;

    /** Returns a layer in a file, checked against its digest. */
    Path layer(ArtifactManifest.ManifestLayer layer) throws IOException;
}
