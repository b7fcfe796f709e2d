// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that has few, as most have: immutable, in their order, found by looking at each. By estimate they take
 * a quarter of the heap of a linked hash map.
 */
final class FewMembers extends AbstractMap<String, JsonValue> {

    /** An object with more has a hash table: names that somebody has chosen for their hashes must not cost the square of their number. */
    private static final int MOST = 16;

    private final String[] names;
    private final JsonValue[] values;

    /** @throws IllegalArgumentException when a name is there twice */
    private FewMembers(String[] names, JsonValue[] values) {
        this.names = names;
        this.values = values;
        for (int i = 0; i < names.length; i++) {
            Objects.requireNonNull(values[i], "A member is JsonNull, not null");
            if (position(names[i]) < i) {
                throw duplicate(names[i]);
            }
        }
    }

    /**
     * Members in order, however many.
     *
     * @throws IllegalArgumentException when a name is there twice, or there are more of one than of the other
     */
    static Map<String, JsonValue> orMany(List<String> names, List<? extends JsonValue> values) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("%d names for %d values".formatted(names.size(), values.size()));
        }
        if (names.size() <= MOST) {
            return new FewMembers(names.toArray(String[]::new), values.toArray(JsonValue[]::new));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            JsonValue value = Objects.requireNonNull(values.get(i), "A member is JsonNull, not null");
            if (members.put(Objects.requireNonNull(names.get(i)), value) != null) {
                throw duplicate(names.get(i));
            }
        }
        return Collections.unmodifiableMap(members);
    }

    /** The same members, and no way to change them. */
    static Map<String, JsonValue> copyOf(Map<String, JsonValue> members) {
        if (members instanceof FewMembers) {
            return members;
        }
        List<String> names = new ArrayList<>(members.size());
        List<JsonValue> values = new ArrayList<>(members.size());
        members.forEach((name, value) -> {
            names.add(name);
            values.add(value);
        });
        return orMany(names, values);
    }

    private static IllegalArgumentException duplicate(String name) {
        return new IllegalArgumentException("Duplicate field '" + name + "'");
    }

    private int position(@Nullable Object name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return position(name) >= 0;
    }

    @Override
    public @Nullable JsonValue get(@Nullable Object name) {
        int position = position(name);
        return position < 0 ? null : values[position];
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, JsonValue>> {

        @Override
        public int size() {
            return names.length;
        }

        @Override
        public Iterator<Entry<String, JsonValue>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < names.length;
                }

                @Override
                public Entry<String, JsonValue> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int at = next++;
                    return Map.entry(names[at], values[at]);
                }
            };
        }
    }
}
