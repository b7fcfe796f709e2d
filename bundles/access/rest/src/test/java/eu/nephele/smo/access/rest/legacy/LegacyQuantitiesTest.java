// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LegacyQuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "524288000, 500MiB",
        "1073741824, 1GiB",
        "8589934592, 8GiB",
        "10000000000, 10GB",
        "20000000000, 20GB",
        "40000000000, 40GB",
        "1500000000, 1500MB",
        "2048, 2KiB",
        "123, 123",
        "0, 0",
    })
    void writesAmountsAsDescriptorsDo(long bytes, String text) {
        assertThat(LegacyQuantities.exact(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1073741824, 1.00 GiB",
        "51539607552, 48.00 GiB",
        "15858846720, 14.77 GiB",
        "1048576, 1.00 MiB",
        "1024, 1.00 KiB",
        "512, 512.00 Bytes",
        "0, 0 Bytes",
    })
    void showsAmountsAsTheReferenceDoes(long bytes, String text) {
        assertThat(LegacyQuantities.display(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT2M, 2m", "PT90S, 1m30s", "PT25H, 25h", "PT0.5S, 500ms"})
    void writesDurationsAsPrometheusDoes(Duration duration, String text) {
        assertThat(LegacyQuantities.prometheus(duration)).isEqualTo(text);
    }

    @Property
    void losesNothingOfAnAmount(@ForAll @LongRange(min = 0, max = 1L << 50) long bytes) {
        String text = LegacyQuantities.exact(bytes);
        String unit = text.replaceAll("\\d", "");
        long factor =
                switch (unit) {
                    case "GiB" -> 1L << 30;
                    case "MiB" -> 1L << 20;
                    case "KiB" -> 1L << 10;
                    case "GB" -> 1_000_000_000;
                    case "MB" -> 1_000_000;
                    default -> 1;
                };

        assertThat(Long.parseLong(text.substring(0, text.length() - unit.length())) * factor)
                .isEqualTo(bytes);
    }
}
