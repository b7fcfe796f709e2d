// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link AlertRules}: writing twice gives one rule, removing twice none, each owner has its own. */
public abstract class AlertRulesContract extends PortContract<AlertRules> {

    private static final String OWNER = "smo-contract";

    protected AlertRulesContract() {
        super(AlertRules.class);
    }

    /** Owner of the rules; its namespace exists. */
    protected WorkloadRef workload() {
        return new WorkloadRef(new GraphId("smo-contract", "graph"), "service");
    }

    /** A rule that the system accepts. */
    protected EventRule rule() {
        return new EventRule("event", "up > 0", Duration.ofSeconds(30), "a rule of the contract");
    }

    @Override
    final Object ask(AlertRules adapter) {
        return adapter.owned(OWNER);
    }

    @Test
    void writtenTwiceIsOneRule() {
        adapter().ensure(workload(), rule(), OWNER);
        long effects = effects();
        adapter().ensure(workload(), rule(), OWNER);

        assertThat(adapter().owned(OWNER)).isEqualTo(Map.of(workload(), Set.of(rule().id())));
        assertThat(effects()).as("writes of the system").isEqualTo(effects);
        adapter().remove(workload(), rule().id());
    }

    @Test
    void removedTwiceIsRemovedAndTheOthersStay() {
        EventRule other = new EventRule("other", rule().promQuery(), rule().gracePeriod(), rule().description());
        adapter().ensure(workload(), rule(), OWNER);
        adapter().ensure(workload(), other, OWNER);
        adapter().remove(workload(), rule().id());
        adapter().remove(workload(), rule().id());

        assertThat(adapter().owned(OWNER)).isEqualTo(Map.of(workload(), Set.of(other.id())));
        adapter().remove(workload(), other.id());
        assertThat(adapter().owned(OWNER)).isEmpty();
    }

    @Test
    void anotherOwnerHasNone() {
        adapter().ensure(workload(), rule(), OWNER);

        assertThat(adapter().owned("smo-contract-other")).isEmpty();
        adapter().remove(workload(), rule().id());
    }
}
