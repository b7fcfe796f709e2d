// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Requests to every operation of an OpenAPI document: its parameters with values at and beyond what their schemas allow, bodies
 * that are edits of its examples, and headers that it does not speak of.
 */
public final class ContractRequests {

    /** What is longer is refused by the web server, whatever it is. */
    private static final int LONGEST = 400;

    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "delete", "patch");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "baggage",
            "Content-Encoding",
            "Cookie",
            "Forwarded",
            "Idempotency-Key",
            "If-Match",
            "If-Modified-Since",
            "If-None-Match",
            "If-Range",
            "If-Unmodified-Since",
            "Last-Event-ID",
            "Origin",
            "Prefer",
            "Range",
            "traceparent",
            "tracestate",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-HTTP-Method-Override",
            "X-Request-Id");
    private static final List<String> HEADER_VALUES = List.of(
            "*/*;q=9",
            "application/json;q=0.5, */*",
            "text/event-stream",
            "application/problem+json",
            "application/xml",
            "a/b;c=\"",
            ",,,",
            "gzip, br;q=1.0, *;q=0",
            "gzip",
            "Basic ",
            "Basic Og==",
            "Bearer",
            "Bearer e30.e30.",
            "\"a\"",
            "W/\"a\"",
            "\"a\", \"b\", *",
            "*",
            "\"",
            "bytes=0-",
            "bytes=-1,5-2,9999999999999999999-",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "ff-00000000000000000000000000000000-0000000000000000-00",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01-x",
            "a=1,b=2,a=3",
            "k=v;p=q, %zz=%",
            "smo_session=x; smo_session=y; =; a",
            "for=\"[::1]:x\";host=evil;proto=javascript",
            "Sat, 31 Feb 2026 25:00:00 GMT",
            "respond-async, wait=99999999999",
            "null",
            "http://evil.example",
            "18446744073709551616",
            "-1");

    private final JsonObject document;
    private final List<String> known;
    private final List<JsonValue> examples;
    private final List<DescribedCall> calls;

    /** An operation that requests are made for. */
    private record DescribedCall(String method, String path, JsonObject operation, List<JsonObject> parameters) {}

    private ContractRequests(JsonObject document, List<String> known) {
        this.document = document;
        this.known = List.copyOf(known);
        this.examples = JsonEdit.parts(at(document, "components", "examples").orElse(JsonObject.EMPTY)).stream()
                .filter(part -> part instanceof JsonObject || part instanceof JsonArray)
                .toList();
        this.calls = calls();
    }

    /**
     * Requests to all operations but those that answer with a stream.
     *
     * @param document the OpenAPI document
     * @param known ids of things that are there
     */
    public static Arbitrary<HostileRequest> requests(JsonObject document, List<String> known) {
        ContractRequests all = new ContractRequests(document, known);
        return Arbitraries.of(all.calls).flatMap(all::request);
    }

    private List<DescribedCall> calls() {
        List<DescribedCall> found = new ArrayList<>();
        object(document, "paths")
                .members()
                .forEach((path, item) -> members(item).members().forEach((method, described) -> {
                    JsonObject operation = members(described);
                    if (METHODS.contains(method) && !operation.toJson().contains("text/event-stream")) {
                        List<JsonObject> parameters = Stream.of(members(item), operation)
                                .flatMap(holder -> items(holder, "parameters").stream())
                                .map(this::resolved)
                                .toList();
                        found.add(new DescribedCall(method.toUpperCase(Locale.ROOT), path, operation, parameters));
                    }
                }));
        return found;
    }

    private Arbitrary<HostileRequest> request(DescribedCall call) {
        return Combinators.combine(path(call), query(call), headers(call), body(call))
                .as((path, query, headers, body) -> new HostileRequest(
                        call.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body));
    }

    private Arbitrary<String> path(DescribedCall call) {
        Arbitrary<String> segments = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(known)),
                Tuple.of(1, HostileTexts.values().filter(text -> !text.isEmpty() && text.length() < LONGEST)));
        int variables = (int) VARIABLE.matcher(call.path()).results().count();
        return segments.list().ofSize(variables).map(values -> {
            int[] next = {0};
            return VARIABLE.matcher(call.path()).replaceAll(found -> encoded(values.get(next[0]++)));
        });
    }

    private Arbitrary<List<String>> query(DescribedCall call) {
        List<JsonObject> described = call.parameters().stream()
                .filter(parameter -> text(parameter, "in").equals("query"))
                .toList();
        Arbitrary<String> unknown = HostileTexts.values().map(value -> "unknown=" + encoded(shortened(value)));
        if (described.isEmpty()) {
            return Arbitraries.frequencyOf(
                    Tuple.of(9, Arbitraries.just(List.of())), Tuple.of(1, unknown.map(List::of)));
        }
        Arbitrary<String> one = Arbitraries.of(described).flatMap(parameter -> values(object(parameter, "schema"))
                .map(value -> text(parameter, "name") + "=" + encoded(shortened(value))));
        return Arbitraries.frequencyOf(Tuple.of(9, one), Tuple.of(1, unknown))
                .list()
                .ofMaxSize(3);
    }

    /** What the schema allows, what is just beyond, and anything else. */
    private Arbitrary<String> values(JsonObject schema) {
        List<String> near = new ArrayList<>(known);
        JsonObject whole = resolved(schema);
        whole.get("enum")
                .filter(JsonArray.class::isInstance)
                .ifPresent(array -> ((JsonArray) array).items().forEach(item -> near.add(plain(item))));
        Stream.of("minimum", "maximum", "default", "example")
                .flatMap(name -> whole.get(name).stream())
                .forEach(value -> {
                    near.add(plain(value));
                    if (value instanceof JsonNumber number) {
                        near.add(number.value().add(BigDecimal.ONE).toPlainString());
                        near.add(number.value().subtract(BigDecimal.ONE).toPlainString());
                    }
                });
        near.addAll(List.of("1", "true", "PT1S", "2026-11-28T07:00:00Z"));
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.of(near)), Tuple.of(1, HostileTexts.values()));
    }

    private Arbitrary<List<String>> headers(DescribedCall call) {
        List<String> names = new ArrayList<>(HEADERS);
        call.parameters().stream()
                .filter(parameter -> text(parameter, "in").equals("header"))
                .forEach(parameter -> names.add(text(parameter, "name")));
        Arbitrary<List<String>> one = Combinators.combine(
                        Arbitraries.of(names),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.of(HEADER_VALUES)),
                                Tuple.of(1, HostileTexts.values().map(ContractRequests::visible))))
                .as(List::of);
        Arbitrary<List<String>> further = one.list()
                .ofMaxSize(2)
                .map(pairs -> pairs.stream().flatMap(List::stream).toList());
        List<String> types = new ArrayList<>(bodyTypes(call));
        if (types.isEmpty()) {
            return further;
        }
        Arbitrary<String> type = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.of(types)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "text/plain",
                                "application/json;charset=utf-16",
                                "application/json;charset=\"",
                                "application/yaml",
                                "multipart/form-data;boundary=a",
                                "*/*",
                                "a",
                                "")));
        return Combinators.combine(type, further)
                .as((content, others) -> Stream.concat(Stream.of("Content-Type", content), others.stream())
                        .toList());
    }

    private List<String> bodyTypes(DescribedCall call) {
        return at(call.operation(), "requestBody")
                .map(body ->
                        List.copyOf(object(resolved(body), "content").members().keySet()))
                .orElse(List.of());
    }

    private Arbitrary<String> body(DescribedCall call) {
        List<JsonValue> own = new ArrayList<>();
        at(call.operation(), "requestBody").ifPresent(body -> object(resolved(body), "content")
                .members()
                .values()
                .forEach(content -> members(content).get("examples").ifPresent(named -> members(named)
                        .members()
                        .values()
                        .forEach(example ->
                                resolved(members(example)).get("value").ifPresent(own::add)))));
        if (own.isEmpty()) {
            return call.method().equals("GET") || bodyTypes(call).isEmpty()
                    ? Arbitraries.just("")
                    : HostileTexts.values();
        }
        Arbitrary<String> edited = JsonEdit.edited(
                        own, Stream.concat(own.stream(), examples.stream()).toList())
                .map(JsonValue::toJson);
        Arbitrary<String> broken = Combinators.combine(
                        Arbitraries.of(own), ByteEdit.any().list().ofMaxSize(2))
                .as((example, edits) -> {
                    byte[] text = example.toJson().getBytes(StandardCharsets.UTF_8);
                    for (ByteEdit edit : edits) {
                        text = edit.apply(text);
                    }
                    return new String(text, StandardCharsets.UTF_8);
                });
        return Arbitraries.frequencyOf(
                Tuple.of(12, edited),
                Tuple.of(3, broken),
                Tuple.of(1, Arbitraries.of("", "null", "[]", "0", "\"\"", "{}", "[[[[")));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static String visible(String text) {
        return shortened(text).replaceAll("[^ -~]", "?").strip();
    }

    private static String plain(JsonValue value) {
        return value.asString().orElseGet(value::toJson);
    }

    private JsonObject resolved(JsonObject node) {
        Optional<String> reference = node.get("$ref").flatMap(JsonValue::asString);
        return reference
                .map(pointer ->
                        at(document, pointer.substring(2).split("/", -1)).orElse(JsonObject.EMPTY))
                .orElse(node);
    }

    private static Optional<JsonObject> at(JsonObject object, String... names) {
        Optional<JsonObject> found = Optional.of(object);
        for (String name : names) {
            found = found.flatMap(inner -> inner.get(name.replace("~1", "/"))).flatMap(JsonValue::asObject);
        }
        return found;
    }

    private static JsonObject object(JsonObject holder, String name) {
        return at(holder, name).orElse(JsonObject.EMPTY);
    }

    private static JsonObject members(JsonValue value) {
        return value.asObject().orElse(JsonObject.EMPTY);
    }

    private static List<JsonObject> items(JsonObject holder, String name) {
        return holder.get(name)
                .filter(JsonArray.class::isInstance)
                .map(array -> ((JsonArray) array)
                        .items().stream().map(ContractRequests::members).toList())
                .orElse(List.of());
    }

    private static String text(JsonObject holder, String name) {
        return holder.get(name).flatMap(JsonValue::asString).orElse("");
    }
}
