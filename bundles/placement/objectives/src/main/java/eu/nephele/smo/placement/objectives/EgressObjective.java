// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.placement.objectives.EgressPrices.Site;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Price of the traffic between clusters: currency units per hour. Traffic of a link is in MB/s, a price is per GB (10⁹ bytes), so
 * that a distance is 3.6 times the price. Prices are configured; traffic that no entry names costs as much as the dearest entry,
 * so that missing data is never an advantage, and without any entry the objective costs nothing.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.objectives.egress",
        property = {PlacementObjective.NAME + "=" + EgressObjective.NAME, PlacementObjective.UNIT + "=currency/h"})
@Designate(ocd = EgressConfig.class)
public final class EgressObjective implements PlacementObjective {

    static final String NAME = "egress";

    /** 1 MB/s are 3600 MB per hour, 3.6 GB. */
    private static final double GIGABYTES_PER_HOUR = 3.6;

    private final EgressPrices prices;
    private final String providerLabel;

    /** @throws IllegalArgumentException naming the entry that is no price */
    @Activate
    public EgressObjective(EgressConfig config) {
        this(config.providerLabel(), config.pricesPerGb());
    }

    EgressObjective(String providerLabel, String... pricesPerGb) {
        this.providerLabel = providerLabel;
        this.prices = EgressPrices.parse(pricesPerGb);
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        if (request.links().isEmpty()) {
            return;
        }
        List<Site> sites = request.clusters().stream()
                .map(cluster -> new Site(cluster.id().name(), cluster.labels().getOrDefault(providerLabel, "")))
                .toList();
        for (int from = 0; from < sites.size(); from++) {
            for (int to = 0; to < sites.size(); to++) {
                if (from != to) {
                    costs.distance(from, to, GIGABYTES_PER_HOUR * prices.between(sites.get(from), sites.get(to)));
                }
            }
        }
    }
}
