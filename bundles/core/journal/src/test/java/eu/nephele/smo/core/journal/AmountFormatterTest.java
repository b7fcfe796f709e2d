// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountFormatterTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "100, 100",
        "0.5, 0.5",
        "1234.5, 1234.5",
        "0.0005, 0.001",
        "0.00049, 0",
        "-0.0002, 0",
        "-2.0005, -2.001",
        "0.1230, 0.123",
        "1e20, 100000000000000000000",
        "1e-300, 0"
    })
    void aFigureHasAsManyDecimalsAsSaySomething(double value, String text) {
        assertThat(AmountFormatter.number(value)).isEqualTo(text);
    }
}
