// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code after}: key of the last item of the page before. */
public record PageRequest(int limit, Optional<String> after) {

    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? USUAL_LIMIT : limitOf(limit),
                Optional.ofNullable(cursor).map(PageRequest::keyOf));
    }

    /** The page of a complete list, in order of {@code key}. */
    public <T> ObjectNode render(List<T> all, Function<T, String> key, Function<T, JsonNode> json) {
        List<T> rest = all.stream()
                .filter(item -> isAfter(key.apply(item)))
                .limit(limit + 1L)
                .toList();
        return ofNext(rest, key, json);
    }

    /** Returns whether an item with this key comes after the page before. */
    private boolean isAfter(String key) {
        return after.map(last -> key.compareTo(last) > 0).orElse(true);
    }

    /** @param found the next items, one more than {@link #limit()} when another page follows */
    public <T> ObjectNode ofNext(List<T> found, Function<T, String> key, Function<T, JsonNode> json) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode items = node.putArray("items");
        found.stream().limit(limit).map(json).forEach(items::add);
        if (found.size() > limit) {
            node.put("nextCursor", cursorOf(key.apply(found.get(limit - 1))));
        } else {
            node.putNull("nextCursor");
        }
        return node;
    }

    private static int limitOf(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like a number out of range
        }
        throw invalid("limit is '%s', expected a whole number from 1 to %d".formatted(text, MAX_LIMIT));
    }

    private static String cursorOf(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String keyOf(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw invalid("cursor was not issued by this server; take it from nextCursor of the page before");
        }
    }

    /** A query parameter that is wrong. */
    public static SmoException invalid(String message) {
        return SmoException.invalid("The query is not valid", List.of(new Violation("", message)));
    }
}
