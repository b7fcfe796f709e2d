// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.Trigger.EventRule;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes the monitoring system watch for the events of conditional services. Idempotent; failures are {@link AdapterException}s. */
@ConsumerType
public interface AlertRules {

    /** Makes the rule exist exactly like this. Its name is {@code project/graph/service/event}. */
    void ensure(WorkloadRef workload, EventRule rule);

    /** Makes the rule not exist. */
    void remove(WorkloadRef workload, String eventId);
}
