// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import static eu.nephele.smo.core.strategies.StrategyHost.json;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.strategies.parameters.ParameterBinder.Binding;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.JsonEdit;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever is given as parameters of a strategy is its record, or violations below the place that was given. */
class ParameterFuzzTest {

    private static final List<JsonObject> SAMPLES = List.of(
            json("{\"weight\":0.5,\"count\":2,\"size\":7,\"flag\":false,\"mode\":\"fast-and-loose\",\"pause\":\"PT1M\","
                    + "\"nested\":{\"name\":\"n\"},\"numbers\":[1,2],\"byName\":{\"a\":1.5},\"perhaps\":\"p\"}"),
            json("{}"),
            json("{\"low\":1,\"high\":3}"),
            json("{\"text\":\"t\"}"));
    private static final List<ParameterBinder> BINDERS = List.of(
            ParameterBinder.create(ParameterBinderTest.All.class),
            ParameterBinder.create(ParameterBinderTest.Ordered.class),
            ParameterBinder.create(ParameterBinderTest.Required.class));

    @Provide
    static Arbitrary<JsonValue> values() {
        return JsonEdit.edited(SAMPLES);
    }

    @FuzzTarget
    void parametersOfStrategies(@ForAll("values") JsonValue value) {
        JsonObject parameters = value.asObject().orElse(JsonObject.EMPTY.with("count", value));
        for (ParameterBinder binder : BINDERS) {
            Binding binding = binder.bind(parameters, "/here");
            assertThat(binding.value().isPresent())
                    .isEqualTo(binding.violations().isEmpty());
            assertThat(binding.violations()).allSatisfy(violation -> {
                assertThat(violation.pointer()).startsWith("/here");
                assertThat(violation.message()).isNotBlank();
            });
        }
    }
}
