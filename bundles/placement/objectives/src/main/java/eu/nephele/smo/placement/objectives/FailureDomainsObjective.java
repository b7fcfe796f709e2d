// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Traffic that failures of domains (zones, regions, providers) are expected to cut off: kB/s. A link works while the domains of
 * both of its services do, so that of its traffic {@code t} is lost, by the availability of a system in series:
 *
 * <ul>
 *   <li>{@code t × u} where both are in one domain with the unavailability {@code u},
 *   <li>{@code t × (u + v − u × v)} where they are in two, which fail independently.
 * </ul>
 *
 * <p>It prefers available domains, and services that depend on each other in one domain. It is linear, without
 * approximation: each end of a link counts half of its own domain's part, and the distance between two domains is the rest,
 * {@code (u + v) / 2 − u × v}. A service without links counts as one with 1 MB/s to itself. Replicas that are to survive a
 * domain are the business of intents, because they are no dependants of each other.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.objectives.failuredomains",
        property = {PlacementObjective.NAME + "=" + FailureDomainsObjective.NAME, PlacementObjective.UNIT + "=kB/s lost"
        })
@Designate(ocd = FailureDomainsConfig.class)
public final class FailureDomainsObjective implements PlacementObjective {

    static final String NAME = "failureDomains";

    private static final double KILOBYTES_PER_MEGABYTE = 1000;
    private static final double TRAFFIC_WITHOUT_LINKS = 1;

    private final List<String> labels;
    private final Map<String, Double> availabilities;
    private final double defaultAvailability;

    /** @throws IllegalArgumentException naming the value that is no availability */
    @Activate
    public FailureDomainsObjective(FailureDomainsConfig config) {
        this(List.of(config.labels()), config.defaultAvailability(), config.availabilities());
    }

    FailureDomainsObjective(List<String> labels, double defaultAvailability, String... availabilities) {
        this.labels = labels;
        this.defaultAvailability = checked("defaultAvailability", defaultAvailability);
        this.availabilities = new HashMap<>();
        for (String entry : availabilities) {
            int equals = entry.lastIndexOf('=');
            String domain = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (domain.isEmpty()) {
                throw new IllegalArgumentException("availabilities: '%s' is not DOMAIN=AVAILABILITY".formatted(entry));
            }
            this.availabilities.put(domain, availability(entry, entry.substring(equals + 1)));
        }
    }

    private static double availability(String entry, String text) {
        try {
            return checked("availabilities: '%s'".formatted(entry), Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("availabilities: '%s' is not DOMAIN=AVAILABILITY".formatted(entry), e);
        }
    }

    private static double checked(String what, double availability) {
        if (!(availability >= 0 && availability <= 1)) {
            throw new IllegalArgumentException("%s: expected 0 to 1, got %s".formatted(what, availability));
        }
        return availability;
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        List<String> domains = request.clusters().stream().map(this::domain).toList();
        double[] unavailable = domains.stream()
                .mapToDouble(domain -> 1 - availabilities.getOrDefault(domain, defaultAvailability))
                .toArray();
        double[] kilobytes = trafficOfServices(request);
        for (int from = 0; from < unavailable.length; from++) {
            for (int s = 0; s < kilobytes.length; s++) {
                costs.assign(s, from, kilobytes[s] * unavailable[from]);
            }
            for (int to = 0; to < unavailable.length && !request.links().isEmpty(); to++) {
                if (!domains.get(from).equals(domains.get(to))) {
                    costs.distance(from, to, KILOBYTES_PER_MEGABYTE * onlyOne(unavailable[from], unavailable[to]) / 2);
                }
            }
        }
    }

    /** Probability that exactly one of two independent domains fails: {@code u + v − 2 × u × v}, never below 0. */
    private static double onlyOne(double one, double other) {
        return one * (1 - other) + other * (1 - one);
    }

    /** Half of the traffic of each link at each of its ends, kB/s. */
    private static double[] trafficOfServices(PlacementRequest request) {
        double[] kilobytes = new double[request.services().size()];
        boolean[] linked = new boolean[kilobytes.length];
        for (PlacementLink link : request.links()) {
            double half = link.traffic() * KILOBYTES_PER_MEGABYTE / 2;
            kilobytes[link.from()] += half;
            kilobytes[link.to()] += half;
            linked[link.from()] = true;
            linked[link.to()] = true;
        }
        for (int s = 0; s < kilobytes.length; s++) {
            if (!linked[s]) {
                kilobytes[s] = TRAFFIC_WITHOUT_LINKS * KILOBYTES_PER_MEGABYTE;
            }
        }
        return kilobytes;
    }

    private String domain(ClusterCapacity cluster) {
        return labels.stream()
                .filter(label -> !cluster.labels().getOrDefault(label, "").isBlank())
                .findFirst()
                .map(label -> cluster.labels().getOrDefault(label, ""))
                .orElse(cluster.id().name());
    }
}
