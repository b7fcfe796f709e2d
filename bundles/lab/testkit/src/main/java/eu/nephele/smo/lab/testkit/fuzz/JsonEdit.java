// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * One change of a JSON value.
 *
 * @param node which part of the value, counted from the outside; the count begins again behind the last one
 * @param times how often, where that means something
 * @param value what is put in
 */
public record JsonEdit(JsonChange kind, int node, int times, JsonValue value) {

    /** Several edits that multiply would make a value of any size. */
    private static final int MOST_PARTS = 100_000;

    /** What is done with a part. */
    public enum JsonChange {
        /** Another value takes its place. */
        REPLACE,
        /** Its first member or item is gone. */
        REMOVE_FIRST,
        /** It gets a further member or item. */
        ADD,
        /** It becomes the only item of an array, many times over. */
        WRAP,
        /** Its items are there many times; of an object, its values under other names. */
        MULTIPLY
    }

    /** Any edit; values that are put in are hostile ones, or parts of the samples at places where they do not belong. */
    public static Arbitrary<JsonEdit> any(List<? extends JsonValue> samples) {
        List<JsonValue> parts =
                samples.stream().flatMap(sample -> parts(sample).stream()).toList();
        Arbitrary<JsonValue> values = parts.isEmpty()
                ? HostileValues.any()
                : Arbitraries.frequencyOf(Tuple.of(3, HostileValues.any()), Tuple.of(1, Arbitraries.of(parts)));
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, JsonChange.REPLACE),
                                Tuple.of(2, JsonChange.REMOVE_FIRST),
                                Tuple.of(2, JsonChange.ADD),
                                Tuple.of(1, JsonChange.WRAP),
                                Tuple.of(1, JsonChange.MULTIPLY)),
                        Arbitraries.integers().between(0, 200).withDistribution(RandomDistribution.uniform()),
                        Arbitraries.integers().between(1, 300),
                        values)
                .as(JsonEdit::new);
    }

    /** Any sample with some edits, none among them. */
    public static Arbitrary<JsonValue> edited(List<? extends JsonValue> samples) {
        return edited(samples, samples);
    }

    /** @param others whose parts may get into a sample */
    static Arbitrary<JsonValue> edited(List<? extends JsonValue> samples, List<? extends JsonValue> others) {
        return Combinators.combine(Arbitraries.of(samples), any(others).list().ofMaxSize(4))
                .as(JsonEdit::applied);
    }

    /** A value and everything in it, from the outside. */
    static List<JsonValue> parts(JsonValue value) {
        List<JsonValue> parts = new ArrayList<>();
        collect(value, parts);
        return List.copyOf(parts);
    }

    private static JsonValue applied(JsonValue sample, List<JsonEdit> edits) {
        JsonValue edited = sample;
        for (JsonEdit edit : edits) {
            edited = edit.apply(edited);
        }
        return edited;
    }

    JsonValue apply(JsonValue root) {
        List<JsonValue> all = parts(root);
        int fewer = Math.min(times, Math.max(1, MOST_PARTS / all.size()));
        return new JsonEdit(kind, node, fewer, value).rewrite(root, new AtomicInteger(node % all.size()));
    }

    private static void collect(JsonValue value, List<JsonValue> into) {
        into.add(value);
        if (value instanceof JsonObject object) {
            object.members().values().forEach(member -> collect(member, into));
        } else if (value instanceof JsonArray array) {
            array.items().forEach(item -> collect(item, into));
        }
    }

    private JsonValue rewrite(JsonValue at, AtomicInteger left) {
        if (left.getAndDecrement() == 0) {
            return changed(at);
        }
        if (at instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.members().forEach((name, member) -> members.put(name, rewrite(member, left)));
            return new JsonObject(members);
        }
        if (at instanceof JsonArray array) {
            return new JsonArray(
                    array.items().stream().map(item -> rewrite(item, left)).toList());
        }
        return at;
    }

    private JsonValue changed(JsonValue at) {
        return switch (kind) {
            case REPLACE -> value;
            case REMOVE_FIRST -> withoutFirst(at);
            case ADD -> withValue(at);
            case WRAP -> {
                JsonValue wrapped = at;
                for (int i = 0; i < times; i++) {
                    wrapped = new JsonArray(List.of(wrapped));
                }
                yield wrapped;
            }
            case MULTIPLY -> multiplied(at);
        };
    }

    private JsonValue withoutFirst(JsonValue at) {
        if (at instanceof JsonObject object && !object.isEmpty()) {
            Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
            members.remove(members.keySet().iterator().next());
            return new JsonObject(members);
        }
        if (at instanceof JsonArray array && !array.items().isEmpty()) {
            return new JsonArray(array.items().subList(1, array.items().size()));
        }
        return value;
    }

    private JsonValue withValue(JsonValue at) {
        if (at instanceof JsonObject object) {
            return object.with("x" + times, value);
        }
        if (at instanceof JsonArray array) {
            List<JsonValue> items = new ArrayList<>(array.items());
            items.add(value);
            return new JsonArray(items);
        }
        return value;
    }

    private JsonValue multiplied(JsonValue at) {
        if (at instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
            object.members().forEach((name, member) -> {
                for (int i = 0; i < times; i++) {
                    members.put(name + i, member);
                }
            });
            return new JsonObject(members);
        }
        if (at instanceof JsonArray array) {
            return new JsonArray(Collections.nCopies(times, array.items()).stream()
                    .flatMap(List::stream)
                    .toList());
        }
        return new JsonArray(Collections.nCopies(times, at));
    }
}
