// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesQuantityTest {

    @ParameterizedTest
    @CsvSource({
        "500m, 500",
        "1, 1000",
        "0.5, 500",
        ".5, 500",
        "8, 8000",
        "1e1, 10000",
        "1.0001, 1001",
        "100u, 1",
        "0, 0"
    })
    void readsCoresAsThousandths(String text, long cpuMillis) {
        assertThat(KubernetesQuantity.cpuMillis(text)).isEqualTo(cpuMillis);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "500MiB, 524288000",
        "500Mi, 524288000",
        "1GiB, 1073741824",
        "2Gi, 2147483648",
        "10GB, 10000000000",
        "10G, 10000000000",
        "1kB, 1000",
        "1KB, 1000",
        "1k, 1000",
        "1Ki, 1024",
        "1KiB, 1024",
        "1Ei, 1152921504606846976",
        "1E, 1000000000000000000",
        "1E3, 1000",
        "1.5Ki, 1536",
        "128974848, 128974848",
        "129e6, 129000000",
        "1m, 1",
        "7B, 7"
    })
    void readsBytes(String text, long bytes) {
        assertThat(KubernetesQuantity.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-1", "1 GiB", "GiB", "1gib", "1K", "1mB", "1.2.3", "NaN", "1e999999999", "0x10", "１"})
    void refusesWhatIsNoQuantity(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesQuantity.bytes(text))
                .withMessageContaining("'" + text + "' is not a quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8Ei", "9223372036854775807", "1e99"})
    void refusesWhatDoesNotFit(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesQuantity.bytes(text))
                .withMessageContaining("too large");
    }
}
