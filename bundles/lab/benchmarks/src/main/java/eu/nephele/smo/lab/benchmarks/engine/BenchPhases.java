// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import java.util.List;

/** All phases in the order in which they run. */
final class Phases {

    static final String DEPLOY = "deploy";
    static final String REMOVE = "remove";

    private Phases() {}

    static List<Phase> all() {
        return List.of(
                Change.deploy(),
                new Steady(),
                Change.update(),
                new Wave(),
                Reads.explain(),
                Reads.get(),
                Reads.page(),
                new Open(),
                new Mixed(),
                new Burst(),
                new Timers(),
                new Deliveries(),
                new Overload(),
                new Loss(),
                new Restart(),
                Change.remove(),
                new Room());
    }

    static List<String> names() {
        return all().stream().map(Phase::name).toList();
    }
}
