// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.parameters;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults.Bound;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Determines the parameters for the examination of a strategy, which is a check in itself. */
public final class StrategyParameters {

    private static final long LIMIT_MILLIS = 1000;

    private final Callable<Class<? extends Record>> type;
    private final Optional<Record> chosen;
    private final Optional<String> declared;
    private Record value = new NoParameters();

    /**
     * @param chosen parameters that replace declared ones and defaults
     * @param declared parameters by the service property, as a JSON object; others have their defaults
     */
    public StrategyParameters(
            Callable<Class<? extends Record>> type, Optional<Record> chosen, Optional<String> declared) {
        this.type = type;
        this.chosen = chosen;
        this.declared = declared;
    }

    public NamedCheck check() {
        return new NamedCheck("takes its parameters", this::find);
    }

    public Record value() {
        return value;
    }

    private String find(ExaminationSession session) {
        Bound bound = session.examine(LIMIT_MILLIS, "parametersType()", this::bound);
        value = bound.value();
        return bound.note();
    }

    private static JsonObject declared(String text) {
        try {
            return SampleJson.strict(text)
                    .asObject()
                    .orElseThrow(() -> new IllegalArgumentException("expected an object"));
        } catch (IllegalArgumentException broken) {
            throw new FlawException("The service property %s is not a JSON object (%s): %s"
                    .formatted(PlacementStrategy.EXAMINED_WITH, broken.getMessage(), text));
        }
    }

    private Bound bound() throws Exception {
        Class<? extends Record> wanted = type.call();
        if (wanted == null) {
            throw new FlawException("parametersType() answered null; NoParameters.class stands for none");
        }
        if (chosen.isEmpty()) {
            return declared.isEmpty()
                    ? ParameterDefaults.bind(wanted)
                    : ParameterDefaults.bind(wanted, declared(declared.get()), "as declared: " + declared.get());
        }
        if (!wanted.isInstance(chosen.get())) {
            throw new FlawException("it wants parameters of type %s, the test gives %s"
                    .formatted(wanted.getName(), chosen.get().getClass().getName()));
        }
        return new Bound(chosen.get(), "as given: " + chosen.get());
    }
}
