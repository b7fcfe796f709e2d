// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import org.osgi.annotation.versioning.ConsumerType;

/** Fetches descriptors by reference. Results are cached by digest. Published with {@link WorkloadDeployer#ARTIFACT_TYPE} {@code hdag}. */
@ConsumerType
public interface ArtifactRepository {

    /**
     * A descriptor and where it came from.
     *
     * @param content the document, YAML or JSON
     * @param digest digest of the artifact, {@code sha256:…}
     */
    record FetchedDescriptor(String content, String digest) {}

    /**
     * @param reference {@code oci://…}, {@code http://…} or {@code https://…}
     * @throws AdapterException {@code NOT_FOUND}, {@code REFUSED} (also: no or several descriptors in the artifact),
     *     {@code UNAVAILABLE}
     */
    FetchedDescriptor descriptor(String reference);
}
