// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.intent;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the value of an intent that is an object, or an object in it. Every method throws an {@link IllegalArgumentException} that names
 * the JSON pointer where the value is not what is expected.
 *
 * @param pointer of the object
 */
public record IntentValues(String pointer, JsonObject object) {

    public static IntentValues of(Intent intent) {
        return of(intent.pointer(), intent.value());
    }

    public static IntentValues of(String pointer, JsonValue value) {
        return new IntentValues(pointer, expected(pointer, value.asObject(), "an object"));
    }

    /** Ids of the services that an intent is about: its own, or all of the graph. */
    public static List<String> services(Intent intent) {
        return intent.service().map(List::of).orElseGet(() -> intent.graph().services().stream()
                .map(service -> service.id())
                .toList());
    }

    /** A flag; texts {@code true} and {@code false} count as well, in any letter case. False where it is missing. */
    public boolean flag(String member) {
        return read(member, "true or false", IntentValues::flag).orElse(false);
    }

    private static Optional<Boolean> flag(JsonValue value) {
        return value.asBoolean().or(() -> value.asString()
                .filter(text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))
                .map(text -> text.equalsIgnoreCase("true")));
    }

    public Optional<String> text(String member) {
        return read(member, "a text", JsonValue::asString);
    }

    /** A number within the range of double. */
    public OptionalDouble number(String member) {
        Optional<Double> number = read(member, "a finite number", value -> value.asNumber()
                .map(BigDecimal::doubleValue)
                .filter(Double::isFinite));
        return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
    }

    /** Texts in their order; none where the member is missing. */
    public List<String> texts(String member) {
        return object.get(member).map(value -> texts(at(member), value)).orElse(List.of());
    }

    /** The texts of a list. */
    public static List<String> texts(String pointer, JsonValue value) {
        List<JsonValue> items = expected(pointer, value.asArray(), "a list");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            texts.add(expected(pointer + "/" + i, items.get(i).asString(), "a text"));
        }
        return texts;
    }

    /** Values in their order; none where the member is missing. */
    public List<JsonValue> items(String member) {
        return read(member, "a list", JsonValue::asArray).orElse(List.of());
    }

    /** Texts by their names; none where the member is missing. */
    public Map<String, String> textsByName(String member) {
        Map<String, String> texts = new TreeMap<>();
        child(member).ifPresent(child -> child.object()
                .members()
                .forEach((name, value) -> texts.put(name, expected(child.at(name), value.asString(), "a text"))));
        return texts;
    }

    public Optional<IntentValues> child(String member) {
        return read(member, "an object", JsonValue::asObject).map(child -> new IntentValues(at(member), child));
    }

    /** JSON pointer of a member. */
    public String at(String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    private <T> Optional<T> read(String member, String what, Function<JsonValue, Optional<T>> as) {
        return object.get(member).map(value -> expected(at(member), as.apply(value), what));
    }

    private static <T> T expected(String pointer, Optional<T> value, String what) {
        return value.orElseThrow(() -> new IllegalArgumentException("%s: expected %s".formatted(pointer, what)));
    }
}
