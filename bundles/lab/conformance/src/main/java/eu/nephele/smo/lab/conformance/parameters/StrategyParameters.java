// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.parameters;

import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults.Bound;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.Session;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Finds the parameters that a strategy is examined with; that they can be found is a check in itself. */
public final class StrategyParameters {

    private static final long LIMIT_MILLIS = 1000;

    private final Callable<Class<? extends Record>> type;
    private final Optional<Record> chosen;
    private Record value = new NoParameters();

    /**
     * @param type asks the strategy for its record
     * @param chosen what to use instead of the defaults
     */
    public StrategyParameters(Callable<Class<? extends Record>> type, Optional<Record> chosen) {
        this.type = type;
        this.chosen = chosen;
    }

    public NamedCheck check() {
        return new NamedCheck("takes its parameters", this::find);
    }

    /** The parameters, once the check has passed. */
    public Record value() {
        return value;
    }

    private String find(Session session) {
        Bound bound = session.examine(LIMIT_MILLIS, "parametersType()", this::bound);
        value = bound.value();
        return bound.note();
    }

    private Bound bound() throws Exception {
        Class<? extends Record> wanted = type.call();
        if (wanted == null) {
            throw new Flaw("parametersType() answered null; NoParameters.class stands for none");
        }
        if (chosen.isEmpty()) {
            return ParameterDefaults.of(wanted);
        }
        if (!wanted.isInstance(chosen.get())) {
            throw new Flaw("it wants parameters of type %s, the test gives %s"
                    .formatted(wanted.getName(), chosen.get().getClass().getName()));
        }
        return new Bound(chosen.get(), "as given: " + chosen.get());
    }
}
