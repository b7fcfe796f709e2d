// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.core.contract.decision.GivenUpPreferences;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a decision gave up of the soft parts of intents, for one service. */
final class GivenUpText {

    private static final String PREFIX = "objectives.";

    private final DecidedPlacement decided;

    GivenUpText(DecidedPlacement decided) {
        this.decided = decided;
    }

    /** One sentence each: preferences, then objectives that an intent weighs and another cluster would serve better. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(GivenUpPreferences.list(
                decided.request(), decided.placement(), decided.explained().id()));
        Set<String> ofIntents = ofIntents();
        decided.priced().stream()
                .filter(objective -> ofIntents.contains(objective.objective()))
                .flatMap(objective -> better(objective).stream())
                .forEach(lines::add);
        return lines;
    }

    private Set<String> ofIntents() {
        return decided.record().details().get("effective").flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .flatMap(value -> value.asObject().stream())
                .map(JsonFieldReader::new)
                .filter(value -> value.text("source").equals("intent")
                        && value.text("name").startsWith(PREFIX))
                .map(value -> value.text("name").substring(PREFIX.length()))
                .filter(name -> !name.equals("preferences"))
                .collect(Collectors.toSet());
    }

    private Optional<String> better(Priced objective) {
        List<ClusterId> places =
                decided.placement().clustersOf(decided.explained().id());
        double here = IntStream.range(0, decided.request().clusters().size())
                .filter(c -> places.contains(decided.request().clusters().get(c).id()))
                .mapToDouble(c -> cost(objective, c))
                .max()
                .orElse(0);
        int best = 0;
        double least = cost(objective, best);
        for (int c = 1; c < decided.request().clusters().size(); c++) {
            double cost = cost(objective, c);
            if (cost < least) {
                best = c;
                least = cost;
            }
        }
        return least < here
                ? Optional.of("given up: the least %s, which an intent weighs: %s%s here, %s on %s"
                        .formatted(
                                objective.objective(),
                                AmountFormatter.number(here),
                                objective.unit().isEmpty() ? "" : " " + objective.unit(),
                                AmountFormatter.number(least),
                                decided.request().clusters().get(best).id().name()))
                : Optional.empty();
    }

    /** What the service costs on a cluster, with its links to the others where they are. */
    private double cost(Priced objective, int cluster) {
        double cost = objective.assign(decided.service(), cluster);
        for (PlacementLink link : decided.request().links()) {
            if (link.from() == decided.service()) {
                cost += link.traffic() * distance(link.to(), other -> objective.distance(cluster, other));
            } else if (link.to() == decided.service()) {
                cost += link.traffic() * distance(link.from(), other -> objective.distance(other, cluster));
            }
        }
        return cost;
    }

    /** To another service, on the average of its clusters. */
    private double distance(int service, IntToDoubleFunction to) {
        String other = decided.request().services().get(service).id();
        return decided.placement().clustersOf(other).stream()
                .flatMapToInt(place -> decided.request().column(place).stream())
                .mapToDouble(to)
                .average()
                .orElse(0);
    }
}
