// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodRequestReaderTest {

    @Test
    void nobodyIsAskedForTheValuesOfAnImage() {
        WorkloadPorts ports = new WorkloadPorts(
                type -> {
                    throw new AssertionError("asked for the deployer of " + type);
                },
                List::of);
        ChartRequests requests = new PodRequestReader(ports)
                .chart(new Artifact("oci://registry.example/web:1", "App", "CONTAINER", "CONTAINER", JsonObject.EMPTY));
        assertThat(requests.isTaken()).isFalse();
        assertThat(requests.obstacle()).contains("an image has no chart");
    }
}
