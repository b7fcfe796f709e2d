// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of an {@link ArtifactRepository}: the same reference is the same content, missing content is {@code NOT_FOUND}.
 */
public abstract class ArtifactRepositoryContract extends PortContract<ArtifactRepository> {

    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    protected ArtifactRepositoryContract() {
        super(ArtifactRepository.class);
    }

    /** Reference of an existing descriptor. */
    protected abstract String descriptor();

    /** Reference of the same system to missing content. */
    protected abstract String missing();

    /** Reference of an existing chart; empty for a repository of descriptors only. */
    protected abstract Optional<String> chart();

    /** Answers from a cache are no failure, so this reference was never read before. */
    @Override
    final Object ask(ArtifactRepository adapter) {
        return adapter.descriptor(descriptor());
    }

    @Test
    void theSameReferenceIsTheSameContentWithItsDigest() {
        FetchedDescriptor first = adapter().descriptor(descriptor());

        assertThat(first.content()).isNotBlank();
        assertThat(first.digest()).matches(DIGEST);
        assertThat(adapter().descriptor(descriptor())).isEqualTo(first);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        refuses(Kind.NOT_FOUND, () -> adapter().descriptor(missing()));
        chart().ifPresent(there -> refuses(Kind.NOT_FOUND, () -> adapter().chart(missing())));
    }

    @Test
    void aChartIsAFileWithItsDigestNameAndVersion() {
        if (chart().isEmpty()) {
            refuses(Kind.REFUSED, () -> adapter().chart(descriptor()));
            return;
        }
        FetchedChart chart = adapter().chart(chart().orElseThrow());
        assertThat(chart.file()).isRegularFile();
        assertThat(chart.digest()).matches(DIGEST);
        assertThat(chart.name()).isNotBlank();
        assertThat(chart.version()).isNotBlank();
    }
}
