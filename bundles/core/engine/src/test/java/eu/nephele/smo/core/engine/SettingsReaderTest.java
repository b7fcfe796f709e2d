// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.engine.context.EngineSettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @Test
    void theDefaultsKnowTheBrusselsServices() {
        // capacity models are data
        EngineSettings settings = SettingsReader.read(config(Map.of()));
        assertThat(settings.scaling().profiles().get("image-detection").maxReplicas())
                .isEqualTo(3);
        assertThat(settings.scaling()
                        .profiles()
                        .get("image-detection")
                        .profile()
                        .alpha())
                .isEqualTo(1.67);
        assertThat(settings.failoverGrace()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"workers, 0", "pollMillis, 0", "driftSeconds, 0", "maxReplicas, 0", "historyMinutes, 0"})
    void aWrongValueNamesItsKey(String key, int value) {
        assertThatThrownBy(() -> SettingsReader.read(config(Map.of(key, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eu.nephele.smo.core.engine")
                .hasMessageContaining(key + "=" + value);
    }

    @Test
    void theWindowOfRatesMustHoldEnoughMeasurements() {
        // a window shorter than four scrape intervals finds no data
        assertThatThrownBy(() -> SettingsReader.read(config(Map.of("rateWindowSeconds", 30))))
                .hasMessageContaining("rateWindowSeconds=30")
                .hasMessageContaining("scrapeIntervalSeconds=15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"noequals", "id=1,2", "id=a,b,3", "id=1,2,x"})
    void aMalformedProfileSaysWhatIsExpected(String profile) {
        assertThatThrownBy(() -> SettingsReader.read(config(Map.of("profiles", new String[] {profile}))))
                .hasMessageContaining("profiles=" + profile)
                .hasMessageContaining("id=alpha,beta,maxReplicas");
    }

    private static EngineConfig config(Map<String, Object> overrides) {
        InvocationHandler answers =
                (proxy, method, arguments) -> overrides.getOrDefault(method.getName(), method.getDefaultValue());
        return (EngineConfig) Proxy.newProxyInstance(
                EngineConfig.class.getClassLoader(), new Class<?>[] {EngineConfig.class}, answers);
    }
}
