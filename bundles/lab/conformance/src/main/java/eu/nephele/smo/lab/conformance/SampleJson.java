// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON in Java source: a single quote counts as a double one, so {@code {'cpu': 'light'}} needs no escapes. Otherwise
 * strict. For samples only: it nests as deep as the stack allows, and must not read foreign text.
 */
public final class SampleJson {

    private static final Pattern TOKEN = Pattern.compile("[ \\t\\r\\n]*(?:(?<mark>[{}\\[\\],:])"
            + "|\"(?<text>(?:[^\"\\\\\\x00-\\x1f]++|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+)\""
            + "|(?<number>-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![0-9.a-zA-Z])"
            + "|(?<word>true|false|null)(?![0-9a-zA-Z])"
            + "|(?<end>\\z))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

    private final String source;
    private final Matcher token;
    private int position;

    private SampleJson(String source, String json) {
        this.source = source;
        this.token = TOKEN.matcher(json);
        next();
    }

    /**
     * Returns the value of the text.
     *
     * @throws IllegalArgumentException when it is not JSON or an object has a member twice; the message names the character
     */
    public static JsonValue value(String text) {
        return read(text, text.replace('\'', '"'));
    }

    /**
     * Returns the value of the text; a single quote has no special meaning.
     *
     * @throws IllegalArgumentException as {@link #value}
     */
    public static JsonValue strict(String text) {
        return read(text, text);
    }

    private static JsonValue read(String text, String json) {
        SampleJson reader = new SampleJson(text, json);
        JsonValue value = reader.value();
        if (reader.token.group("end") == null) {
            throw reader.unexpected("the end");
        }
        return value;
    }

    private JsonValue value() {
        if (is("{")) {
            return object();
        }
        if (is("[")) {
            return array();
        }
        if (token.group("text") != null) {
            return new JsonString(text());
        }
        if (token.group("number") != null) {
            return taken(new JsonNumber(new BigDecimal(token.group("number"))));
        }
        if (token.group("word") == null) {
            throw unexpected("a value");
        }
        String word = token.group("word");
        return taken(word.equals("null") ? new JsonNull() : new JsonBoolean(word.equals("true")));
    }

    private JsonObject object() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        sequence("}", () -> {
            int start = token.start();
            if (token.group("text") == null) {
                throw unexpected("a member name");
            }
            String name = text();
            take(":");
            if (members.put(name, value()) != null) {
                throw new IllegalArgumentException(
                        "Not JSON at character %d: duplicate member %s: %s".formatted(start, name, source));
            }
        });
        return new JsonObject(members);
    }

    private JsonArray array() {
        List<JsonValue> items = new ArrayList<>();
        sequence("]", () -> items.add(value()));
        return new JsonArray(items);
    }

    private void sequence(String close, Runnable element) {
        next();
        if (!is(close)) {
            element.run();
            while (is(",")) {
                next();
                element.run();
            }
        }
        take(close);
    }

    private String text() {
        String raw = taken(token.group("text"));
        return ESCAPE.matcher(raw).replaceAll(match -> Matcher.quoteReplacement(unescaped(match.group(1))));
    }

    private static String unescaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'u' -> Character.toString((char) Integer.parseInt(escape.substring(1), 16));
            default -> escape;
        };
    }

    private boolean is(String mark) {
        return mark.equals(token.group("mark"));
    }

    private void take(String mark) {
        if (!is(mark)) {
            throw unexpected(mark);
        }
        next();
    }

    private <T> T taken(T value) {
        next();
        return value;
    }

    private void next() {
        token.region(position, source.length());
        if (!token.lookingAt()) {
            throw new IllegalArgumentException("Not JSON from character %d on: %s".formatted(position, source));
        }
        position = token.end();
    }

    private IllegalArgumentException unexpected(String wanted) {
        return new IllegalArgumentException(
                "Not JSON at character %d: expected %s: %s".formatted(token.start(), wanted, source));
    }
}
