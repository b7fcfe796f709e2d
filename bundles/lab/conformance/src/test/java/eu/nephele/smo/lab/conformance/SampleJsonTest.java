// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleJsonTest {

    @Test
    void readsSingleQuotesAsDoubleOnes() {
        assertThat(SampleJson.value(" {'cpu' : 'light', 'gpu': {'enabled': true}, 'n': [1, -2.50, null]} "))
                .isEqualTo(new JsonObject(Map.of(
                        "cpu", new JsonString("light"),
                        "gpu", new JsonObject(Map.of("enabled", new JsonBoolean(true))),
                        "n",
                                new JsonArray(List.of(
                                        JsonNumber.of(1), new JsonNumber(new BigDecimal("-2.50")), new JsonNull())))));
    }

    @Property(tries = 500)
    void readsBackWhatTheModelWrites(@ForAll("values") JsonValue value) {
        assertThat(SampleJson.value(value.toJson())).isEqualTo(value);
    }

    @Provide
    Arbitrary<JsonValue> values() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("aé\"\\/\b\n\u0001\uD83D\uDE00 ")
                .ofMaxLength(5);
        return Arbitraries.lazyOf(
                () -> texts.map(JsonString::new),
                () -> Arbitraries.bigDecimals().map(JsonNumber::new),
                () -> Arbitraries.of(true, false).map(JsonBoolean::new),
                () -> Arbitraries.just(new JsonNull()),
                () -> values().list().ofMaxSize(3).map(JsonArray::new),
                () -> Arbitraries.maps(texts, values()).ofMaxSize(3).map(JsonObject::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "[,1]",
                "{'a'}",
                "{'a':}",
                "{'a':1,}",
                "{a:1}",
                "{1:1}",
                "1 2",
                "'a",
                "'\\x'",
                "01",
                "1.",
                "+1",
                "-",
                "1e",
                "tru",
                "truer",
                "nul",
                "]",
                "'a\nb'",
                "{'a':1]"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleJson.value(text))
                .withMessageStartingWith("Not JSON ")
                .withMessageEndingWith(text);
    }

    @Test
    void refusesAMemberThatIsThereTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleJson.value("{'a': 1, 'a': 2}"))
                .withMessageContaining("duplicate member a");
    }
}
