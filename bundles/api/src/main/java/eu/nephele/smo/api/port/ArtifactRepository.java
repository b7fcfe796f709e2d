// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Fetches descriptors and charts by reference. Results are cached by digest. Published with {@link WorkloadDeployer#ARTIFACT_TYPE}
 * {@code hdag}, and with {@code helm} beside it when it has charts too.
 */
@Port(name = "artifacts", chosenBy = WorkloadDeployer.ARTIFACT_TYPE)
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
    @Idempotent
    @OnStandby
    FetchedDescriptor descriptor(String reference);

    /**
     * A packaged Helm chart in a file.
     *
     * @param file the {@code .tgz}; it is not changed, and stays at least a minute
     * @param digest digest of the chart, {@code sha256:…}
     * @param name name of the chart
     * @param version version of the chart
     */
    record FetchedChart(Path file, String digest, String name, String version) {}

    /**
     * @param reference {@code oci://…}, with or without tag or digest
     * @throws AdapterException {@code NOT_FOUND}, {@code REFUSED} (also: the artifact is no chart, or this repository has none),
     *     {@code UNAVAILABLE}
     */
    @Idempotent
    @OnStandby
    default FetchedChart chart(String reference) {
        throw new AdapterException(
                AdapterException.Kind.REFUSED,
                "artifacts",
                "The chart %s cannot be fetched: this artifact repository has descriptors only".formatted(reference));
    }
}
