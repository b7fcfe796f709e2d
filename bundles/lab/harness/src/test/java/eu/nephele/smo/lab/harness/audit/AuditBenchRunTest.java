// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditBenchRunTest {

    @TempDir
    private Path folder;

    @Test
    void everyFalsificationIsFoundAndTheHonestChainIsGood() throws IOException {
        AuditBenchResult result = new AuditBenchRun(3000, folder).run();
        assertThat(result.missed()).isEmpty();
        assertThat(result.honest()).isTrue();
        assertThat(result.falsified()).isEqualTo(39);
        assertThat(result.json()).contains("\"entries\":3000", "\"falsified\":39,\"found\":39");
        assertThat(result.table()).contains("39 of 39");
    }
}
