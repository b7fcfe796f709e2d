// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import eu.nephele.smo.api.model.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":[true,false,null,\"text \\\" \\\\ \\u0007\"],\"c\":{\"d\":2.50}}",
                "[]",
                "{}",
                "\"text\"",
                "123456789012345678901234567890",
                "0.1"
            })
    void whatIsReadIsWhatIsWritten(String text) {
        JsonValue value = StrictJson.parse(text);
        assertThat(StrictJson.value(StrictJson.node(value))).isEqualTo(value);
        assertThat(StrictJson.parse(value.toJson())).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\":[1,2.50,0.0,-0,1e2,1.0E-5,100.00,-7],\"a\":{\"b\":{}},\"n\":null,\"t\":\"\u00e9\\ud83d\\ude00\"}",
                "[[],[[]],true,false]",
                " 1.500 ",
                "-0.0"
            })
    void ownTextIsReadAsTextFromOutside(String text) throws JsonProcessingException {
        assertThat(StrictJson.parse(text))
                .isEqualTo(StrictJson.value(StrictJson.tree(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void numbersStayExact() {
        assertThat(StrictJson.parse("0.1000000000000000055511151231257827").toJson())
                .isEqualTo("0.1000000000000000055511151231257827");
        assertThat(StrictJson.parse("9007199254740993").toJson()).isEqualTo("9007199254740993");
    }

    @Test
    void theOrderOfMembersIsKept() {
        assertThat(StrictJson.parseObject("{\"z\":1,\"a\":2,\"m\":3}").members().keySet())
                .containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{} {}", "{\"a\":", "tru", "{'a':1}", "[1,]"})
    void refusesWhatIsNotStrictJson(String text) {
        assertThatThrownBy(() -> StrictJson.tree(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> StrictJson.parseObject(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNestingThatIsTooDeepWithPlace() {
        String deep = "[".repeat(StrictJson.MAX_DEPTH + 1) + "]".repeat(StrictJson.MAX_DEPTH + 1);
        assertThatThrownBy(() -> StrictJson.tree(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("depth");
        String fine = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
        assertThat(StrictJson.parse(fine).toJson()).isEqualTo(fine);
    }

    /** Eleven characters that cost a gigabyte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e309",
                "-1e309",
                "1e-309",
                "1e5000000",
                "1e999999999",
                "1E2147483647",
                "1e-2147483648",
                "1E99999999999999999999",
                "0e999999999"
            })
    void refusesNumbersWithLargeExponentsAndSaysWhere(String number) {
        assertThatThrownBy(() ->
                        StrictJson.tree("{\"a/b\":[0,%s]}".formatted(number).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(NumberOutOfRangeException.class, refused -> assertThat(refused.pointer())
                        .isEqualTo("/a~1b/1"))
                .hasMessageContaining("exponent");
    }

    @Test
    void refusesNumbersWithManyDigits() throws JsonProcessingException {
        String longest = "1".repeat(NumberLimits.MAX_CHARACTERS);
        assertThat(StrictJson.tree(longest.getBytes(StandardCharsets.UTF_8)).bigIntegerValue())
                .isEqualTo(new BigInteger(longest));
        assertThatThrownBy(() -> StrictJson.tree((longest + "1").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NumberOutOfRangeException.class);
        assertThatThrownBy(() -> StrictJson.tree("1".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
        assertThat(StrictJson.tree("-1.5e-308".getBytes(StandardCharsets.UTF_8)).decimalValue())
                .isEqualByComparingTo("-1.5e-308");
    }

    @Test
    void refusesLongNamesOfMembers() {
        String name = "n".repeat(StrictJson.MAX_NAME_CHARACTERS + 1);
        assertThatThrownBy(() -> StrictJson.tree("{\"%s\":1}".formatted(name).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void anObjectIsExpectedWhereOneIsAskedFor() {
        assertThatThrownBy(() -> StrictJson.parseObject("[1]")).hasMessageContaining("Expected a JSON object");
        assertThatThrownBy(() -> StrictJson.parseObject("")).hasMessageContaining("Expected a JSON object");
    }
}
