// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldReaderTest {

    private static JsonFieldReader read(String text) {
        return new JsonFieldReader(StrictJson.parseObject(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"n\": 1.5}", "{\"n\": 9223372036854775808}", "{\"n\": \"1\"}"})
    void whatIsNoWholeNumberIsDamageThatIsNamed(String text) {
        assertThatThrownBy(() -> read(text).number("n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a number 'n'");
        assertThatThrownBy(() -> read(text).integer("n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itemsOfArraysHaveOneType() {
        JsonFieldReader fields = read("{\"good\": [1, 2], \"mixed\": [1, \"2\"], \"fraction\": [0.5]}");
        assertThat(JsonFieldReader.integers(fields.value("good"))).containsExactly(1, 2);
        assertThat(fields.values("mixed")).hasSize(2);
        assertThatThrownBy(() -> JsonFieldReader.integers(fields.value("mixed")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole numbers");
        assertThatThrownBy(() -> JsonFieldReader.integers(fields.value("fraction")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fields.values("missing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'missing'");
    }

    @Test
    void optionalObjectsAreEmptyForAnythingElse() {
        JsonFieldReader fields = read("{\"object\": {\"a\": {\"b\": \"c\"}}, \"text\": \"t\"}");
        assertThat(fields.optionalFields("object")
                        .flatMap(object -> object.optionalFields("a"))
                        .flatMap(object -> object.optionalText("b")))
                .hasValue("c");
        assertThat(fields.optionalObject("text")).isEmpty();
        assertThat(fields.optionalObject("none")).isEmpty();
    }
}
