// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.Resources;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesQuantitiesTest {

    private final KubernetesQuantities quantities = new KubernetesQuantities(Set.of("nvidia.com/gpu", "amd.com/gpu"));

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "+1.5, 1.5",
        ".5, 0.5",
        "1., 1",
        "100m, 0.1",
        "1500u, 0.0015",
        "7n, 0.000000007",
        "1k, 1000",
        "2M, 2000000",
        "3G, 3000000000",
        "1T, 1000000000000",
        "1P, 1000000000000000",
        "1E, 1000000000000000000",
        "1Ki, 1024",
        "1.5Mi, 1572864",
        "64Gi, 68719476736",
        "1Ti, 1099511627776",
        "1Ei, 1152921504606846976",
        "12e6, 12000000",
        "1E3, 1000",
        "5e-1, 0.5",
        "-2, -2"
    })
    void everyFormIsReadExactly(String text, BigDecimal number) {
        assertThat(KubernetesQuantities.exact(text)).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1KI", "1 Gi", "1e", "Gi", "1.2.3", "0x10", "1mm", "1e9999"})
    void whatIsNoQuantityIsRefused(String text) {
        assertThatThrownBy(() -> KubernetesQuantities.exact(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void nothingIsPromisedThatIsNotThere() {
        Map<String, String> amounts = Map.of("cpu", "1.0005", "memory", "0.5");

        assertThat(quantities.offered(amounts)).isEqualTo(new Resources(1000, 0, 0, 0));
        assertThat(quantities.taken(amounts)).isEqualTo(new Resources(1001, 1, 0, 0));
    }

    @Test
    void gpusOfAllMakersAreAddedAndOtherDevicesKeepTheirName() {
        Resources read = quantities.offered(Map.of(
                "nvidia.com/gpu",
                "2",
                "amd.com/gpu",
                "1",
                "nvidia.com/mig-1g.5gb",
                "7",
                "pods",
                "110",
                "hugepages-2Mi",
                "0"));

        assertThat(read).isEqualTo(new Resources(0, 0, 0, 3, Map.of("nvidia.com/mig-1g.5gb", 7L)));
    }

    @Test
    void whatExceedsALongIsUnlimitedAndWhatIsNegativeRefused() {
        assertThat(quantities.offered(Map.of("memory", "100E")).memoryBytes()).isEqualTo(Resources.UNLIMITED);
        assertThatThrownBy(() -> quantities.offered(Map.of("cpu", "-1"))).hasMessageContaining("cpu=-1");
    }

    @Property(tries = 200)
    void milliCoresSurvive(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2000) long millis) {
        assertThat(quantities.offered(Map.of("cpu", millis + "m")).cpuMillis()).isEqualTo(millis);
        assertThat(quantities.taken(Map.of("cpu", millis + "m")).cpuMillis()).isEqualTo(millis);
    }
}
