// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.core.descriptor.mapping.Fields;
import java.util.Optional;

/** Says so where the orchestrator does something else than the graph's lifecycle policy asks for. */
final class LifecycleNotes {

    private final Findings findings;

    LifecycleNotes(Findings findings) {
        this.findings = findings;
    }

    void check(Fields lifecycle) {
        note(lifecycle, "onFailure", "rollback", "a deployment that fails is kept and tried again");
        note(lifecycle, "onClusterReturn", "return", "services stay where they are when a cluster is back");
        note(lifecycle, "onDrift", "report", "changes made outside are repaired");
        if (lifecycle.has("maxMovesPerHour")) {
            warn("maxMovesPerHour", "moves are not counted");
        }
    }

    private void note(Fields lifecycle, String member, String value, String instead) {
        if (lifecycle.text(member).equals(Optional.of(value))) {
            warn(member, instead);
        }
    }

    private void warn(String member, String instead) {
        findings.warning("/hdaGraph/lifecycle/%s is accepted and has no effect: %s".formatted(member, instead));
    }
}
