// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults.Bound;
import eu.nephele.smo.lab.conformance.placement.PlacementChecks;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One examination of one service: finds out what it is and puts together what has to be checked. */
final class Examination {

    private static final long PARAMETERS_MILLIS = 500;

    private final Object service;
    private final Map<String, ?> properties;
    private final Optional<Record> chosen;

    Examination(Object service, Map<String, ?> properties, Optional<Record> chosen) {
        this.service = service;
        this.properties = properties;
        this.chosen = chosen;
    }

    List<Check> within(Duration total) {
        Session session = new Session(total, service);
        List<Check> checks = new ArrayList<>();
        checks.add(Publication.check(service, properties));
        if (service instanceof PlacementStrategy strategy) {
            ParameterCheck parameters = new ParameterCheck(strategy::parametersType);
            checks.addAll(session.run(List.of(parameters.check())));
            checks.addAll(session.run(new PlacementChecks(
                            strategy,
                            parameters.value,
                            Publication.texts(properties.get(PlacementStrategy.CAPABILITIES)))
                    .all()));
        }
        return checks;
    }

    /** Finds the parameters that all other checks need. */
    private final class ParameterCheck {

        private final Callable<Class<? extends Record>> type;
        private Record value = new NoParameters();

        ParameterCheck(Callable<Class<? extends Record>> type) {
            this.type = type;
        }

        NamedCheck check() {
            return new NamedCheck("takes its parameters", this::find);
        }

        private String find(Session session) {
            Bound bound = session.call(PARAMETERS_MILLIS, this::bound).orFlaw("parametersType()");
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
            return new Bound(wanted.cast(chosen.get()), "as given: " + chosen.get());
        }
    }
}
