// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.journal.ReplayResult.NotReplayed;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingStrategyClassifierTest {

    private static final StrategyRef STRATEGY = new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0");

    @Test
    void whatMustNotBeAskedIsReportedWithTheReason() {
        assertThat(MissingStrategyClassifier.skipped(
                        STRATEGY, List.of(new StrategyFault("s 1.0.0", "ejected", "ejected: used up the heap"))))
                .contains(new NotReplayed("placement strategy s 1.0.0 is not asked: ejected: used up the heap"));
    }

    @Test
    void whatFailsIsNotMissing() {
        assertThat(MissingStrategyClassifier.skipped(
                        STRATEGY, List.of(new StrategyFault("s 1.0.0", "exception", "broken"))))
                .isEmpty();
        assertThat(MissingStrategyClassifier.skipped(
                        STRATEGY, List.of(new StrategyFault("other", "missing", "not installed"))))
                .isEmpty();
    }
}
