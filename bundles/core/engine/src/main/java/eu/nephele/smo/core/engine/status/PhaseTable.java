// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import static eu.nephele.smo.api.model.GraphPhase.DEGRADED;
import static eu.nephele.smo.api.model.GraphPhase.DEPLOYING;
import static eu.nephele.smo.api.model.GraphPhase.FAILED;
import static eu.nephele.smo.api.model.GraphPhase.PENDING;
import static eu.nephele.smo.api.model.GraphPhase.PLACING;
import static eu.nephele.smo.api.model.GraphPhase.REMOVING;
import static eu.nephele.smo.api.model.GraphPhase.RUNNING;
import static eu.nephele.smo.api.model.GraphPhase.STOPPED;
import static eu.nephele.smo.api.model.GraphPhase.STOPPING;
import static eu.nephele.smo.api.model.GraphPhase.UPDATING;
import static eu.nephele.smo.api.model.GraphPhase.WAITING;

import eu.nephele.smo.api.model.GraphPhase;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Table of legal transitions between phases. A phase may always stay the same. */
final class PhaseTable {

    private static final Map<GraphPhase, Set<GraphPhase>> NEXT = Map.ofEntries(
            Map.entry(PENDING, EnumSet.of(PLACING, DEPLOYING, FAILED, STOPPING, REMOVING)),
            Map.entry(PLACING, EnumSet.of(PENDING, DEPLOYING, FAILED, STOPPING, REMOVING)),
            Map.entry(DEPLOYING, EnumSet.of(PLACING, RUNNING, WAITING, UPDATING, DEGRADED, FAILED, STOPPING, REMOVING)),
            Map.entry(RUNNING, EnumSet.of(WAITING, UPDATING, DEGRADED, FAILED, STOPPING, REMOVING)),
            Map.entry(WAITING, EnumSet.of(RUNNING, DEPLOYING, UPDATING, DEGRADED, FAILED, STOPPING, REMOVING)),
            Map.entry(UPDATING, EnumSet.of(RUNNING, WAITING, DEGRADED, FAILED, STOPPING, REMOVING)),
            Map.entry(DEGRADED, EnumSet.of(RUNNING, WAITING, UPDATING, DEPLOYING, FAILED, STOPPING, REMOVING)),
            Map.entry(STOPPING, EnumSet.of(STOPPED, PENDING, PLACING, DEPLOYING, FAILED, REMOVING)),
            Map.entry(STOPPED, EnumSet.of(PENDING, PLACING, DEPLOYING, REMOVING, STOPPING)),
            Map.entry(REMOVING, EnumSet.of(FAILED)),
            Map.entry(FAILED, EnumSet.of(PENDING, PLACING, DEPLOYING, UPDATING, DEGRADED, STOPPING, REMOVING)));

    private PhaseTable() {}

    static boolean allows(GraphPhase from, GraphPhase to) {
        return from == to || NEXT.getOrDefault(from, Set.of()).contains(to);
    }
}
