// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Written configurations are read back unchanged. */
class TypedTextTest {

    static Stream<Arguments> values() {
        return Stream.<Object>of(
                        "a,b",
                        "a=b",
                        "say \"x\" \\ end",
                        "${x} $y $",
                        " ü 中 # [x]",
                        "",
                        "a\nb\r\tc",
                        5,
                        5L,
                        true,
                        1.5,
                        new String[] {"demo={\"a\": \"b c\\\\ = $x\"}", "e=\u00fc", "", ",", "[y]"},
                        new String[0],
                        new Long[] {1L, 2L},
                        List.of("x", "y, z"))
                .map(value -> Arguments.of(value, "o"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsReadAsItWasWritten(Object value, String other) throws Exception {
        Map<String, Object> read = TypedText.read(TypedText.render(Map.of("smo.data", value, "other", other)));
        assertThat(read).containsOnlyKeys("smo.data", "other").containsEntry("other", other);
        assertThat(read.get("smo.data")).isEqualTo(value);
    }

    /** It was a NumberFormatException, which is no failure to read a file and does not name one. */
    @ParameterizedTest
    @ValueSource(strings = {"a=I\"three\"\n", "a=L\"1$2\"\n", "a=i[\"1\",\"x\"]\n"})
    void aValueThatIsNotOfItsTypeIsAnErrorOfTheFile(String text) {
        assertThatIOException().isThrownBy(() -> TypedText.read(text));
    }
}
