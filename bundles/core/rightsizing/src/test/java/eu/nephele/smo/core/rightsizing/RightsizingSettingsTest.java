// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsizingSettingsTest {

    private static RightsizingSettings with(Map<String, Object> changed) {
        return RightsizingSettings.read((RightsizingConfig) Proxy.newProxyInstance(
                RightsizingConfig.class.getClassLoader(),
                new Class<?>[] {RightsizingConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    @ParameterizedTest
    @CsvSource({
        "historyDays, 0, 'historyDays=0, expected 1 to 30'",
        "stepSeconds, 299, 'stepSeconds=299, expected 300 to 3600'",
        "leastDataHours, 721, 'leastDataHours=721, expected 1 to 720'",
        "leastDataHours, 200, 'leastDataHours=200 is more than historyDays=7 have: nothing would ever be proposed'",
        "startUpSeconds, 0, 'startUpSeconds=0, expected 60 to 3600'",
        "cpuQuantilePercent, 101, 'cpuQuantilePercent=101, expected 50 to 100'",
        "cpuHeadroomPercent, 9, 'cpuHeadroomPercent=9, expected 10 to 400'",
        "memoryMarginPercent, 0, 'memoryMarginPercent=0, expected 10 to 400'"
    })
    void whatCannotWorkIsRefused(String property, int value, String message) {
        assertThatThrownBy(() -> with(Map.of(property, value))).hasMessage(message);
    }

    @Test
    void withoutConfigurationTheyAreTheStandard() {
        assertThat(with(Map.of())).isEqualTo(RightsizingSettings.STANDARD);
    }
}
