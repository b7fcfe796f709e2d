// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaRulesTest {

    @Test
    void knowsWhatIsCountedAndEveryResourceByItsName() {
        Map<String, Long> limits =
                new HashMap<>(Map.of("cpu", 0L, "memory", QuotaRules.MOST, "storage", 1L, "gpus", 2L));
        QuotaMember.COUNTED.forEach(member -> limits.put(member.name(), 3L));
        limits.put("nvidia.com/mig-1g.5gb", 4L);
        limits.put("hugepages-2Mi", 5L);
        assertThat(QuotaRules.checked("shop", limits)).hasSameSizeAs(limits);
        assertThat(QuotaRules.checked("shop", limits).firstKey())
                .as("what is counted is first")
                .isEqualTo(QuotaMember.GRAPHS);
        assertThat(new QuotaMember("gpus").resource()).isEqualTo("gpu");
        assertThat(QuotaMember.ofResource("gpu").name()).isEqualTo("gpus");
    }

    @Test
    void namesEachMistakeByItsPointer() {
        assertThatThrownBy(() -> QuotaRules.checked("No Name", Map.of("cores", 1L, "gpu", 1L, "cpu", -1L, "a/b~c", 1L)))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
                    assertThat(refused.violations())
                            .extracting(Violation::pointer)
                            .containsExactly("", "/limits/a~1b~0c", "/limits/cores", "/limits/cpu", "/limits/gpu");
                });
        assertThatThrownBy(() -> QuotaRules.checked("shop", Map.of("graphs", QuotaRules.MOST + 1)))
                .isInstanceOf(SmoException.class);
        Map<String, Long> many = new HashMap<>();
        for (int i = 0; i <= QuotaMember.MOST_MEMBERS; i++) {
            many.put("example.com/r" + i, 1L);
        }
        assertThatThrownBy(() -> QuotaRules.checked("shop", many))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.violations())
                        .extracting(Violation::pointer)
                        .containsExactly("/limits"));
    }

    @Test
    void theUsualQuotaComesFromTheConfiguration() {
        assertThat(QuotaRules.usual()).isEmpty();
        assertThat(QuotaRules.usual("graphs=100", " cpu = 64000 "))
                .containsEntry(QuotaMember.GRAPHS, 100L)
                .containsEntry(new QuotaMember("cpu"), 64_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"graphs", "=3", "cores=3", "cpu=many", "cpu=-1", "cpu=", "cpu=99999999999999999999"})
    void aConfigurationThatMeansNothingNamesItsEntry(String entry) {
        assertThatThrownBy(() -> QuotaRules.usual("graphs=1", entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eu.nephele.smo.core.quota", "'" + entry + "'");
    }

    @Test
    void amountsAreShownInTheUnitsOfPeople() {
        assertThat(new QuotaMember("cpu").shown(8500)).isEqualTo("8.5");
        assertThat(new QuotaMember("memory").shown(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(new QuotaMember("gpus").shown(Long.MAX_VALUE)).isEqualTo("unlimited");
        assertThat(QuotaMember.GRAPHS.shown(12)).isEqualTo("12");
    }
}
