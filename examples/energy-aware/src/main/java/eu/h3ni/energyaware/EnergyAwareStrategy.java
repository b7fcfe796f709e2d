// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Places services where they cause least carbon and use most renewable energy, by the forecast of the next hour, and weighs
 * this against the objectives of the graph, for example the cost of a move.
 */
// docs: component
@Component(property = PlacementStrategy.ID + "=h3ni.energy-aware")
public final class EnergyAwareStrategy implements PlacementStrategy {
    // docs: end

    private final String version;

    @Activate
    public EnergyAwareStrategy(BundleContext context) {
        this(context.getBundle().getVersion().toString());
    }

    EnergyAwareStrategy(String version) {
        this.version = version;
    }

    // docs: declares
    @Override
    public Class<? extends Record> parametersType() {
        return EnergyAwareParameters.class;
    }

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        EnergyAwareParameters parameters = context.parameters(EnergyAwareParameters.class);
        // docs: end
        Energy energy = new Energy(request, parameters, context.now());
        Groups groups = new Groups(request);
        Search search = new Search(request, context, groups, new Price(request, groups, parameters, energy));
        return search.run()
                .<PlacementResult>map(found -> placed(request, found, energy, search))
                .orElseGet(() -> infeasible(request, groups, search));
    }

    private Placed placed(PlacementRequest request, int[] clusterOf, Energy energy, Search search) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        for (int s = 0; s < clusterOf.length; s++) {
            PlacementService service = request.services().get(s);
            ClusterId cluster = request.clusters().get(clusterOf[s]).id();
            shares.put(service.id(), List.of(new Share(cluster, service.replicas())));
        }
        StopReason stop = search.isCut() ? StopReason.BUDGET : StopReason.FINISHED;
        return new Placed(
                new Placement(shares),
                new Quality(stop, OptionalLong.empty(), OptionalLong.of(search.steps()), note(clusterOf, energy)));
    }

    private String note(int[] clusterOf, Energy energy) {
        double watts = 0;
        double grams = 0;
        double fossil = 0;
        for (int s = 0; s < clusterOf.length; s++) {
            double drawn = energy.watts(s, clusterOf[s]);
            watts += drawn;
            grams += energy.grams(drawn, clusterOf[s]);
            fossil += energy.fossilWatts(drawn, clusterOf[s]);
        }
        for (int cluster : Arrays.stream(clusterOf).boxed().collect(Collectors.toCollection(TreeSet::new))) {
            grams += energy.grams(energy.idleWatts(cluster), cluster);
        }
        double renewable = watts == 0 ? 0 : 100 * (1 - fossil / watts);
        return String.format(
                Locale.ROOT, "energy-aware %s: %.1f g CO2eq/h, %.0f %% renewable", version, grams, renewable);
    }

    private static Infeasible infeasible(PlacementRequest request, Groups groups, Search search) {
        Map<ClusterId, String> everywhere = new LinkedHashMap<>();
        request.clusters()
                .forEach(cluster -> everywhere.put(
                        cluster.id(), search.obstacles().getOrDefault(cluster.id(), "does not fit beside the others")));
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        groups.services(search.hardest())
                .forEach(service -> reasons.put(request.services().get(service).id(), everywhere));
        return new Infeasible(reasons, Optional.empty());
    }
}
