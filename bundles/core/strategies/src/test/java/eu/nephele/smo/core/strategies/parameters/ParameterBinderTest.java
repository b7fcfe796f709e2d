// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import static eu.nephele.smo.core.strategies.StrategyHost.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.runtime.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterBinderTest {
    public enum Mode {
        REFERENCE,
        FAST_AND_LOOSE
    }

    public record Nested(
            @Parameter(description = "name", defaultValue = "\"none\"")
            String name) {}

    public record All(
            @Parameter(description = "weight", defaultValue = "0.4", min = 0, max = 1)
            double weight,

            @Parameter(description = "count", defaultValue = "3", min = 1)
            int count,

            @Parameter(description = "size", defaultValue = "9000000000")
            long size,

            @Parameter(description = "flag", defaultValue = "true")
            boolean flag,

            @Parameter(description = "mode", defaultValue = "\"reference\"")
            Mode mode,

            @Parameter(description = "pause", defaultValue = "\"PT30S\"")
            Duration pause,

            @Parameter(description = "nested", defaultValue = "{}")
            Nested nested,

            @Parameter(description = "numbers", min = 0) List<Integer> numbers,
            @Parameter(description = "by name") Map<String, Double> byName,
            @Parameter(description = "perhaps") Optional<String> perhaps) {}

    public record Required(
            @Parameter(description = "must be given") String text) {}

    public record Ordered(
            @Parameter(description = "low", defaultValue = "1")
            int low,

            @Parameter(description = "high", defaultValue = "2")
            int high) {
        public Ordered {
            if (high < low) {
                throw new IllegalArgumentException("high is below low");
            }
        }
    }

    public record Unbindable(
            @Parameter(description = "object", defaultValue = "1")
            Object object) {}

    public record WrongDefault(
            @Parameter(description = "count", defaultValue = "\"three\"")
            int count) {}

    public record Endless(@Parameter(description = "again") List<Endless> again) {}

    private final ParameterBinder all = ParameterBinder.create(All.class);

    private static Object bound(ParameterBinder binder, String text) {
        ParameterBinder.Binding binding = binder.bind(json(text), "/p");
        assertThat(binding.violations()).isEmpty();
        return binding.value().orElseThrow();
    }

    @Test
    void defaultsFillWhatIsNotGiven() {
        assertThat(bound(all, "{}"))
                .isEqualTo(new All(
                        0.4,
                        3,
                        9_000_000_000L,
                        true,
                        Mode.REFERENCE,
                        Duration.ofSeconds(30),
                        new Nested("none"),
                        List.of(),
                        Map.of(),
                        Optional.empty()));
    }

    @Test
    void bindsEveryType() {
        assertThat(bound(
                        all,
                        "{'weight':1,'count':5,'size':7,'flag':false,'mode':'fast_and_loose','pause':'PT1M','nested':{'name':'x'},"
                                + "'numbers':[1,2],'byName':{'a':0.5},'perhaps':'yes'}"))
                .isEqualTo(new All(
                        1,
                        5,
                        7,
                        false,
                        Mode.FAST_AND_LOOSE,
                        Duration.ofMinutes(1),
                        new Nested("x"),
                        List.of(1, 2),
                        Map.of("a", 0.5),
                        Optional.of("yes")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'weight':1.5}; /p/weight; out of bounds",
                "{'weight':'much'}; /p/weight; expected a number between",
                "{'weight':null}; /p/weight; got null",
                "{'count':0}; /p/count; out of bounds",
                "{'count':1.5}; /p/count; an integer",
                "{'count':3000000000}; /p/count; an integer",
                "{'weight':true}; /p/weight; expected a number",
                "{'flag':'yes'}; /p/flag; true or false",
                "{'mode':'REFERENCE'}; /p/mode; one of [reference, fast_and_loose]",
                "{'pause':'30s'}; /p/pause; a duration",
                "{'nested':{'nmae':'x'}}; /p/nested/nmae; known are [name]",
                "{'nested':[]}; /p/nested; expected an object",
                "{'numbers':[1,-1]}; /p/numbers/1; out of bounds",
                "{'numbers':{}}; /p/numbers; expected an array",
                "{'byName':{'a/b':'x'}}; /p/byName/a~1b; expected a number",
                "{'byName':[]}; /p/byName; expected an object",
                "{'perhaps':1}; /p/perhaps; a text",
                "{'wieght':1}; /p/wieght; unknown parameter"
            })
    void saysWhereWhatIsWrong(String text, String pointer, String message) {
        ParameterBinder.Binding binding = all.bind(json(text), "/p");
        assertThat(binding.value()).isEmpty();
        assertThat(binding.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.message()).contains(message);
        });
    }

    @Test
    void reportsAllViolationsAtOnce() {
        assertThat(all.bind(json("{'weight':2,'count':0,'x':1}"), "").violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/x", "/weight", "/count");
    }

    @Test
    void whatHasNoDefaultIsRequired() {
        assertThat(ParameterBinder.create(Required.class).bind(json("{}"), "/p").violations())
                .containsExactly(new Violation("/p/text", "is required: must be given"));
    }

    @Test
    void theRecordsOwnCheckIsAViolation() {
        assertThat(ParameterBinder.create(Ordered.class)
                        .bind(json("{'low':5}"), "/p")
                        .violations())
                .containsExactly(new Violation("/p", "high is below low"));
    }

    @Test
    void nothingCanBeSaidToAStrategyWithoutParameters() {
        ParameterBinder none = ParameterBinder.create(NoParameters.class);
        assertThat(bound(none, "{}")).isEqualTo(new NoParameters());
        assertThat(none.bind(json("{'a':1}"), "").violations())
                .containsExactly(new Violation("/a", "there are no parameters"));
    }

    @Test
    void refusesRecordsThatCannotBeBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterBinder.create(Unbindable.class))
                .withMessageContaining("Unbindable.object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterBinder.create(WrongDefault.class))
                .withMessageContaining("default of WrongDefault.count");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterBinder.create(Endless.class))
                .withMessageContaining("nested deeper");
    }

    @Test
    void theSchemaIsDerivedFromTheRecord() {
        assertThat(ParameterBinder.create(Ordered.class).schema())
                .isEqualTo(json("{'type':'object','properties':{"
                        + "'low':{'type':'integer','description':'low','default':1},"
                        + "'high':{'type':'integer','description':'high','default':2}},'additionalProperties':false}"));
        assertThat(ParameterBinder.create(Required.class).schema().get("required"))
                .contains(json("{'r':['text']}").get("r").orElseThrow());
        String schema = all.schema().canonical();
        assertThat(schema)
                .contains("\"enum\":[\"reference\",\"fast_and_loose\"]")
                .contains("\"format\":\"duration\"")
                .contains("\"maximum\":1,\"minimum\":0")
                .doesNotContain("required");
    }
}
