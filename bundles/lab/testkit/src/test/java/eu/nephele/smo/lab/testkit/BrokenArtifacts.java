// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.WorkloadDeployer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class BrokenArtifacts extends Broken implements ArtifactRepository {

    private static final String THERE = "oci://registry.example/graph:1";
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private BrokenArtifacts(String fault) {
        super(fault);
    }

    @Override
    public FetchedDescriptor descriptor(String reference) {
        goOut();
        if (!reference.equals(THERE)) {
            Kind kind = has("whatIsNotThereIsNotFound") ? Kind.REFUSED : Kind.NOT_FOUND;
            throw new AdapterException(kind, "memory", "no such artifact");
        }
        return new FetchedDescriptor(
                "hdaGraph: {}", has("theSameReferenceIsTheSameContentWithItsDigest") ? "latest" : DIGEST);
    }

    @Override
    public FetchedChart chart(String reference) {
        if (has("aChartIsAFileWithItsDigestNameAndVersion")) {
            return new FetchedChart(Path.of("none"), DIGEST, "web", "1");
        }
        return ArtifactRepository.super.chart(reference);
    }

    static PortContract<?> contract(String fault) {
        BrokenArtifacts broken = new BrokenArtifacts(fault);
        return new ArtifactRepositoryContract() {
            @Override
            protected ArtifactRepository adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties(WorkloadDeployer.ARTIFACT_TYPE, "hdag");
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected String descriptor() {
                return THERE;
            }

            @Override
            protected String missing() {
                return THERE + "0";
            }

            @Override
            protected Optional<String> chart() {
                return Optional.empty();
            }
        };
    }
}
