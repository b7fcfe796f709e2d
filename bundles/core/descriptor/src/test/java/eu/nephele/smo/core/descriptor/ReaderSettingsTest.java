// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderSettingsTest {

    @Test
    void theStandardIsTheDefaultOfTheConfiguration() {
        assertThat(ReaderSettings.from(config(Map.of()))).isEqualTo(ReaderSettings.STANDARD);
    }

    @Test
    void takesEveryProperty() {
        DescriptorConfig config = config(Map.of(
                "maxBodyBytes", 1,
                "maxDepth", 2,
                "maxNodes", 3,
                "maxServices", 4,
                "maxValuesBytes", 5,
                "unknownIntents", "warn",
                "reservedProjects", new String[] {"mine"}));

        assertThat(ReaderSettings.from(config))
                .isEqualTo(new ReaderSettings(1, 2, 3, 4, 5, false, java.util.List.of("mine")));
    }

    @ParameterizedTest
    @CsvSource({"maxBodyBytes,0", "maxDepth,0", "maxDepth,101", "maxNodes,0", "maxServices,0", "maxValuesBytes,0"})
    void namesThePropertyThatMakesNoSense(String property, int value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HdagReader(InstalledForTests.nothing(), config(Map.of(property, value))))
                .withMessageContaining(property + "=" + value);
    }

    @Test
    void namesTheWordsForUnknownIntents() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReaderSettings.from(config(Map.of("unknownIntents", "ignore"))))
                .withMessage("unknownIntents=ignore, expected reject or warn");
    }

    private static DescriptorConfig config(Map<String, Object> values) {
        return (DescriptorConfig) Proxy.newProxyInstance(
                DescriptorConfig.class.getClassLoader(),
                new Class<?>[] {DescriptorConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
