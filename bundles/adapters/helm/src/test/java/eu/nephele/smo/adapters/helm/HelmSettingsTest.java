// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmSettingsTest {

    /** Defaults, apart from the given values. */
    private static HelmSettings of(Map<String, Object> values) {
        return HelmSettings.from((HelmConfig) Proxy.newProxyInstance(
                HelmSettingsTest.class.getClassLoader(),
                new Class<?>[] {HelmConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    @Test
    void theDefaultsAreThoseOfThePage() {
        HelmSettings settings = of(Map.of());

        assertThat(settings.connection()).isEmpty();
        assertThat(settings.call()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.connect()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.answer()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.pending()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.history()).isEqualTo(5);
        assertThat(settings.replicaValues()).containsExactly("replicas", "replicaCount");
        assertThat(settings.removeNamespaces()).isFalse();
        assertThat(settings.maxReleaseBytes()).isEqualTo(16 << 20);
        assertThat(settings.worker()).isEqualTo(new HelmSettings.WorkerSettings(8, 96, 2000, 768));
    }

    @Test
    void namesMayBeGivenInOneText() {
        assertThat(of(Map.of("replicaValues", new String[] {"a, b", "c"})).replicaValues())
                .containsExactly("a", "b", "c");
        assertThat(of(Map.of("kubeconfig", " file:own ")).connection()).isEqualTo(Optional.of("file:own"));
    }

    @ParameterizedTest
    @CsvSource({
        "timeoutSeconds, 0, 1 or more",
        "connectTimeoutMillis, 0, 1 or more",
        "timeoutMillis, -1, 1 or more",
        "pendingSeconds, 0, 1 or more",
        "historyLimit, 1, 2 or more",
        "maxReleaseKiB, 63, 64 to 1048576",
        "maxReleaseKiB, 1048577, 64 to 1048576",
        "parallel, 0, 1 to 64",
        "parallel, 65, 1 to 64",
        "workerHeapMiB, 31, 32 or more",
        "workerCalls, 0, 1 or more",
        "workerMemoryMiB, 127, 128 or more"
    })
    void whatMakesNoSenseIsRefusedWithItsKeyAndWhatWouldMakeSense(String key, int value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of(key, value)))
                .withMessage("eu.nephele.smo.adapters.helm: %s=%d, expected %s", key, value, expected);
    }
}
