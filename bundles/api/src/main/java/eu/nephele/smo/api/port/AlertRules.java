// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.Trigger.EventRule;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes the monitoring system watch for the events of conditional services. Idempotent; failures are {@link AdapterException}s. */
@Port(name = "alert-rules")
@ConsumerType
public interface AlertRules {

    /**
     * Makes the rule exist exactly like this. Its name is {@code project/graph/service/event}; its labels are those of
     * {@link eu.nephele.smo.api.graph.AlertService}.
     *
     * @param owner id of the installation that owns the rule, a label
     */
    @Idempotent
    void ensure(WorkloadRef workload, EventRule rule, String owner);

    /** Makes the rule not exist. */
    @Idempotent
    void remove(WorkloadRef workload, String eventId);

    /** All rules that carry this owner: workload → ids of its events. What nobody wants any more is an orphan. */
    @Idempotent
    @OnStandby
    Map<WorkloadRef, Set<String>> owned(String owner);
}
