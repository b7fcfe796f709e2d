// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import eu.nephele.smo.api.model.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

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
        JsonValue value = Json.parse(text);
        assertThat(Json.value(Json.node(value))).isEqualTo(value);
        assertThat(Json.parse(value.toJson())).isEqualTo(value);
    }

    @Test
    void numbersStayExact() {
        assertThat(Json.parse("0.1000000000000000055511151231257827").toJson())
                .isEqualTo("0.1000000000000000055511151231257827");
        assertThat(Json.parse("9007199254740993").toJson()).isEqualTo("9007199254740993");
    }

    @Test
    void theOrderOfMembersIsKept() {
        assertThat(Json.parseObject("{\"z\":1,\"a\":2,\"m\":3}").members().keySet())
                .containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{} {}", "{\"a\":", "tru", "{'a':1}", "[1,]"})
    void refusesWhatIsNotStrictJson(String text) {
        assertThatThrownBy(() -> Json.tree(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> Json.parseObject(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNestingThatIsTooDeepWithPlace() {
        String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
        assertThatThrownBy(() -> Json.tree(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("depth");
        String fine = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
        assertThat(Json.parse(fine).toJson()).isEqualTo(fine);
    }

    @Test
    void anObjectIsExpectedWhereOneIsAskedFor() {
        assertThatThrownBy(() -> Json.parseObject("[1]")).hasMessageContaining("Expected a JSON object");
        assertThatThrownBy(() -> Json.parseObject("")).hasMessageContaining("Expected a JSON object");
    }
}
