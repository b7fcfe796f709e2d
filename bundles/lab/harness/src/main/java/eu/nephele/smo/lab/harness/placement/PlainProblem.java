// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The problem of an instance as plain numbers, for a program that knows nothing of its formats: {@code services clusters rows}; demand by
 * service and row; capacity by cluster and row, -1 for no limit; cost by service and cluster, -1 where a service is not allowed; cost of opening
 * by cluster; number of links, each {@code from to traffic}; if there are any, distance by cluster and cluster; number of groups that have to be
 * together, each {@code size service...}; number of pairs that have to be apart, each {@code service service}; number of pairs of places that
 * exclude each other, because they are too far apart for a link, each {@code service cluster service cluster}. Whole numbers between spaces and
 * ends of lines; costs in whole units of the file.
 */
final class PlainProblem {

    private static final long NO_LIMIT = -1;
    private static final long NOT_ALLOWED = -1;

    private final PlacementRequest request;
    private final Costs costs;
    private final Writer out;

    private PlainProblem(PlacementRequest request, Writer out) {
        this.request = request;
        this.costs = request.costs().get(0);
        this.out = out;
    }

    static void write(Instance instance, Writer out) throws IOException {
        new PlainProblem(instance.request(), out).write();
    }

    private void write() throws IOException {
        int clusters = request.clusters().size();
        TreeSet<String> resources = new TreeSet<>();
        request.services()
                .forEach(service -> resources.addAll(service.demand().byName().keySet()));
        line(request.services().size(), clusters, resources.size());
        for (int s = 0; s < request.services().size(); s++) {
            amounts(request.services().get(s).demand(), resources);
        }
        for (int c = 0; c < clusters; c++) {
            amounts(request.clusters().get(c).free(), resources);
        }
        for (int s = 0; s < request.services().size(); s++) {
            for (int c = 0; c < clusters; c++) {
                number(request.allowed(s, c) ? costs.assign(s, c) / Costs.MICROS : NOT_ALLOWED);
            }
            line();
        }
        for (int c = 0; c < clusters; c++) {
            number(costs.open(c) / Costs.MICROS);
        }
        line();
        links(clusters);
        line(request.together().size());
        for (List<Integer> group : request.together()) {
            number(group.size());
            numbers(group);
        }
        line(request.apart().size());
        for (List<Integer> pair : request.apart()) {
            numbers(pair);
        }
        exclusions(clusters);
    }

    private void exclusions(int clusters) throws IOException {
        List<long[]> exclusions = new ArrayList<>();
        for (PlacementLink link : request.links()) {
            double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
            for (int c = 0; c < clusters && link.maxLatencyMillis().isPresent(); c++) {
                for (int to = 0; to < clusters; to++) {
                    if (!(request.latencyMillis(c, to).orElse(Double.POSITIVE_INFINITY) <= limit)) {
                        exclusions.add(new long[] {link.from(), c, link.to(), to});
                    }
                }
            }
        }
        line(exclusions.size());
        for (long[] exclusion : exclusions) {
            line(exclusion);
        }
    }

    private void links(int clusters) throws IOException {
        line(request.links().size());
        for (PlacementLink link : request.links()) {
            long traffic = Math.round(link.traffic());
            if (traffic != link.traffic()) {
                throw new IOException(
                        "a link has the traffic %s: only whole numbers are possible".formatted(link.traffic()));
            }
            line(link.from(), link.to(), traffic);
        }
        for (int c = 0; c < clusters && !request.links().isEmpty(); c++) {
            for (int to = 0; to < clusters; to++) {
                number(costs.distance(c, to) / Costs.MICROS);
            }
            line();
        }
    }

    private void amounts(Resources amounts, Iterable<String> resources) throws IOException {
        Map<String, Long> byName = amounts.byName();
        for (String resource : resources) {
            long amount = byName.getOrDefault(resource, 0L);
            number(amount == Resources.UNLIMITED ? NO_LIMIT : amount);
        }
        line();
    }

    private void numbers(List<Integer> numbers) throws IOException {
        for (int number : numbers) {
            number(number);
        }
        line();
    }

    private void line(long... numbers) throws IOException {
        for (long number : numbers) {
            number(number);
        }
        out.write('\n');
    }

    private void number(long number) throws IOException {
        out.write(Long.toString(number));
        out.write(' ');
    }
}
