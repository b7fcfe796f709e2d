// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    @Test
    void keepsTheOrderOfItsSourceAndEscapesText() {
        JsonObject object = JsonObject.EMPTY
                .with("b", new JsonString("quote \" backslash \\ line\n tab\t return\r bell\u0007"))
                .with("a", new JsonArray(List.of(JsonNumber.of(1), new JsonBoolean(true), new JsonNull())));
        assertThat(object.toJson())
                .isEqualTo(
                        "{\"b\":\"quote \\\" backslash \\\\ line\\n tab\\t return\\r bell\\u0007\",\"a\":[1,true,null]}");
    }

    @Test
    void theCanonicalTextKnowsNeitherOrderNorTrailingZeros() {
        JsonObject one = JsonObject.EMPTY
                .with("a", new JsonNumber(new BigDecimal("1.50")))
                .with("b", JsonNumber.of(0));
        JsonObject other = JsonObject.EMPTY
                .with("b", new JsonNumber(new BigDecimal("0.00")))
                .with("a", new JsonNumber(new BigDecimal("1.5")));
        assertThat(one.canonical()).isEqualTo(other.canonical());
        assertThat(one.canonical()).isEqualTo("{\"a\":1.5,\"b\":0}");
    }

    @Test
    void isImmutable() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("a", JsonNumber.of(1));
        JsonObject object = new JsonObject(members);
        members.put("b", JsonNumber.of(2));
        assertThat(object.members()).containsOnlyKeys("a");
        assertThatThrownBy(() -> object.members().put("c", new JsonNull()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(object.with("a", JsonNumber.of(3)).get("a")).contains(JsonNumber.of(3));
    }

    /** Objects with few and with many members are kept in different ways. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 100})
    void membersAreThoseOfAMapInItsOrder(int count) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = count; i > 0; i--) {
            members.put("member " + i, JsonNumber.of(i));
        }
        JsonObject object = JsonObject.of(List.copyOf(members.keySet()), List.copyOf(members.values()));

        assertThat(object).isEqualTo(new JsonObject(members)).hasSameHashCodeAs(new JsonObject(members));
        assertThat(object.members()).isEqualTo(members).hasSameHashCodeAs(members);
        assertThat(members).isEqualTo(object.members());
        assertThat(List.copyOf(object.members().entrySet())).isEqualTo(List.copyOf(members.entrySet()));
        assertThat(List.copyOf(object.members().values())).isEqualTo(List.copyOf(members.values()));
        members.forEach((name, value) -> assertThat(object.get(name)).contains(value));
        assertThat(object.get("none")).isEmpty();
        assertThat(object.members()).doesNotContainKey("none");
        assertThat(object.isEmpty()).isEqualTo(count == 0);
        assertThatThrownBy(() -> object.members().put("none", new JsonNull()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(object.with("none", new JsonNull()).members()).hasSize(count + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16, 17, 100})
    void aNameIsThereOnceOnly(int count) {
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "n" + i % (count - 1)).toList();
        List<JsonValue> values = names.stream().<JsonValue>map(JsonString::new).toList();

        assertThatThrownBy(() -> JsonObject.of(names, values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Duplicate field 'n0'");
        assertThatThrownBy(() -> JsonObject.of(names, values.subList(1, count)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%d names for %d values", count, count - 1);
    }

    /** What needs no escape is copied in pieces. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"",
                "\"\"",
                "a\\",
                "\na",
                "a\tb\rc",
                "\u0000\u001f",
                "ä€ \u2028 😀\u007f",
                "x\u0001y\u0002"
            })
    void everyTextIsQuotedCharacterByCharacter(String text) {
        StringBuilder expected = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> expected.append("\\\"");
                case '\\' -> expected.append("\\\\");
                case '\n' -> expected.append("\\n");
                case '\r' -> expected.append("\\r");
                case '\t' -> expected.append("\\t");
                default -> expected.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        assertThat(new JsonString(text).toJson()).isEqualTo(expected.append('"').toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void nothingIsNoValue(int count) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            members.put("member " + i, new JsonNull());
        }
        members.put("member 0", null);

        assertThatThrownBy(() -> new JsonObject(members)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void viewsAreEmptyForOtherKinds() {
        JsonValue text = new JsonString("x");
        assertThat(text.asString()).contains("x");
        assertThat(text.asNumber()).isEmpty();
        assertThat(text.asBoolean()).isEmpty();
        assertThat(text.asObject()).isEmpty();
        assertThat(text.asArray()).isEmpty();
        assertThat(JsonNumber.of(2.5).asNumber()).contains(new BigDecimal("2.5"));
        assertThat(new JsonBoolean(false).asBoolean()).contains(false);
    }
}
