// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledObjective;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Versions of the installed objectives. It reads the catalogue again only after a change. */
final class ObjectiveVersions {

    private final Optional<StrategyCatalog> catalog;
    private volatile KnownObjective known = new KnownObjective(Long.MIN_VALUE, Map.of());

    private record KnownObjective(long revision, Map<String, String> versions) {}

    ObjectiveVersions(Optional<StrategyCatalog> catalog) {
        this.catalog = catalog;
    }

    /** The version that priced: that of the term, else the one that is installed now; "" when it is unknown. */
    String find(ObjectiveTerm term) {
        return term.version().isEmpty() ? installed().getOrDefault(term.objective(), "") : term.version();
    }

    /** Costs of other versions of the objectives compare nothing: returns the first such objective, for people. */
    Optional<String> obstacle(List<ObjectiveTerm> terms) {
        Map<String, String> installed = installed();
        return terms.stream()
                .filter(term -> !term.version().isEmpty()
                        && !term.version().equals(installed.getOrDefault(term.objective(), "")))
                .findFirst()
                .map(term -> "objective %s %s is not installed%s"
                        .formatted(
                                term.objective(),
                                term.version(),
                                installed.containsKey(term.objective())
                                        ? " (now " + installed.get(term.objective()) + ")"
                                        : ""));
    }

    Map<String, String> installed() {
        catalog.ifPresent(this::refresh);
        return known.versions();
    }

    private void refresh(StrategyCatalog from) {
        long revision = from.revision();
        if (known.revision() != revision) {
            known = new KnownObjective(
                    revision,
                    from.objectives().stream()
                            .collect(Collectors.toMap(
                                    InstalledObjective::name, InstalledObjective::version, (one, other) -> one)));
        }
    }
}
