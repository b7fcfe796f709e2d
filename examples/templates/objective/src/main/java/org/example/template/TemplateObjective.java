package org.example.template;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import org.osgi.service.component.annotations.Component;

/** Costs of energy that is not renewable: a core with no renewable electricity at all costs 1. */
@Component(property = {PlacementObjective.NAME + "=template-name", PlacementObjective.UNIT + "=cores"})
public final class TemplateObjective implements PlacementObjective {

    private static final double MILLIS_PER_CORE = 1000;

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        for (int c = 0; c < request.clusters().size(); c++) {
            double share = request.clusters().get(c).signals().renewableShare().orElse(0);
            for (int s = 0; s < request.services().size(); s++) {
                double cores = request.services().get(s).demand().cpuMillis() / MILLIS_PER_CORE;
                costs.assign(s, c, cores * (1 - share)); // the rule, yours to change
            }
        }
    }
}
