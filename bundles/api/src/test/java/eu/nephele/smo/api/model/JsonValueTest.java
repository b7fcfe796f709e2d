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
import org.junit.jupiter.api.Test;

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
