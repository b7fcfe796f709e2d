// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.WorkloadDeployer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortDescriptionTest {

    private final PortDescription clusters = PortDescription.of(ClusterRegistry.class);

    @Test
    void anAdapterIsChosenByTheProperty() {
        assertThat(clusters.which(Map.of(ClusterId.SOURCE, "karmada"))).isEqualTo("karmada");
        assertThat(PortDescription.of(AlertRules.class).which(Map.of())).isEmpty();
    }

    @Test
    void anAdapterWithoutItsPropertyCannotBeChosen() {
        assertThatThrownBy(() -> clusters.which(Map.of(ClusterId.SOURCE, " ")))
                .hasMessage("An adapter is published without the service property smo.cluster.source");
    }

    @Test
    void theSystemIsWhatTheServiceSaysElseWhatItIsChosenByElseThePort() {
        assertThat(clusters.system(Map.of(AdapterException.SYSTEM, "k", ClusterId.SOURCE, "s")))
                .isEqualTo("k");
        assertThat(clusters.system(Map.of(AdapterException.SYSTEM, "", ClusterId.SOURCE, "s")))
                .isEqualTo("s");
        assertThat(clusters.system(Map.of())).isEqualTo("clusters");
        assertThat(PortDescription.of(AlertRules.class).system(Map.of())).isEqualTo("alert-rules");
    }

    /** One repository has descriptors and charts, so their types do not name it. */
    @Test
    void theTypeOfArtifactsDoesNotNameTheirRepository() {
        assertThat(PortDescription.of(ArtifactRepository.class).system(Map.of(WorkloadDeployer.ARTIFACT_TYPE, "hdag")))
                .isEqualTo("artifacts");
    }

    @Test
    void anyInterfaceIsNoPort() {
        assertThatThrownBy(() -> PortDescription.of(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Runnable is not a port");
    }
}
