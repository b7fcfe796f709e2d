// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.util.List;

/**
 * The world as it is, with everything that a judge of an orchestrator wants to know.
 *
 * @param snapshot clusters, releases, pods
 * @param contents what was written last into each release that is there
 * @param rules alert rules that are there
 * @param writes how often it was written to
 */
public record WorldReport(WorldSnapshot snapshot, List<Content> contents, List<RuleRecord> rules, Writes writes) {

    public WorldReport {
        contents = List.copyOf(contents);
        rules = List.copyOf(rules);
    }

    /**
     * @param key text of the step key of the write
     * @param artifact reference of the chart
     */
    public record Content(WorkloadRef workload, String key, String artifact, JsonObject values) {}
}
