// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ProcessStateTest {

    private static final String HISTOGRAM = """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         63214        5241336  [B (java.base@17)
          40:           131          19912  org.apache.felix.framework.BundleWiringImpl$BundleClassLoader
          41:             2            128  org.apache.felix.framework.BundleWiringImpl$BundleClassLoader$1
        Total        912345       45678912
        """;

    @Test
    void classLoadersOfBundlesAndLiveBytesAreReadFromTheHistogram() {
        ProcessState state = ProcessState.of(HISTOGRAM);
        assertThat(state.loaders()).isEqualTo(131);
        assertThat(state.liveBytes()).isEqualTo(45_678_912);
    }

    @Test
    void thisProcessHasAHistogramAndThreads() {
        ProcessState state = ProcessState.now();
        assertThat(state.liveBytes()).isPositive();
        assertThat(state.threads()).containsKey("main");
    }

    @Test
    void somethingElseIsNoHistogram() {
        assertThatIllegalStateException().isThrownBy(() -> ProcessState.of("unknown command"));
    }
}
