// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every handler here is broken in one way, and the check for just that fails. */
class BrokenIntentTest {

    private static final String NUMBER = "{'type': 'object', 'properties': {'most': {'type': 'integer'}}}";

    private record Handler(Set<Scope> places, String json, BiConsumer<Intent, Requirements> body)
            implements IntentHandler {

        @Override
        public Set<Scope> scopes(String name) {
            return places;
        }

        @Override
        public JsonObject schema(String name, Scope scope) {
            return (JsonObject) SampleJson.value(json);
        }

        @Override
        public void apply(Intent intent, Requirements requirements) {
            body.accept(intent, requirements);
        }
    }

    private static IntentHandler handler(String json, BiConsumer<Intent, Requirements> body) {
        return new Handler(Set.of(IntentHandler.Scope.SERVICE), json, body);
    }

    private static void most(Intent intent, Requirements requirements) {
        JsonValue most =
                intent.value().asObject().flatMap(value -> value.get("most")).orElseThrow();
        requirements.spread(
                "detect", ReplicaDivision.over(most.asNumber().orElseThrow().intValueExact()));
    }

    static Stream<Arguments> broken() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of(
                        "stands nowhere",
                        new Handler(Set.of(), NUMBER, (intent, requirements) -> {}),
                        "says where its intents may stand",
                        "is empty"),
                Arguments.of(
                        "takes anything",
                        handler("{}", (intent, requirements) -> {}),
                        "has a schema that is one",
                        "empty"),
                Arguments.of(
                        "expects a member that is optional",
                        handler(NUMBER, BrokenIntentTest::most),
                        "takes what its schema takes",
                        "NoSuchElementException"),
                Arguments.of(
                        "expects a small number",
                        handler(
                                "{'type': 'object', 'required': ['most'], 'properties': {'most': {'type': 'integer', 'examples': [2]}}}",
                                BrokenIntentTest::most),
                        "refuses nonsense clearly",
                        "ArithmeticException"),
                Arguments.of(
                        "refuses without a word",
                        handler(NUMBER, (intent, requirements) -> {
                            throw new IllegalArgumentException();
                        }),
                        "takes what its schema takes",
                        "without a message"),
                Arguments.of(
                        "warns in a book",
                        handler(NUMBER, (intent, requirements) -> requirements.warn("x".repeat(501))),
                        "takes what its schema takes",
                        "501 characters"),
                Arguments.of(
                        "warns without an end",
                        handler(NUMBER, (intent, requirements) -> IntStream.range(0, 51)
                                .forEach(number -> requirements.warn("again"))),
                        "takes what its schema takes",
                        "more than 50 times"),
                Arguments.of(
                        "wants a kind of resource with a name of a page",
                        handler(
                                NUMBER,
                                (intent, requirements) -> requirements.resources(
                                        "a", new Resources(1, 0, 0, 0, Map.of("x".repeat(318), 1L)))),
                        "takes what its schema takes",
                        "318 characters"),
                Arguments.of(
                        "has a schema of a book",
                        handler(
                                "{'type': 'object', 'description': '%s'}".formatted("x".repeat(100_000)),
                                (intent, requirements) -> {}),
                        "has a schema that is one",
                        "at most 100000"),
                Arguments.of(
                        "counts its calls",
                        handler(NUMBER, (intent, requirements) -> requirements.warn("call " + calls.incrementAndGet())),
                        "gives the same meaning again",
                        "first it answered"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String name, IntentHandler handler, String check, String detail) {
        fails(examined(handler), check, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'text'}|/type",
                "{'properties': []}|/properties",
                "{'properties': {'a': 1}}|/properties/a",
                "{'required': 'a'}|/required",
                "{'items': [1]}|/items",
                "{'minimum': '1'}|/minimum",
                "{'minLength': -1}|/minLength",
                "{'pattern': '('}|/pattern",
                "{'enum': []}|/enum",
                "{'anyOf': [1]}|/anyOf",
                "{'uniqueItems': 1}|/uniqueItems"
            })
    void aSchemaThatIsNoneIsNamedByItsPointer(String json, String pointer) {
        fails(examined(handler(json, (intent, requirements) -> {})), "has a schema that is one", pointer);
    }

    @Test
    void withoutNamesNothingIsTried() {
        ConformanceReport report = ConformanceKit.standard().examine(handler(NUMBER, (a, b) -> {}), Map.of());
        assertThat(report.passed()).isTrue();
        assertThat(report.checks()).extracting(Check::result).containsOnly(Result.SKIPPED);
    }
}
