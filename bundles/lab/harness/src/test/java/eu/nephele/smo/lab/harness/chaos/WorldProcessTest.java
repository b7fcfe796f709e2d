// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldProcessTest {

    private static final String CLUSTER =
            "{name: west, cpuCores: 32, memoryGib: 128, storageGib: 4000, carbonGramsPerKwh: 120, foreignLoad: {cpuCores: 4}}";

    @Test
    void moreGraphsHaveLargerClusters() {
        assertThat(WorldProcess.roomFor(8, CLUSTER)).isEqualTo(CLUSTER);
        assertThat(WorldProcess.roomFor(17, CLUSTER))
                .isEqualTo("{name: west, cpuCores: 64, memoryGib: 256, storageGib: 8000, carbonGramsPerKwh: 120,"
                        + " foreignLoad: {cpuCores: 8}}");
    }
}
