// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlScalarTest {

    private static final BodyLimits LIMITS = new BodyLimits(10_000, 10, 1_000, 10);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "True | true",
                "FALSE | false",
                "yes | true",
                "off | false",
                "'True' | \"True\"",
                "\"no\" | \"no\"",
                "0.4.0 | \"0.4.0\"",
                "1.0 | 1.0",
                "\"1.0\" | \"1.0\"",
                "-12 | -12",
                "+7 | 7",
                "012 | 10",
                "0x1F | 31",
                "0b101 | 5",
                "1_000 | 1000",
                "1.5e+3 | 1.5E+3",
                "12:30 | \"12:30\"",
                "2024-01-31 | \"2024-01-31\"",
                "2m | \"2m\"",
                "~ | null",
                "null | null",
                "08 | \"08\"",
                "<< | \"<<\"",
            })
    void readsPlainScalarsByTheRulesOfYaml11(String yaml, String json) {
        assertThat(read("a: " + yaml)).isEqualTo("{\"a\":" + json + "}");
    }

    @Test
    void keepsBlockTextsAndNames() {
        assertThat(read("yes: |\n  one\n  two\n5: >-\n  a\n  b\n"))
                .isEqualTo("{\"yes\":\"one\\ntwo\\n\",\"5\":\"a b\"}");
    }

    @Test
    void readsNothingAsNull() {
        assertThat(read("a:\nb: []\n")).isEqualTo("{\"a\":null,\"b\":[]}");
    }

    @Test
    void leavesVeryLongDigitsAsText() {
        assertThat(read("a: " + "9".repeat(2_000))).startsWith("{\"a\":\"999");
    }

    private static String read(String yaml) {
        ObjectNode tree = new BodySyntax(LIMITS).read(yaml.getBytes(UTF_8), Format.YAML);
        return tree.toString();
    }
}
