// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Electric power: kW. Using an unoccupied cluster costs its idle power, so that services gather on few clusters; a service costs
 * the dynamic power of the cores that it requests, {@code (peak − idle) / cores of the cluster} each. This is the linear power
 * model of a server (Fan, Weber, Barroso: Power provisioning for a warehouse-sized computer, 2007). A cluster of unknown power
 * is taken to have the configured one.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.objectives.consolidation",
        property = {PlacementObjective.NAME + "=" + ConsolidationObjective.NAME, PlacementObjective.UNIT + "=kW"})
@Designate(ocd = ConsolidationConfig.class)
public final class ConsolidationObjective implements PlacementObjective {

    static final String NAME = "consolidation";

    private static final double WATTS_PER_KILOWATT = 1000;
    private static final double MILLIS_PER_CORE = 1000;

    private final double idleWatts;
    private final double wattsPerCore;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public ConsolidationObjective(ConsolidationConfig config) {
        this(config.idleWatts(), config.wattsPerCore());
    }

    ConsolidationObjective(double idleWatts, double wattsPerCore) {
        if (!isPower(idleWatts) || !isPower(wattsPerCore)) {
            throw new IllegalArgumentException(
                    "Expected finite idleWatts >= 0 and wattsPerCore >= 0, got idleWatts=%s wattsPerCore=%s"
                            .formatted(idleWatts, wattsPerCore));
        }
        this.idleWatts = idleWatts;
        this.wattsPerCore = wattsPerCore;
    }

    private static boolean isPower(double watts) {
        return watts >= 0 && watts != Double.POSITIVE_INFINITY;
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        for (int c = 0; c < request.clusters().size(); c++) {
            ClusterCapacity cluster = request.clusters().get(c);
            EnergyProfile energy = cluster.energy();
            double perCore =
                    energy.wattsPerCore(cluster.allocatable().cpuMillis()).orElse(wattsPerCore) / WATTS_PER_KILOWATT;
            for (int s = 0; s < request.services().size(); s++) {
                costs.assign(s, c, perCore * request.services().get(s).demand().cpuMillis() / MILLIS_PER_CORE);
            }
            if (!cluster.occupied()) {
                costs.open(c, (energy.peakWatts() == 0 ? idleWatts : energy.idleWatts()) / WATTS_PER_KILOWATT);
            }
        }
    }
}
