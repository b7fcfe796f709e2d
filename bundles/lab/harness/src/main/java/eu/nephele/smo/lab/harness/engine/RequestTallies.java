// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Tallies of the requests of several streams.
 *
 * @param tallies in the order of the kinds
 */
record RequestTallies(List<String> kinds, List<RequestTally> tallies) {

    RequestTallies {
        kinds = List.copyOf(kinds);
        tallies = List.copyOf(tallies);
    }

    RequestTally first() {
        return tallies.get(0);
    }

    int count() {
        return tallies.stream().mapToInt(RequestTally::count).sum();
    }

    int failed() {
        return tallies.stream().mapToInt(RequestTally::failed).sum();
    }

    /** One object for each kind. */
    void into(ObjectNode figures) {
        for (int i = 0; i < kinds.size(); i++) {
            tallies.get(i).into(figures.withObjectProperty(kinds.get(i)));
        }
    }

    LatencyHistogram latencies() {
        LatencyHistogram all = new LatencyHistogram();
        tallies.forEach(tally -> all.addAll(tally.latencies()));
        return all;
    }
}
